// Repositories and the states that are compiled in, for the tests of src/build.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "build/foretell.h"
#include "policy/compile.h"
#include "policy/witness.h"
#include "rules/embedded.h"

namespace buildable::build::testing {

using Repository = std::map<std::string, std::string>;

inline Files files_of(const Repository& repository) {
  std::vector<SourceFile> files;
  for (const auto& [path, text] : repository)
    files.push_back({.path = path, .text = text, .known = wants_text(path)});
  return Files(std::move(files));
}

// What holds on a day: made once, kept for the run.
class Day {
 public:
  static const Day& of(const std::string& at) {
    static std::map<std::string, std::unique_ptr<Day>> days;
    auto& day = days[at];
    if (!day) day.reset(new Day(at));
    return *day;
  }

  std::vector<Forecast> foretell(const std::string& track, const Repository& repository,
                                 const StopAsked& stop = {}) const {
    const auto foreteller = foretellers_.find(track);
    REQUIRE_MESSAGE(foreteller != foretellers_.end(), track);
    return foreteller->second.foretell(files_of(repository), stop);
  }

 private:
  explicit Day(const std::string& at) {
    const auto instant = parse_instant_or_day(at);
    REQUIRE_MESSAGE(instant, at);
    const auto which = embedded_snapshot_at(*instant);
    REQUIRE_MESSAGE(which, at);
    // As it was known when it was deployed: two states of one builder give cases of doubt.
    const Snapshot snapshot = as_known_at(embedded_snapshot(*which), which->effective);
    auto policy = compile(snapshot, embedded_rules(), *instant, which->digest);
    REQUIRE_MESSAGE(policy, at);
    policy_ = std::move(*policy);
    for (const TrackPolicy& track : policy_.tracks) {
      auto foreteller = Foreteller::make(embedded_rules(), track);
      REQUIRE_MESSAGE(foreteller, track.track);
      foretellers_.emplace(track.track, std::move(*foreteller));
    }
  }

  Policy policy_;
  std::map<std::string, Foreteller> foretellers_;
};

// The forecast for one runtime; where none takes part, the one that says so.
inline Forecast forecast_for(const std::vector<Forecast>& forecasts, std::string_view runtime) {
  for (const Forecast& each : forecasts)
    if (each.runtime == runtime) return each;
  return {.outcome = Outcome::fails, .error = "not detected"};
}

inline Forecast foretell(std::string_view runtime, const std::string& track, const std::string& at,
                         const Repository& repository) {
  return forecast_for(Day::of(at).foretell(track, repository), runtime);
}

}  // namespace buildable::build::testing
