// Private to src/pins/fix*.cpp: the versions that a pin may be moved to.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/policy.h"
#include "pins/pin.h"

namespace buildable::pins {

// A buildable final release known by name, or a series that builds and of which none is.
struct FixTarget {
  std::vector<std::string> numbers;  // of the release, or of the series
  const Version* version = nullptr;  // null: a series
  std::optional<VersionSet> series;  // of a series, what of it builds
  std::string low;                   // key of the lowest that is meant

  bool is_in(const VersionSet& set) const;
  // Its series: {"3", "14"}, "3.14".
  std::vector<std::string> series_numbers(const RuntimePolicy& runtime) const;
  std::string series_of(const RuntimePolicy& runtime) const;
};

// Whether any newer version does as well.
bool is_open_above(const VersionSet& set);

// Ascending.
std::vector<FixTarget> targets_of(const RuntimePolicy& runtime);

// Those that the ranges in the root of the repository accept as well, such as requires-python: a
// build holds the pin that decides against them. A range that would leave none does not count.
std::vector<FixTarget> agreeing_targets(std::vector<FixTarget> targets, const std::string& runtime,
                                        const std::vector<const Pin*>& pins);

// In the order in which nearest prefers them: those that the pin accepts, newest first; those below
// the end of what it accepts, newest first; those above, oldest first.
std::vector<const FixTarget*> by_nearness(const std::vector<FixTarget>& targets,
                                          const VersionSet& accepted);
// Newest first, down to the last that is above everything in `admitted`, which is what the pin
// accepts and can be built.
std::vector<const FixTarget*> above(const std::vector<FixTarget>& targets,
                                    const VersionSet& admitted);

}  // namespace buildable::pins
