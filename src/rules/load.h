// rules/ as text -> Rules. Pure: callers bring the text.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "model/rules.h"
#include "model/snapshot.h"

namespace buildable {

// Each fails with every problem found: file, line, column, key, and the nearest known key for an
// unknown one. Beyond the shape it is checked that grammars, schemes and spans parse and that names
// agree (file name = id).
Result<PlatformRules> parse_platform(std::string_view toml, std::string_view file);
Result<RuntimeRules> parse_runtime(std::string_view toml, std::string_view file);
// Cross-checks: unique ids; default_track is a track.
Result<Rules> assemble(PlatformRules platform, std::vector<RuntimeRules> runtimes);

// A snapshot's JSON; `file` names it in errors. Beyond the shape it is checked that names are
// unique, references lead somewhere and instants parse. Canonical text: keys in the order of the
// fields, laid out as base/json_layout.h says, a final newline; parse(write(x)) == x.
Result<Snapshot> parse_snapshot(std::string_view json, std::string_view file);
std::string write_snapshot(const Snapshot& snapshot);

}  // namespace buildable
