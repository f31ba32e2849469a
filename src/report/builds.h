// What the build as a whole will do, beside the judgement of each pin.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "build/answer.h"
#include "pins/judge.h"
#include "pins/judge_track.h"
#include "report/settings.h"

namespace buildable::report {

struct ForetoldBuild {
  build::Forecast forecast;
  bool ignored = false;  // a comment or the settings silence the file that fails
  std::string ignored_reason;
  std::optional<Level> level = std::nullopt;  // that the settings give to its rule
  std::string track = {};                     // empty: the one that the report is of
  // Those of the repository's components that are built so; none: it is built as one.
  std::vector<std::string> components = {};
  std::optional<EndingSeries> ending = std::nullopt;  // that of the version installed

  // Whether there is more to say than what is installed.
  bool is_remarkable() const {
    return forecast.outcome != build::Outcome::builds || !forecast.help.empty();
  }
  bool fails() const {
    const bool failing = forecast.outcome == build::Outcome::fails;
    return !ignored && (level ? *level == Level::error : failing);
  }
  bool warns() const { return !ignored && level == Level::warning; }
};

// The builds on the track that a report is of, and on each other one that components choose;
// `foretell` is asked once for each track.
std::vector<ForetoldBuild> foretold(
    const std::string& track, const std::vector<pins::ComponentTrack>& components,
    const std::function<std::vector<build::Forecast>(const std::string& track)>& foretell);

// The build decides: a pin that decides on a runtime that builds is not an error, whatever its text
// looked like, and one of a runtime that takes no part in the build is a warning at most.
void follow_the_build(const std::vector<ForetoldBuild>& builds,
                      pins::RepositoryJudgement& judgement);

// Projects that a buildpack finds by a pattern, in any folder, and that are older than what the
// build takes: an SDK builds the targets before it.
void take_older_targets(const TrackPolicy& track, const std::vector<ForetoldBuild>& builds,
                        pins::RepositoryJudgement& judgement);

// Notes where what is installed is of a series that upstream keeps up no longer, or not much
// longer.
void note_ending_series(const Policy& policy, const Rules& rules,
                        std::vector<ForetoldBuild>& builds);

// Marks failures in files that the settings ignore, or where a pin of the file is ignored; sets
// levels, drops what is off.
void apply_settings(const CheckSettings& settings, const pins::RepositoryJudgement& judgement,
                    std::vector<ForetoldBuild>& builds);

}  // namespace buildable::report
