// What the build as a whole will do, beside the judgement of each pin.
#pragma once

#include <string>
#include <vector>

#include "build/answer.h"
#include "pins/judge.h"
#include "report/settings.h"

namespace buildable {

struct ForetoldBuild {
  build::Forecast forecast;
  bool ignored = false;  // a comment or the settings silence the file that fails
  std::string ignored_reason;

  bool fails() const { return forecast.outcome == build::Outcome::fails && !ignored; }
};

std::vector<ForetoldBuild> foretold(std::vector<build::Forecast> forecasts);

// The build decides: a pin that decides on a runtime that builds is no error, whatever its text
// looked like, and one of a runtime that takes no part in the build is a warning at most.
void follow_the_build(const std::vector<ForetoldBuild>& builds, RepositoryJudgement& judgement);

// Marks failures in files that the settings ignore, or where a pin of the file is ignored.
void ignore_builds(const CheckSettings& settings, const RepositoryJudgement& judgement,
                   std::vector<ForetoldBuild>& builds);

}  // namespace buildable
