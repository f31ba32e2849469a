#include "app/state_age.h"

#include <chrono>

namespace buildable::app {
namespace {

std::string counted_days(std::int64_t days) {
  return std::to_string(days) + (days == 1 ? " day" : " days");
}

// Whether a later state is known that was in force at `at` or after: then this one's end is known.
bool has_follower(const State& state) {
  for (const EmbeddedSnapshot& which : embedded_snapshots())
    if (which.effective > state.snapshot.effective) return true;
  return false;
}

}  // namespace

std::optional<StateAge> too_old(const State& state, const Times& times, int max_age_days) {
  const auto age = std::chrono::floor<std::chrono::days>(times.at - state.last_seen);
  if (age.count() <= max_age_days || has_follower(state)) return std::nullopt;
  const std::string day = format_day(state.last_seen);
  const bool in_future = times.at > times.now;
  StateAge found{static_cast<int>(age.count()), {}};
  found.warning =
      in_future ? "nothing is known of " + format_day(times.at) + " yet; the answer is as of " + day
                : "the facts are " + counted_days(age.count()) + " old (of " + day +
                      "); run `buildable observe` or update buildable";
  return found;
}

}  // namespace buildable::app
