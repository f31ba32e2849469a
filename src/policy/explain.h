// The verdict on one version or series, and its reasons.
#pragma once

#include "model/policy.h"

namespace buildable {

struct Explanation {
  std::string runtime;
  std::string version;  // as asked
  std::string track;
  Verdict verdict = Verdict::unknown;
  std::string reason;  // one or two sentences
  std::vector<Reason> evidence;
  std::string newest_buildable;   // empty: none
  std::string nearest_buildable;  // the closest below, else the closest above; empty: none
};

// A partial version ("3.14") is buildable when a member of the series is.
Result<Explanation> explain(const TrackPolicy& track, const RuntimePolicy& runtime,
                            std::string_view version);
Result<Verdict> judge(const RuntimePolicy& runtime, std::string_view version);

}  // namespace buildable
