#include "build/serde_json.h"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace buildable::build {
namespace {

using Json = nlohmann::json;

// serde_json's limit on arrays and objects in each other.
constexpr std::size_t max_json_depth = 127;

// Counts the lines that the parser has taken.
class Characters {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Characters(const char* at, int* line) : at_(at), line_(line) {}
  reference operator*() const { return *at_; }
  Characters& operator++() {
    if (*at_ == '\n' && line_) ++*line_;
    ++at_;
    return *this;
  }
  Characters operator++(int) {
    Characters before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Characters& a, const Characters& b) { return a.at_ == b.at_; }
  friend bool operator!=(const Characters& a, const Characters& b) { return !(a == b); }

 private:
  const char* at_;
  int* line_;
};

class Builder final : public nlohmann::json_sax<Json> {
 public:
  explicit Builder(const int& line) : line_(line) {}

  bool null() override { return add(Node::Kind::null, {}); }
  bool boolean(bool value) override { return add(Node::Kind::boolean, value ? "true" : "false"); }
  bool number_integer(number_integer_t value) override {
    return add(Node::Kind::integer, std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return add(Node::Kind::integer, std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& written) override {
    return add(Node::Kind::number, written);
  }
  bool string(string_t& value) override { return add(Node::Kind::string, std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& value) override {
    key_ = std::move(value);
    return true;
  }
  bool start_object(std::size_t) override { return open(Node::Kind::object); }
  bool start_array(std::size_t) override { return open(Node::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    error_ = "it is not valid JSON";
    return false;
  }

  Node root;
  std::string error_;

 private:
  Node& add_node(Node::Kind kind, std::string text) {
    Node& node = open_.empty() ? root : open_.back()->children.emplace_back();
    node.kind = kind;
    node.text = std::move(text);
    node.key = std::move(key_);
    node.line = line_;
    key_.clear();
    return node;
  }
  bool add(Node::Kind kind, std::string text) {
    if (++count_ > max_document_nodes) return refuse("it holds too many values");
    Node& node = add_node(kind, std::move(text));
    node.boolean = kind == Node::Kind::boolean && node.text == "true";
    return true;
  }
  bool open(Node::Kind kind) {
    if (open_.size() >= max_json_depth) return refuse("it is nested too deeply");
    if (++count_ > max_document_nodes) return refuse("it holds too many values");
    open_.push_back(&add_node(kind, {}));
    return true;
  }
  bool close() {
    open_.pop_back();
    return true;
  }
  bool refuse(std::string why) {
    error_ = std::move(why);
    return false;
  }

  const int& line_;
  std::vector<Node*> open_;
  std::string key_;
  std::size_t count_ = 0;
};

}  // namespace

JsonReading read_serde_json(const SourceFile& file) {
  if (file.text.starts_with("\xEF\xBB\xBF"))
    return {.error = "it begins with a byte order mark", .line = 1};
  if (!is_valid_utf8(file.text)) return {.error = "it is not UTF-8 text"};
  int line = 1;
  Builder builder(line);
  const char* const begin = file.text.data();
  const bool read = Json::sax_parse(Characters(begin, &line),
                                    Characters(begin + file.text.size(), nullptr), &builder);
  if (!read) return {.error = std::move(builder.error_), .line = line};
  return {.root = std::move(builder.root)};
}

const Node* last_member(const Node& object, std::string_view name) {
  if (!object.is(Node::Kind::object)) return nullptr;
  const auto at = std::find_if(object.children.rbegin(), object.children.rend(),
                               [&](const Node& each) { return each.key == name; });
  return at == object.children.rend() ? nullptr : &*at;
}

}  // namespace buildable::build
