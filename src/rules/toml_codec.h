// TOML text -> Node -> struct.
#pragma once

#include <string_view>

#include "base/decode.h"

namespace buildable {

inline constexpr std::size_t max_toml_size = 1 << 20;  // bytes

// Fails with file, line and column. Keys are in the order of the document, positions at the values;
// a table's is at its header.
Result<Node> parse_toml(std::string_view text, std::string_view file);

// An unknown key is an error.
template <HasFields T>
Result<T> from_toml(std::string_view text, std::string_view file) {
  Result<Node> root = parse_toml(text, file);
  if (!root) return fail(std::move(root.error()));
  return from_document<T>(*root, file);
}

}  // namespace buildable
