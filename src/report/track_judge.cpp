#include "report/track_judge.h"

#include <utility>

namespace buildable::report {

TrackJudge::TrackJudge(const Rules& rules, const Policy& policy, const TrackPolicy& track,
                       std::vector<pins::CurrentBuilder> builders)
    : pins_(rules, policy, track.track), watch_(rules.platform, std::move(builders), track.target) {
  auto foreteller = build::Foreteller::make(rules, track);
  if (foreteller)
    foreteller_.emplace(std::move(*foreteller));
  else
    no_forecast_ = std::move(foreteller.error());
}

std::vector<build::Forecast> TrackJudge::foretell(const build::Files& files,
                                                  const StopAsked& stop) const {
  return foreteller_ ? foreteller_->foretell(files, stop) : std::vector<build::Forecast>();
}

}  // namespace buildable::report
