// All that judges repositories on one track: their pins, their files, and what the build would do.
// Made once for a track; asked from any thread. Pure.
#pragma once

#include <optional>
#include <vector>

#include "build/foretell.h"
#include "pins/judge.h"
#include "pins/judge_files.h"

namespace buildable::report {

class TrackJudge {
 public:
  // What it is made of must outlive it, but for the builders.
  TrackJudge(const Rules& rules, const Policy& policy, const TrackPolicy& track,
             std::vector<pins::CurrentBuilder> builders);

  const pins::PinJudge& pins() const { return pins_; }
  const pins::FileWatch& watch() const { return watch_; }
  // Why no build can be foretold: the rules do not fit the policy.
  const std::optional<Error>& no_forecast() const { return no_forecast_; }

  // As long as there is a forecast to be had; else, or once it was told to stop, nothing.
  std::vector<build::Forecast> foretell(const build::Files& files,
                                        const StopAsked& stop = {}) const;

 private:
  pins::PinJudge pins_;
  pins::FileWatch watch_;
  std::optional<build::Foreteller> foreteller_;
  std::optional<Error> no_forecast_;
};

}  // namespace buildable::report
