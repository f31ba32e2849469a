// Whether a fresh snapshot may take the place of the last good one.
#pragma once

#include "model/policy.h"

namespace buildable {

enum class Severity : std::uint8_t { accept, warn, refuse };

struct Finding {
  std::string code;  // "track_vanished", "set_shrank", "digest_changed", …; the rules' names
  Severity severity = Severity::accept;
  std::string text;
};

struct Judgement {
  std::vector<Finding> findings;
  bool acceptable() const;
};

// Both compiled under the same rules. Outcomes and shares are data: [judgement] in the platform's
// rules. A first snapshot is judged by itself.
Judgement judge_change(const Rules& rules, const Snapshot* last_good, const Policy* last_policy,
                       const Snapshot& fresh, const Policy& fresh_policy);

}  // namespace buildable
