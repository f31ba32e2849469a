// Documents whose every part knows its place in the text: for editing files in place, where all
// other bytes must stay. Reads what people write (comments, trailing commas, either newline, a
// byte order mark); what is read only for its content is read by base/document.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable {

// Bytes [begin, end) of a text.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

struct MarkedNode {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };

  Kind kind = Kind::null;
  // Of the value with its quotes or brackets, without anchor and tag. A block collection of YAML
  // ends with the last byte of its last scalar, not after the blank lines and comments behind it; a
  // literal or folded scalar ends with the newline of its last line. Of a value that is not there
  // ("key:") it is the empty place behind the colon or the dash.
  TextSpan span;
  // Of a scalar: its value, escapes resolved; of a number as written ("3.10"); of null empty.
  std::string text;
  bool quoted = false;
  bool block = false;  // YAML: a collection in block style, or a literal or folded scalar
  std::string key;     // the name under which an object has this node
  TextSpan key_span;   // of that name, with its quotes
  std::vector<MarkedNode> children;

  bool is(Kind wanted) const { return kind == wanted; }
  const MarkedNode* find(std::string_view name) const;
  // Whether the two say the same, wherever and however it is written; the order of keys counts.
  bool same_content(const MarkedNode& other) const;
};

// JSON5 (spec.json5.org), hence also JSON and JSON with comments. Fails, with line and column, on
// what it is not, on half of a surrogate pair, on a repeated key, and beyond the limits of
// base/document.h.
Result<MarkedNode> parse_marked_json(std::string_view text, std::string_view file);

enum class YamlAliases : std::uint8_t {
  // An alias or a tag is an error, as it is for GitHub in .github/dependabot.yml.
  refuse,
  // An alias is a null node whose span is the alias; "<<" is an ordinary key, there any number of
  // times; tags say nothing, but that "!!str" makes a string.
  keep,
};

// YAML as libyaml reads it (1.1); plain scalars are typed as in the core schema of 1.2. An empty
// text is null. Fails on a second document, repeated keys, keys that are no scalars, and beyond the
// limits of base/document.h.
Result<MarkedNode> parse_marked_yaml(std::string_view text, std::string_view file,
                                     YamlAliases aliases = YamlAliases::refuse);
// The same of any number of documents; an empty text has none.
Result<std::vector<MarkedNode>> parse_marked_yaml_documents(
    std::string_view text, std::string_view file, YamlAliases aliases = YamlAliases::refuse);

namespace marked {  // what both parsers need

// The child that has the same key as an earlier one; null when there is none.
const MarkedNode* repeated_key(const MarkedNode& object, bool but_for_merge_keys = false);
Error error_at(std::string_view text, std::string_view file, std::size_t offset,
               std::string message, std::string hint = {});

}  // namespace marked
}  // namespace buildable
