// TOML with spans: the parser gives lines and columns, the ends are found in the text.
#include <algorithm>

#include "pins/syntax.h"
#include "rules/toml_codec.h"

namespace buildable {
namespace {

class Marking {
 public:
  explicit Marking(std::string_view text) : text_(text) {
    line_begins_.push_back(0);
    for (std::size_t at = text.find('\n'); at != std::string_view::npos;
         at = text.find('\n', at + 1))
      line_begins_.push_back(at + 1);
  }

  // Recursion: as deep as the parser's limit at most.
  MarkedNode mark(const Node& node) const {
    MarkedNode marked;
    marked.kind = kind_of(node);
    marked.key = node.key;
    marked.text = node.text;
    if (node.is(Node::Kind::boolean)) marked.text = node.boolean ? "true" : "false";
    if (node.is(Node::Kind::array) || node.is(Node::Kind::object)) {
      marked.children.reserve(node.children.size());
      for (const Node& child : node.children) marked.children.push_back(mark(child));
      return marked;
    }
    marked.span.begin = offset_of(node);
    marked.span.end = end_of(node, marked.span.begin);
    marked.quoted = node.is(Node::Kind::string);
    return marked;
  }

 private:
  static MarkedNode::Kind kind_of(const Node& node) {
    switch (node.kind) {
      case Node::Kind::array:
        return MarkedNode::Kind::array;
      case Node::Kind::object:
        return MarkedNode::Kind::object;
      case Node::Kind::string:
        return MarkedNode::Kind::string;
      case Node::Kind::boolean:
        return MarkedNode::Kind::boolean;
      default:
        return MarkedNode::Kind::number;
    }
  }

  std::size_t offset_of(const Node& node) const {
    const auto line = static_cast<std::size_t>(std::max(node.line, 1)) - 1;
    if (line >= line_begins_.size()) return text_.size();
    const auto column = static_cast<std::size_t>(std::max(node.column, 1)) - 1;
    return std::min(line_begins_[line] + column, text_.size());
  }

  std::size_t end_of(const Node& node, std::size_t begin) const {
    if (!node.is(Node::Kind::string)) return std::min(begin + node.text.size(), text_.size());
    if (begin >= text_.size()) return begin;
    const char quote = text_[begin];
    if (quote != '"' && quote != '\'') return begin;
    const std::string_view fence = text_.substr(begin, 3);
    const bool fenced = fence == "\"\"\"" || fence == "'''";
    const std::string_view closing = fenced ? fence : fence.substr(0, 1);
    for (std::size_t at = begin + closing.size(); at < text_.size(); ++at) {
      if (quote == '"' && text_[at] == '\\')
        ++at;
      else if (text_.substr(at, closing.size()) == closing)
        return at + closing.size();
    }
    return text_.size();
  }

  std::string_view text_;
  std::vector<std::size_t> line_begins_;
};

}  // namespace

Result<MarkedNode> parse_marked_toml(std::string_view text, std::string_view file) {
  const Result<Node> root = parse_toml(text, file);
  if (!root) return fail(root.error());
  return Marking(text).mark(*root);
}

}  // namespace buildable
