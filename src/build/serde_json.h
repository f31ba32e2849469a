// JSON as Rust's serde_json reads it: strictly. A byte order mark, a comment, a trailing comma or
// text behind the value is an error; of a repeated key the last value counts.
#pragma once

#include <optional>
#include <string>

#include "base/document.h"
#include "build/files.h"

namespace buildable::build {

struct JsonReading {
  std::optional<Node> root;  // nodes know their line, 1-based; repeated keys are all there
  std::string error;         // why not: "it begins with a byte order mark"
  int line = 0;
};

JsonReading read_serde_json(const SourceFile& file);

// The last member of that name; null where there is none or this is not an object.
const Node* last_member(const Node& object, std::string_view name);

}  // namespace buildable::build
