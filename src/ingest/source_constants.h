// Constants of a buildpack's source text. What a buildpack decides by is often nothing but a few
// top-level constants of its Rust sources; they are read strictly, by name and form.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::ingest {

struct SourceConstant {
  std::string value;  // the text between "=" and ";", spaces folded, comments dropped
  int line = 0;
};

// Every `[pub[(crate)]] const NAME: TYPE = VALUE;` that begins in the first column, by name.
// Errors: none at all, a name twice, a value that does not end.
using SourceConstants = std::map<std::string, SourceConstant, std::less<>>;
Result<SourceConstants> parse_source_constants(std::string_view source);

// A constant of each form; fails where it is missing or of another form.
Result<std::string> integer_constant(const SourceConstants& constants, std::string_view name);
Result<std::string> text_constant(const SourceConstants& constants, std::string_view name);
// T::new(3, 14, 5), T { major: 3, minor: 14, patch: None | Some(2) | 2, … } or the name of another
// such constant, as "3.14.5" or "3.14".
Result<std::string> version_constant(const SourceConstants& constants, std::string_view name);

// The names under which a source holds a closed span of series. `series` is the text before the
// number in `oldest` and `newest` ("3." makes 14 the series 3.14) and in `alias_prefix`
// ("LATEST_3_" makes LATEST_3_14 the version that 3.14 gets).
struct SeriesConstantNames {
  std::string default_version;
  std::string oldest;
  std::string newest;
  std::string alias_prefix;
  std::string series;
};

struct SeriesConstants {
  std::string default_version;  // "3.14" or "3.12.1"
  std::string oldest_series;    // "3.10"; empty, with the next two: the source has no span
  std::string newest_series;
  std::map<std::string, std::string> aliases;  // one for each series of the span
};

// Sources of the first generation have a default and nothing else; later ones have everything. A
// span with a series that has no alias, or an alias outside the span, is an error.
Result<SeriesConstants> parse_series_constants(std::string_view source,
                                               const SeriesConstantNames& names);

// The alias table of a source: the one `match` whose arms are texts,
//   "8" | "1.8" => "1.8.0_392",
//   other => other,
// as {"8": "1.8.0_392", "1.8": …}. The last arm has to pass on what is not an alias.
Result<std::map<std::string, std::string>> parse_alias_table(std::string_view source);

}  // namespace buildable::ingest
