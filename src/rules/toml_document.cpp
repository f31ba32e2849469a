// The only file that knows the TOML library.
//
// It is used header-only because the program is linked statically and Debian ships the library as a
// shared object alone. In this form version 3.3.0 ends the process by an assertion on a text like
// "[/]" although it goes on correctly without; hence the empty TOML_ASSERT. NDEBUG is taken away
// because with it clang would be told to assume what was asserted.
#ifdef NDEBUG
#undef NDEBUG
#endif
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#define TOML_ASSERT(condition) static_assert(true)
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <algorithm>

#include "base/text.h"
#include "rules/toml_codec.h"

namespace buildable {
namespace {

// Finds the bytes of what the library locates by lines and characters.
class SourceText {
 public:
  explicit SourceText(std::string_view text) : text_(text), lines_(split(text, '\n')) {}

  // 1-based, in bytes.
  int byte_column(toml::source_position position) const {
    if (position.line < 1 || position.line > lines_.size()) return 0;
    std::string_view line = lines_[position.line - 1];
    std::size_t byte = 0;
    for (std::size_t character = 1; character < position.column && byte < line.size();) {
      ++byte;
      bool inside = byte < line.size() && (static_cast<unsigned char>(line[byte]) & 0xC0) == 0x80;
      if (!inside) ++character;
    }
    return static_cast<int>(byte) + 1;
  }

  // What a number or date was written as.
  std::string token_at(const Node& node) const {
    if (node.line < 1) return {};
    std::string_view rest = lines_[static_cast<std::size_t>(node.line) - 1];
    rest.remove_prefix(std::min(rest.size(), static_cast<std::size_t>(node.column) - 1));
    return std::string(trim(rest.substr(0, rest.find_first_of(",]}#"))));
  }

 private:
  std::string_view text_;
  std::vector<std::string_view> lines_;
};

class TreeReader {
 public:
  explicit TreeReader(std::string_view text) : source_(text) {}

  Node read(const toml::node& value, std::size_t depth) {
    Node node;
    node.line = static_cast<int>(value.source().begin.line);
    node.column = source_.byte_column(value.source().begin);
    if (depth > max_document_depth || ++count_ > max_document_nodes) {
      if (!refused_) refused_ = node;
      return node;
    }
    if (const toml::table* table = value.as_table()) {
      read_table(*table, depth, node);
    } else if (const toml::array* array = value.as_array()) {
      node.kind = Node::Kind::array;
      for (const toml::node& item : *array) node.children.push_back(read(item, depth + 1));
    } else {
      read_scalar(value, node);
    }
    return node;
  }

  // The first place that is too deep or too much.
  const std::optional<Node>& refused() const { return refused_; }

 private:
  void read_table(const toml::table& table, std::size_t depth, Node& node) {
    node.kind = Node::Kind::object;
    for (const auto& [key, item] : table) {
      node.children.push_back(read(item, depth + 1));
      node.children.back().key = std::string(key.str());
    }
    // The library sorts by name.
    std::stable_sort(node.children.begin(), node.children.end(), [](const Node& a, const Node& b) {
      return std::pair(a.line, a.column) < std::pair(b.line, b.column);
    });
  }

  void read_scalar(const toml::node& value, Node& node) {
    if (const auto* text = value.as_string()) {
      node.kind = Node::Kind::string;
      node.text = text->get();
    } else if (const auto* boolean = value.as_boolean()) {
      node.kind = Node::Kind::boolean;
      node.boolean = boolean->get();
    } else {
      node.kind = value.is_integer()          ? Node::Kind::integer
                  : value.is_floating_point() ? Node::Kind::number
                                              : Node::Kind::date;
      node.text = source_.token_at(node);
      if (const auto* integer = value.as_integer()) node.integer = integer->get();
    }
  }

  SourceText source_;
  std::size_t count_ = 0;
  std::optional<Node> refused_;
};

tl::unexpected<Error> refuse(std::string_view file, TextPosition at, std::string message,
                             std::string hint = {}) {
  return fail(Diagnostic{.message = std::move(message),
                         .file = std::string(file),
                         .line = at.line,
                         .column = at.column,
                         .hint = std::move(hint)});
}

// What the library must not see.
Result<void> check_text(std::string_view text, std::string_view file) {
  if (text.size() > max_toml_size) {
    return refuse(file, {}, "the file is larger than " + std::to_string(max_toml_size) + " bytes");
  }
  // U+FEFE is no character; the library's decoder runs into undefined behaviour on it.
  std::size_t unassigned = text.find("\xEF\xBB\xBE");
  if (unassigned != std::string_view::npos) {
    return refuse(file, position_at(text, unassigned), "U+FEFE is not a character",
                  "remove the bytes EF BB BE");
  }
  return require_utf8(text, file);
}

}  // namespace

Result<Node> parse_toml(std::string_view text, std::string_view file) {
  if (Result<void> checked = check_text(text, file); !checked) return fail(checked.error());
  toml::parse_result parsed = toml::parse(text);
  TreeReader reader(text);
  if (!parsed) {
    const toml::source_position& at = parsed.error().source().begin;
    TextPosition position{static_cast<int>(at.line), SourceText(text).byte_column(at)};
    return refuse(file, position, "not TOML: " + std::string(parsed.error().description()));
  }
  Node root = reader.read(parsed.table(), 1);
  if (const std::optional<Node>& place = reader.refused()) {
    return refuse(file, {place->line, place->column}, "nested too deep, or too many values");
  }
  return root;
}

}  // namespace buildable
