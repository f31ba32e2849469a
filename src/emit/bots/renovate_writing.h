// Inside emit: the pieces that all Renovate presets are made of.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emit/json_writer.h"
#include "emit/tracks.h"

namespace buildable::emit {

// Opens the preset's object and writes $schema and description.
void begin_preset(JsonWriter& json, std::span<const std::string> description);
void write_sentences(JsonWriter& json, std::string_view key,
                     std::span<const std::string> sentences);
// Writes nothing for an empty list: Renovate takes an empty matcher for one that never matches.
void write_matcher(JsonWriter& json, std::string_view key, std::span<const std::string> values);
// What the description of a pull request says of the runtime; empty where Renovate would read it as
// a template.
std::string reason_of(const TrackContext& context, const RuntimePolicy& runtime);
// What the description of each pull request says: which builder limits the runtime, and where to
// read more. Renovate adds up the notes of all matching rules, each text once, and reads them as
// templates.
void write_protection(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime);
// What custom managers of coverage.json look a runtime's versions up by, each once.
struct CoverageSource {
  std::string datasource;
  std::string package;
  friend bool operator==(const CoverageSource&, const CoverageSource&) = default;
};
std::vector<CoverageSource> coverage_sources(const TrackContext& context,
                                             const RuntimeRules& runtime);
// What a limit is for.
struct LimitedNames {
  std::vector<std::string> managers;  // empty: all
  std::vector<std::string> datasources;
  std::vector<std::string> packages;          // empty: all
  std::vector<std::string> dependency_types;  // empty: all
  Granularity granularity = Granularity::version;
  std::string long_term_preset;  // as in RenovateMatch
  std::string long_term_text;
  bool described = true;  // the first rule of a runtime says what all of them are for
};
// Writes the rules that hold these names to what can be built. A limit that was set before, by a
// preset of Renovate's own or by what a file itself says, is kept to as well.
void write_limit(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime,
                 const LimitedNames& names);

}  // namespace buildable::emit
