// How old the knowledge of what is deployed is, and whether that is too old for a question.
#pragma once

#include <optional>
#include <string>

#include "app/state.h"

namespace buildable::app {

struct StateAge {
  int days = 0;         // from when the state was last seen to the instant that is asked about
  std::string warning;  // one line: how old it is, and what to do
};
// Nothing where it is at most `max_age_days` old. A state that another one has followed is not old:
// what stood then is known.
std::optional<StateAge> too_old(const State& state, const Times& times, int max_age_days);

}  // namespace buildable::app
