// What can be built, for people and for scripts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/policy.h"

namespace buildable::report {

// One line a track and runtime: newest, default, span. What `generate` prints at its end.
std::string summary_table(const Policy& policy);

// `versions`: one line a runtime of the track, with the builder above.
std::string versions_table(const TrackPolicy& track);
// `versions RUNTIME`: one line a series, the files that pin it, and the summary.
std::string versions_table(const TrackPolicy& track, const RuntimePolicy& runtime);

struct ShownTrack {
  const TrackPolicy& track;
  const RuntimePolicy* only = nullptr;  // null: all of its runtimes
};
// {"track":…,"last_seen":…,"runtimes":{"<id>":{"set","default","versions","series"}}}; `several`:
// {"tracks":[…]} of such.
std::string versions_json(const std::vector<ShownTrack>& tracks, Instant last_seen, bool several);

}  // namespace buildable::report
