// Inside emit: the pieces that all Renovate presets are made of.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "emit/json_writer.h"
#include "emit/tracks.h"

namespace buildable::emit {

// Opens the preset's object and writes $schema and description.
void begin_preset(JsonWriter& json, std::span<const std::string> description);
void write_sentences(JsonWriter& json, std::string_view key,
                     std::span<const std::string> sentences);
// Writes nothing for an empty list: Renovate takes an empty matcher for one that never matches.
void write_matcher(JsonWriter& json, std::string_view key, std::span<const std::string> values);
// What the description of each pull request says: which builder limits the runtime, and where to
// read more. Renovate adds up the notes of all matching rules, each text once, and reads them as
// templates.
void write_protection(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime);
const std::string& allowed_versions(const TrackContext& context, const RuntimePolicy& runtime,
                                    Granularity granularity);

}  // namespace buildable::emit
