// Policies in people's words.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/policy.h"

namespace buildable {

// "a build on 2026-08-12 installed Node.js 26.1.0 (acme/tool@1234567)".
std::string with_source(const Reason& reason);

// "a", "a and b", "a, b and c".
std::string joined(std::span<const std::string> items);

// The series of a version: its first numbers, with the dots between them; part of its text.
std::string_view series_of(const Version& version, int components);

// The newest final releases of the last few series, ascending: what a sentence has room for.
// Precondition: `known` ascends.
std::vector<std::string> newest_of_last_series(std::span<const Version* const> known,
                                               int components);

// One row a series with a final release, ascending: "3.5" is not a series while there is nothing
// but a preview of it. `known` are ascending members of `buildable`; `declared` are series named by
// the facts, of which those without a member in `buildable` are left out.
std::vector<SeriesRow> series_rows(std::span<const Version> known,
                                   std::span<const std::string> declared,
                                   const VersionSet& buildable, int components, bool open);

// What the clause of Alternative::takes is made from.
struct Accepted {
  Mechanism mechanism;
  bool open = false;                // patches that are not known yet, too
  std::vector<std::string> series;  // ascending; read where `open`
  std::vector<std::string> newest;  // of the last few series; read where not `open`
  std::string supported;            // the rule's range, where the mechanism has one
};
std::string accepted_text(const Accepted& takes);

// "heroku/python 6.4.0 to 6.5.0"; empty without buildpacks.
std::string buildpack_span(std::span<const BuildpackReference> oldest_and_newest);
// What follows the last "/": "heroku-builder:24_0.21.8".
std::string_view short_reference(std::string_view reference);

// "2026-04-27T00:00:00Z" -> "2026-04-27".
std::string day_of(std::string_view instant);

// RuntimePolicy::summary.
std::string summary_of(const RuntimePolicy& runtime, const TrackPolicy& track,
                       std::string_view platform);

}  // namespace buildable
