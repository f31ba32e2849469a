// The verdict on one version or series, and its reasons.
#pragma once

#include <span>

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

// Why the track gives that verdict, in words without a capital and a full stop:
// "heroku/python 6.5.0 can build 3.10 to 3.14, any patch release". `states` are the verdicts of
// each state of the builder, as RuntimePolicy::alternatives; of an unknown one they say why.
std::string reason_of(const TrackPolicy& track, const RuntimePolicy& runtime, Verdict verdict,
                      std::span<const Verdict> states);

}  // namespace buildable
