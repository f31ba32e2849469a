// What everything for people is made from; views that outlive it.
#pragma once

#include <vector>

#include "emit/tree.h"

namespace buildable::emit {

struct SiteInput {
  const Rules& rules;
  const Policy& policy;
  const std::vector<HistoryState>& history;      // oldest first
  const std::vector<RuntimeReleases>& releases;  // upstream's
};

inline SiteInput site_input(const TreeInput& input) {
  return {input.rules, input.policy, input.history, input.releases};
}

}  // namespace buildable::emit
