// Renovate presets. What a preset may contain and how each key behaves was seen with Renovate 44;
// the track and runtime presets hold nothing but rules that limit versions of runtimes.
// https://docs.renovatebot.com/configuration-options/#packagerules
#pragma once

#include <string>

#include "emit/tracks.h"

namespace buildable::emit {

// Every governed runtime of the track.
std::string emit_track_preset(const TrackContext& context);
// One runtime; without rules where nothing bounds it, so that the address always answers.
std::string emit_runtime_preset(const TrackContext& context, const RuntimeRules& runtime);
// Custom managers for pin files that Renovate does not see by itself, with the limits for exactly
// these dependencies. They take their versions from our datasources where the tree's address is
// known, else from the upstream datasource of the rules.
std::string emit_coverage_preset(const TrackContext& context);
// Strict filtering of libraries by the runtime that they need: right with an exact version only.
std::string emit_libraries_preset(const TrackContext& context);
// The return from pins that are newer than what can be built, as replacements. Without rules where
// no version is known to go back to.
std::string emit_take_back_preset(const TrackContext& context);
// The releases that can be built, for Renovate's custom datasources. Partial forms are releases of
// their own: Docker versioning, which reads many pin files, compares versions of one length.
// Days are written of those releases whose day is among `releases` (null: none is known).
std::string emit_datasource(const TrackContext& context, const RuntimeRules& runtime,
                            const RuntimeReleases* releases);

}  // namespace buildable::emit
