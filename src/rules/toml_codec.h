// TOML text -> Node -> struct.
#pragma once

#include <string_view>

#include "base/decode.h"

namespace buildable {

// An unknown key is an error.
template <HasFields T>
Result<T> from_toml(std::string_view text, std::string_view file) {
  Result<Node> root = parse_toml(text, file);
  if (!root) return fail(std::move(root.error()));
  return from_document<T>(*root, file);
}

}  // namespace buildable
