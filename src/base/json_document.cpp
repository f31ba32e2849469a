// Strict JSON, by the library; the only file of the project that reads JSON with it.
#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "base/document.h"
#include "base/json5_document.h"
#include "base/text_index.h"

namespace buildable {
namespace {

using Json = nlohmann::json;

// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …" -> "syntax …".
std::string without_library_prefix(std::string_view message) {
  for (std::string_view prefix_end : {"] ", ": "}) {
    bool tells_place = prefix_end == "] " || message.starts_with("parse error");
    std::size_t found = message.find(prefix_end);
    if (tells_place && found != std::string_view::npos) {
      message.remove_prefix(found + prefix_end.size());
    }
  }
  return std::string(message);
}

// Places of the tokens that the library reports without: they come in the order of the text.
class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {
    if (text.starts_with(byte_order_mark)) at_ = byte_order_mark.size();
  }

  TextSpan next() {
    const std::size_t begin = std::min(text_.find_first_not_of(" \t\r\n,:", at_), text_.size());
    at_ = end_of(begin);
    return {begin, at_};
  }

 private:
  std::size_t end_of(std::size_t begin) const {
    if (begin == text_.size()) return begin;
    if (text_[begin] == '"') return end_of_string(begin);
    if (std::string_view("[]{}").find(text_[begin]) != std::string_view::npos) return begin + 1;
    return std::min(text_.find_first_of(" \t\r\n,:]}", begin), text_.size());
  }

  std::size_t end_of_string(std::size_t begin) const {
    std::size_t at = begin + 1;
    while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
    return std::min(at + 1, text_.size());
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

// Builds the tree from the parser's events; every function returns whether to go on.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  TreeBuilder(std::string_view text, bool repeated_keys)
      : text_(text), repeated_keys_(repeated_keys), tokens_(text) {}

  bool null() override { return add(Node::Kind::null); }
  bool boolean(bool value) override {
    if (!add(Node::Kind::boolean)) return false;
    last_->boolean = value;
    last_->text = value ? "true" : "false";
    return true;
  }
  bool number_integer(number_integer_t) override { return number(); }
  bool number_unsigned(number_unsigned_t) override { return number(); }
  bool number_float(number_float_t, const string_t&) override { return number(); }
  bool string(string_t& value) override {
    if (!add(Node::Kind::string)) return false;
    last_->quoted = true;
    last_->text = std::move(value);
    return true;
  }
  bool binary(binary_t&) override { return false; }  // not in JSON text

  bool start_object(std::size_t) override { return open(Node::Kind::object); }
  bool start_array(std::size_t) override { return open(Node::Kind::array); }
  bool key(string_t& name) override {
    key_span_ = tokens_.next();
    key_ = std::move(name);
    return true;
  }
  bool end_object() override {
    Node& object = *open_.back();
    object.span.end = tokens_.next().end;
    if (repeated_keys_) keep_last_of_repeated(object);
    if (const Node* repeated = repeated_key(object)) {
      const TextSpan place = repeated->key_span;
      std::string name = repeated->key;
      object.children.emplace_back().key = std::move(name);
      return refuse(place, "the key is there twice", "keep one of the two");
    }
    open_.pop_back();
    return true;
  }
  bool end_array() override {
    open_.back()->span.end = tokens_.next().end;
    open_.pop_back();
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    // The position counts the bytes read, the offending one included.
    TextPosition at = position_at(text_, position > 0 ? position - 1 : 0);
    problem_ = Diagnostic{.message = "not JSON: " + shortened(without_library_prefix(error.what())),
                          .line = at.line,
                          .column = at.column};
    return false;
  }

  Node& root() { return root_; }
  Diagnostic& problem() { return problem_; }

 private:
  // The pointers stay good: a node gets no sibling before it is closed.
  bool add(Node::Kind kind) {
    const bool rooted = !open_.empty();
    last_ = rooted ? &open_.back()->children.emplace_back() : &root_;
    last_->kind = kind;
    last_->span = tokens_.next();
    if (rooted && open_.back()->is(Node::Kind::object)) {
      last_->key = std::move(key_);
      last_->key_span = key_span_;
    }
    return ++count_ <= max_document_nodes ||
           refuse(last_->span, too_many_values(), std::string(excess_hint));
  }

  bool number() {
    if (!add(Node::Kind::number)) return false;
    last_->text = text_.substr(last_->span.begin, last_->span.end - last_->span.begin);
    last_->kind = number_kind(*last_);
    return true;
  }

  bool open(Node::Kind kind) {
    if (!add(kind)) return false;
    open_.push_back(last_);
    return open_.size() <= max_document_depth ||
           refuse(last_->span, too_deep(), std::string(excess_hint));
  }

  bool refuse(TextSpan place, std::string message, std::string hint) {
    const TextPosition at = position_at(text_, place.begin);
    problem_ = Diagnostic{.message = std::move(message),
                          .line = at.line,
                          .column = at.column,
                          .path = shortened(current_path()),
                          .hint = std::move(hint)};
    return false;
  }

  // The path of the last child of the innermost open node.
  std::string current_path() const {
    std::string path;
    for (const Node* node : open_) {
      if (node->children.empty()) break;
      if (node->is(Node::Kind::array)) {
        path += "[" + std::to_string(node->children.size() - 1) + "]";
      } else {
        path += (path.empty() ? "" : ".") + node->children.back().key;
      }
    }
    return path;
  }

  std::string_view text_;
  bool repeated_keys_;
  Tokens tokens_;
  Node root_;
  Node* last_ = nullptr;
  Diagnostic problem_;
  std::string key_;
  TextSpan key_span_;
  std::vector<Node*> open_;
  std::size_t count_ = 0;
};

Result<Node> parse_plain_json(std::string_view text, std::string_view file, bool repeated_keys) {
  TreeBuilder builder(text, repeated_keys);
  if (Json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.root());
  builder.problem().file = std::string(file);
  return fail(std::move(builder.problem()));
}

}  // namespace

Node::Kind number_kind(Node& number) {
  std::string_view written = number.text;
  if (written.starts_with('+')) written.remove_prefix(1);
  const char* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, number.integer);
  if (read.ec == std::errc() && read.ptr == end) return Node::Kind::integer;
  number.integer = 0;
  return Node::Kind::number;
}

void keep_last_of_repeated(Node& object) {
  if (repeated_key(object) == nullptr) return;
  std::set<std::string> later;
  std::vector<Node> kept;
  for (auto child = object.children.rbegin(); child != object.children.rend(); ++child)
    if (later.insert(child->key).second) kept.push_back(std::move(*child));
  std::reverse(kept.begin(), kept.end());
  object.children = std::move(kept);
}

Result<Node> parse_json(std::string_view text, std::string_view file,
                        const JsonStrictness& strictness) {
  if (Result<void> valid = require_utf8(text, file); !valid) return fail(valid.error());
  if (!strictness.byte_order_mark && text.starts_with(byte_order_mark))
    return fail(error_at(text, file, 0, "it begins with a byte order mark",
                         "save it as UTF-8 without a byte order mark"));
  return strictness.syntax == JsonStrictness::Syntax::json5
             ? parse_json5(text, file, strictness.repeated_keys)
             : parse_plain_json(text, file, strictness.repeated_keys);
}

}  // namespace buildable
