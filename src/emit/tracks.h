// Inside emit: the tracks whose files are written, and the sentences that several files share.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emit/render_cache.h"
#include "emit/tree.h"
#include "policy/describe.h"

namespace buildable::emit {

// What every emitter of a track's files gets.
struct TrackContext {
  const Rules& rules;
  const Policy& policy;
  const TrackPolicy& track;
  const TreeOptions& options;
  RenderCache& cache;
  bool deployed = true;  // false: the platform has no such track now
};

// The tracks of the rules that the policy lacks, each building nothing. Their files exist all the
// same: a preset whose URL answers 404 ends every update in every repository that extends it.
std::deque<TrackPolicy> missing_tracks(const Rules& rules, const Policy& policy);

// The policy of a runtime where bots get a rule: null where the track knows nothing of it or
// nothing bounds it.
const RuntimePolicy* governed(const TrackPolicy& track, std::string_view runtime);

// The sentences that open a file of this track: what it is, of which builder, since when.
std::vector<std::string> track_description(const TrackContext& context, std::string_view what);
// What and why, for one rule.
std::vector<std::string> rule_description(const RuntimePolicy& runtime);

// An address that paths can be appended to; empty stays empty.
std::string with_final_slash(std::string url);
std::string_view newest_known(const RuntimePolicy& runtime);  // may be empty
// Whether `next` follows `series` directly: its last number is one more, the others are the same.
bool follows(std::string_view next, std::string_view series);
// "8, 11, 17, 21 to 26": never across one that is missing.
std::string series_text(std::span<const std::string> series);
std::vector<std::string> names_of_series(const RuntimePolicy& runtime);
// The series as such a text; where none is known what it takes, if that is short; else empty.
std::string span_of(const RuntimePolicy& runtime);
// The default as people want to see it: "3.14 (now 3.14.4)".
std::string default_of(const RuntimePolicy& runtime);

}  // namespace buildable::emit
