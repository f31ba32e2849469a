// What one version of a buildpack knows of one runtime, from the texts that say so. Each function
// fills its part of a Capability; the evidence is the caller's to fill in.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/rules.h"
#include "model/snapshot.h"

namespace buildable::ingest {

using SourceMarks = std::map<std::string, std::string>;  // Source::constants

// The inventory that is compiled into the buildpack: `versions`.
Result<void> take_inventory(std::string_view text, Scheme scheme, const Target& target,
                            Capability& capability);

// buildpack.toml with [metadata.tarballs]: `versions` and the default.
Result<void> take_descriptor(std::string_view text, Scheme scheme, Capability& capability);

// Marks: default, oldest, newest, alias_prefix, series, as in SeriesConstantNames. A source without
// a span gives the default alone.
Result<void> take_series_constants(std::string_view text, const SourceMarks& marks,
                                   Capability& capability);

Result<void> take_alias_table(std::string_view text, Capability& capability);

// What a project without a pin gets. Marks, one of them: `number` or `text`, the name of a constant
// of that form; `after`, what stands before a quoted value, once in the source.
Result<void> take_default(std::string_view text, const SourceMarks& marks, Capability& capability);

// Mark: `snapshot`, the name of the constant that holds the frozen repository's hash.
Result<void> take_repository_constant(std::string_view text, const SourceMarks& marks,
                                      Capability& capability);

// Mark: `package`, the runtime's name in the repository. `versions`, and `series` of that many
// numbers.
Result<void> take_packages(std::string_view json, const SourceMarks& marks,
                           const RuntimeRules& runtime, Capability& capability);

}  // namespace buildable::ingest
