// JSON text for people who read diffs: two spaces a level; an object or array of plain values is on
// one line where it fits into 100 columns; a longer array of plain values is filled line by line.
// Strings must be UTF-8; columns count bytes.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace buildable {

struct JsonPiece {
  std::string text;
  bool plain = true;  // neither an object nor an array
};

// Where a value's text begins: the indentation of its line, and the column.
struct JsonPlace {
  std::size_t indent = 0;
  std::size_t column = 0;

  JsonPlace of_item() const { return {indent + 2, indent + 2}; }
  JsonPlace of_member(std::string_view key) const {
    return {indent + 2, indent + 2 + key.size() + 4};
  }
};

std::string json_string(std::string_view text);  // in quotes, escaped

using JsonMember = std::pair<std::string, JsonPiece>;
JsonPiece json_array(const std::vector<JsonPiece>& items, JsonPlace place);
JsonPiece json_object(const std::vector<JsonMember>& members, JsonPlace place);

}  // namespace buildable
