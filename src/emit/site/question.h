// What a person asks: a runtime and a version, however they are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "emit/site/site_input.h"
#include "version/range.h"

namespace buildable::emit {

// Longer ones are cut: a package.json is pasted whole.
inline constexpr std::size_t longest_question = 4096;

struct Question {
  std::string runtime;             // its id
  std::string version;             // "3.14", "22.x", ">=20"; empty: what can be built?
  std::optional<Grammar> grammar;  // of a range, where the version may be one
  std::string place;               // where it stood: "engines.node of package.json"
};

// - A name of a runtime, then the version: model/runtime_names.h says how they may be written.
// - A version alone, as in .python-version: of each runtime that has such a series.
// - JSON: what stands at the places that buildpacks read, such as engines.node of package.json.
// None: no runtime is named.
std::vector<Question> questions_of(const SiteInput& input, std::string_view text);

}  // namespace buildable::emit
