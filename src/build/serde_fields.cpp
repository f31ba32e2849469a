#include "build/serde_fields.h"

#include "base/text.h"

namespace buildable::build {
namespace {

std::string_view name_of(Node::Kind kind) {
  switch (kind) {
    case Node::Kind::string:
      return "a string";
    case Node::Kind::object:
      return "an object";
    case Node::Kind::array:
      return "an array";
    case Node::Kind::boolean:
      return "true or false";
    default:
      return "what it should be";
  }
}

SerdeProblem wrong_type(std::string_view name, const Node& node, Node::Kind wanted) {
  const std::string subject =
      name.empty() ? std::string("the document") : "`" + printable(name) + "`";
  return {subject + " is " + describe(node) + ", not " + std::string(name_of(wanted)), node.line,
          "correct its type"};
}

SerdeResult<const Node*> only_member(const Node& parent, std::string_view name) {
  if (!parent.is(Node::Kind::object))
    return tl::unexpected(wrong_type(parent.key, parent, Node::Kind::object));
  const Node* found = nullptr;
  for (const Node& child : parent.children) {
    if (child.key != name) continue;
    if (found)
      return tl::unexpected(SerdeProblem{"duplicate field `" + printable(name) + "`", child.line,
                                         "keep one of the two"});
    found = &child;
  }
  return found;
}

}  // namespace

SerdeResult<Node> read_document(const SourceFile& file) {
  JsonReading reading = read_serde_json(file);
  if (reading.root) return std::move(*reading.root);
  return tl::unexpected(SerdeProblem{
      std::move(reading.error), reading.line,
      "write plain JSON in UTF-8: no byte order mark, no comments, no trailing commas"});
}

SerdeResult<const Node*> serde_optional(const Node& parent, std::string_view name,
                                        Node::Kind kind) {
  auto found = only_member(parent, name);
  if (!found || !*found || (*found)->is(Node::Kind::null))
    return found ? SerdeResult<const Node*>(nullptr) : found;
  if (!(*found)->is(kind)) return tl::unexpected(wrong_type(name, **found, kind));
  return found;
}

SerdeResult<const Node*> serde_required(const Node& parent, std::string_view name,
                                        Node::Kind kind) {
  auto found = only_member(parent, name);
  if (!found) return found;
  if (!*found)
    return tl::unexpected(SerdeProblem{"missing field `" + printable(name) + "`", parent.line,
                                       "add " + in_quotes(name)});
  if (!(*found)->is(kind)) return tl::unexpected(wrong_type(name, **found, kind));
  return found;
}

int line_of(std::string_view text, std::string_view wanted) {
  const std::size_t at = text.find(wanted);
  return at == std::string_view::npos ? 0 : position_at(text, at).line;
}

}  // namespace buildable::build
