// What serde makes of a JSON document (build/serde_json.h) when it reads it into structs: a field
// given twice, missing or of another type fails the whole file; fields that nobody asks for are
// passed over.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "build/serde_json.h"

namespace buildable::build {

struct SerdeProblem {
  std::string message;  // "missing field `version`"
  int line = 0;         // 1-based; 0: not known
  std::string help;
};

template <class T>
using SerdeResult = tl::expected<T, SerdeProblem>;

// The whole document.
SerdeResult<Node> read_document(const SourceFile& file);

// A struct's field: null where it is absent or null. The parent has to be an object.
SerdeResult<const Node*> serde_optional(const Node& parent, std::string_view name, Node::Kind kind);
// Never null.
SerdeResult<const Node*> serde_required(const Node& parent, std::string_view name, Node::Kind kind);

// 1-based line of the first place where the text holds this; 0: nowhere.
int line_of(std::string_view text, std::string_view wanted);

}  // namespace buildable::build
