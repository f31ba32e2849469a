// A parsed document, whatever it was written in: JSON (parse_json) and TOML (rules/toml_codec.h)
// are read into this one tree, so that the reading of structs, its messages and the readers of
// foreign files do not depend on a parser's library.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable {

struct Node {
  enum class Kind : std::uint8_t {
    null,
    boolean,
    integer,  // fits in 64 bits, signed
    number,   // any other number
    date,     // TOML's dates and times
    string,
    array,
    object,
  };

  Kind kind = Kind::null;
  bool boolean = false;
  int line = 0;    // 1-based; 0 where the parser does not say (JSON)
  int column = 0;  // 1-based, in bytes
  std::int64_t integer = 0;
  std::string text;            // of a string its value; of numbers and dates what was written
  std::string key;             // the name under which an object has this node
  std::vector<Node> children;  // of an array or an object, in the order of the document

  bool is(Kind wanted) const { return kind == wanted; }
  // The member of that name; null when there is none or this is no object.
  const Node* find(std::string_view name) const;
};

// "a string", "the number 3.10", "an object": for messages.
std::string describe(const Node& node);

// The node at a path as the messages write it, "tracks[0].builder", or as far as it exists.
const Node& locate(const Node& root, std::string_view path);

// Deeper documents are refused: what walks a tree may recurse.
inline constexpr std::size_t max_document_depth = 64;
// A node costs some 130 bytes; this bounds what a small hostile text can take.
inline constexpr std::size_t max_document_nodes = 1'000'000;

// What the readers say then, and what to do.
std::string too_deep();
std::string too_many_values();
inline constexpr std::string_view excess_hint =
    "people write smaller files: check that this is the file its name says";

// Fails with line and column on what is no JSON or no UTF-8, and with the path on a repeated key or
// too deep a nesting.
Result<Node> parse_json(std::string_view text, std::string_view file);

// The error of a text that is not UTF-8, with its position; nothing when it is.
Result<void> require_utf8(std::string_view text, std::string_view file);

}  // namespace buildable
