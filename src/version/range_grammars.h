// One parser a grammar; parse_range (version/range.h) chooses among them. The text is trimmed and
// no longer than max_range_length. An error's message says only what is wrong inside the text.
#pragma once

#include <string_view>

#include "version/set.h"

namespace buildable {

Result<VersionSet> parse_npm_range(Scheme scheme, std::string_view text);
Result<VersionSet> parse_pep440_range(Scheme scheme, std::string_view text);
Result<VersionSet> parse_poetry_range(Scheme scheme, std::string_view text);
Result<VersionSet> parse_ruby_range(Scheme scheme, std::string_view text);
Result<VersionSet> parse_composer_range(Scheme scheme, std::string_view text);
Result<VersionSet> parse_cargo_range(Scheme scheme, std::string_view text);
Result<VersionSet> parse_maven_range(Scheme scheme, std::string_view text);

}  // namespace buildable
