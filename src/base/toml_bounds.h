// What a TOML text would cost the library that reads it, found out before the library sees it.
//
// toml++ builds a table for each part of a dotted key and then walks the tables recursively, and it
// looks through lists of all tables that headers and dotted keys made. So both are bounded here,
// by a pass over the text that only tells keys, strings, comments and brackets apart. It accepts
// what is not TOML: the library says so better.
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"

namespace buildable {

// Tables that headers and dotted keys make. The longest lock files of 1 MB have some 1,500.
inline constexpr std::size_t max_toml_tables = 5000;

struct TomlExcess {
  std::size_t offset = 0;  // the byte with which it became too much
  std::string message;
};

// The first place that nests deeper than max_document_depth or makes too many tables.
std::optional<TomlExcess> excess_of_toml(std::string_view text);

}  // namespace buildable
