// A parsed document, whatever it was written in: JSON, JSON5, YAML, TOML and XML are read into this
// one tree, whose every part knows its place in the text. Readers of structs, readers of foreign
// files, finders of pins and editors in place all work on it, and none depends on a library.
//
// Every reader is bounded before or while it parses: depth, count, and for TOML size.
#pragma once

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
  bool quoted = false;  // a string in quotes
  bool block = false;   // YAML: a collection in block style, or a literal or folded scalar
  int line = 0;         // 1-based; 0 where the reader does not say: JSON's errors name the path
  int column = 0;       // 1-based, in bytes
  std::int64_t integer = 0;
  // Of a string its value, escapes resolved; of a boolean "true" or "false"; of numbers and dates
  // what was written ("3.10"); of null empty.
  std::string text;
  std::string key;  // the name under which an object has this node
  // Of the value with its quotes or brackets, without anchor and tag. A block collection of YAML
  // ends with the last byte of its last scalar, not after the blank lines and comments behind it; a
  // literal or folded scalar ends with the newline of its last line. Of a value that is not there
  // ("key:") it is the empty place behind the colon or the dash. TOML's tables and arrays have
  // none.
  TextSpan span;
  TextSpan key_span;           // of the key, with its quotes
  std::vector<Node> children;  // of an array or an object, in the order of the document

  bool is(Kind wanted) const { return kind == wanted; }
  // Text, a number, a truth value; not null.
  bool is_scalar() const { return !is(Kind::array) && !is(Kind::object) && !is(Kind::null); }
  bool is_number() const { return kind == Kind::integer || kind == Kind::number; }
  // The member of that name; null when there is none or this is not an object.
  const Node* find(std::string_view name) const;
  // Whether the two say the same, wherever and however it is written; the order of keys counts.
  bool same_content(const Node& other) const;
};

// "a string", "the number 3.10", "an object": for messages, of any length shortened.
std::string describe(const Node& node);

// The node at a path as the messages write it, "tracks[0].builder", or as far as it exists.
const Node& locate(const Node& root, std::string_view path);

// Deeper documents are refused: what walks a tree may recurse.
inline constexpr std::size_t max_document_depth = 64;
// A node costs some 200 bytes; this bounds what a small hostile text can take.
inline constexpr std::size_t max_document_nodes = 1'000'000;

// What the readers say then, and what to do.
std::string too_deep();
std::string too_many_values();
inline constexpr std::string_view excess_hint =
    "people write smaller files: check that this is the file its name says";

// How strictly JSON is read.
struct JsonStrictness {
  // JSON5 (spec.json5.org) has comments, trailing commas, other quotes and bare keys; it is what
  // people write into files that tools call JSON.
  enum class Syntax : std::uint8_t { json, json5 };
  Syntax syntax = Syntax::json;
  bool byte_order_mark = true;  // one at the start is passed over; else an error
  bool repeated_keys = false;   // of several the last counts; else an error
};

// As serde_json reads into a struct, and Go's encoding/json nearly: nothing beyond RFC 8259.
inline constexpr JsonStrictness strict_json{.byte_order_mark = false};
inline constexpr JsonStrictness json5{.syntax = JsonStrictness::Syntax::json5};

// Fails with line and column, and for strict JSON with the path, on what is not JSON or not UTF-8,
// on half of a surrogate pair, on a repeated key, and beyond the limits.
Result<Node> parse_json(std::string_view text, std::string_view file,
                        const JsonStrictness& strictness = {});

enum class YamlAliases : std::uint8_t {
  // An alias or a tag is an error, as it is for GitHub in .github/dependabot.yml.
  refuse,
  // An alias is a null node whose span is the alias; "<<" is an ordinary key, there any number of
  // times; tags say nothing, but that "!!str" makes a string.
  keep,
};

// YAML as libyaml reads it (1.1); plain scalars are typed as in the core schema of 1.2. An empty
// text is null. Fails on a second document, repeated keys, keys that are not scalars, and beyond
// the limits.
Result<Node> parse_yaml(std::string_view text, std::string_view file,
                        YamlAliases aliases = YamlAliases::refuse);
// The same of any number of documents; an empty text has none.
Result<std::vector<Node>> parse_yaml_documents(std::string_view text, std::string_view file,
                                               YamlAliases aliases = YamlAliases::refuse);

inline constexpr std::size_t max_toml_size = 1 << 20;  // bytes

// TOML 1.0. Fails with line and column. Keys are in the order of the document, positions at the
// values; a table's is at its header.
Result<Node> parse_toml(std::string_view text, std::string_view file);

// How strictly XML is read.
struct XmlStrictness {
  bool text_beside_elements = true;  // passed over; else an error
};

// XML 1.0 without a document type declaration, so without entities of its own. The root is an
// object with one member, the root element. An element with elements inside is an object whose
// members are these, the same name any number of times; any other is a string: its text, entities
// resolved, without white space at the ends, and its span is that of this text, empty behind the
// start tag where there is none. Attributes and comments are passed over. Fails with line and
// column on what is not XML, and beyond the limits.
Result<Node> parse_xml(std::string_view text, std::string_view file,
                       const XmlStrictness& strictness = {});

// The error of a text that is not UTF-8, with its position; nothing when it is.
Result<void> require_utf8(std::string_view text, std::string_view file);

// An error at a byte of the text, whose line and column are counted.
Error error_at(std::string_view text, std::string_view file, std::size_t offset,
               std::string message, std::string hint = {});

// For the readers: the child that has the same key as an earlier one; null when there is none.
const Node* repeated_key(const Node& object, bool but_for_merge_keys = false);

}  // namespace buildable
