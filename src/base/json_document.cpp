// The only file of the project that reads JSON with the library; everything else reads Nodes.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/document.h"
#include "base/text.h"

namespace buildable {
namespace {

using Json = nlohmann::json;

// "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error …" -> "syntax …".
std::string without_library_prefix(std::string_view message) {
  for (std::string_view prefix_end : {"] ", ": "}) {
    bool tells_place = prefix_end == "] " || message.rfind("parse error", 0) == 0;
    std::size_t found = message.find(prefix_end);
    if (tells_place && found != std::string_view::npos) {
      message.remove_prefix(found + prefix_end.size());
    }
  }
  return std::string(message);
}

std::string first_repeated_key(const Node& object) {
  std::vector<std::string_view> keys;
  for (const Node& child : object.children) keys.push_back(child.key);
  std::sort(keys.begin(), keys.end());
  auto repeated = std::adjacent_find(keys.begin(), keys.end());
  return repeated == keys.end() ? std::string() : std::string(*repeated);
}

// Builds the tree from the parser's events; every function returns whether to go on.
class TreeBuilder final : public nlohmann::json_sax<Json> {
 public:
  explicit TreeBuilder(std::string_view text) : text_(text) {}

  bool null() override { return add({}); }
  bool boolean(bool value) override {
    Node node;
    node.kind = Node::Kind::boolean;
    node.boolean = value;
    return add(std::move(node));
  }
  bool number_integer(number_integer_t value) override {
    Node node;
    node.kind = Node::Kind::integer;
    node.integer = value;
    node.text = std::to_string(value);
    return add(std::move(node));
  }
  bool number_unsigned(number_unsigned_t value) override {
    if (value <= static_cast<number_unsigned_t>(INT64_MAX)) {
      return number_integer(static_cast<number_integer_t>(value));
    }
    return number_float(0, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& written) override {
    Node node;
    node.kind = Node::Kind::number;
    node.text = written;
    return add(std::move(node));
  }
  bool string(string_t& value) override {
    Node node;
    node.kind = Node::Kind::string;
    node.text = std::move(value);
    return add(std::move(node));
  }
  bool binary(binary_t&) override { return false; }  // not in JSON text

  bool start_object(std::size_t) override { return open(Node::Kind::object); }
  bool start_array(std::size_t) override { return open(Node::Kind::array); }
  bool key(string_t& name) override {
    key_ = std::move(name);
    return true;
  }
  bool end_object() override {
    std::string repeated = first_repeated_key(*open_.back());
    if (!repeated.empty()) {
      open_.back()->children.emplace_back().key = std::move(repeated);
      return refuse("the key is there twice", "keep one of the two");
    }
    open_.pop_back();
    return true;
  }
  bool end_array() override {
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
  bool add(Node node) {
    if (++count_ > max_document_nodes) return refuse(too_many_values(), std::string(excess_hint));
    if (open_.empty()) {
      root_ = std::move(node);
      return true;
    }
    if (open_.back()->is(Node::Kind::object)) node.key = std::move(key_);
    open_.back()->children.push_back(std::move(node));
    return true;
  }

  // The pointers stay good: a node gets no sibling before it is closed.
  bool open(Node::Kind kind) {
    Node node;
    node.kind = kind;
    if (!add(std::move(node))) return false;
    open_.push_back(open_.empty() ? &root_ : &open_.back()->children.back());
    if (open_.size() <= max_document_depth) return true;
    return refuse(too_deep(), std::string(excess_hint));
  }

  bool refuse(std::string message, std::string hint) {
    problem_ =
        Diagnostic{.message = std::move(message), .path = current_path(), .hint = std::move(hint)};
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
  Node root_;
  Diagnostic problem_;
  std::string key_;
  std::vector<Node*> open_;
  std::size_t count_ = 0;
};

}  // namespace

Result<Node> parse_json(std::string_view text, std::string_view file) {
  if (Result<void> valid = require_utf8(text, file); !valid) return fail(valid.error());
  TreeBuilder builder(text);
  if (Json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.root());
  builder.problem().file = std::string(file);
  return fail(std::move(builder.problem()));
}

}  // namespace buildable
