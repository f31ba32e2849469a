#include "base/document.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace buildable {
namespace {

// The child that "[3]" names, if there is one.
const Node* at_index(const Node& node, std::string_view step) {
  std::size_t index = 0;
  auto [end, error] = std::from_chars(step.data() + 1, step.data() + step.size(), index);
  bool parsed = error == std::errc() && node.is(Node::Kind::array);
  return parsed && index < node.children.size() ? &node.children[index] : nullptr;
}

const Node* step_into(const Node& node, std::string_view step) {
  return step.front() == '[' ? at_index(node, step) : node.find(step);
}

// Takes the first step of "tracks[0].builder" off: "tracks", then "[0]", then "builder".
std::string_view take_step(std::string_view& path) {
  std::size_t end = std::min(path.find_first_of(".[", 1), path.size());
  std::string_view step = path.substr(0, end);
  path.remove_prefix(end);
  if (!path.empty() && path.front() == '.') path.remove_prefix(1);
  return step;
}

}  // namespace

const Node* Node::find(std::string_view name) const {
  if (kind != Kind::object) return nullptr;
  auto found = std::find_if(children.begin(), children.end(),
                            [name](const Node& child) { return child.key == name; });
  return found == children.end() ? nullptr : &*found;
}

// Recursion: both are as deep as the readers' limit at most.
bool Node::same_content(const Node& other) const {
  return kind == other.kind && text == other.text && key == other.key &&
         std::equal(children.begin(), children.end(), other.children.begin(), other.children.end(),
                    [](const Node& a, const Node& b) { return a.same_content(b); });
}

std::string describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return "null";
    case Node::Kind::boolean:
      return node.boolean ? "true" : "false";
    case Node::Kind::integer:
    case Node::Kind::number:
      return "the number " + shortened(node.text, shown_length);
    case Node::Kind::date:
      return "the date " + shortened(node.text, shown_length);
    case Node::Kind::string:
      return "the string " + in_quotes(node.text);
    case Node::Kind::array:
      return "an array";
    case Node::Kind::object:
      return "an object";
  }
  return "nothing";
}

const Node& locate(const Node& root, std::string_view path) {
  const Node* node = &root;
  while (!path.empty()) {
    const Node* next = step_into(*node, take_step(path));
    if (next == nullptr) break;
    node = next;
  }
  return *node;
}

std::string too_deep() {
  return "nested deeper than " + std::to_string(max_document_depth) + " levels";
}

std::string too_many_values() {
  return "more than " + std::to_string(max_document_nodes) + " values";
}

Result<void> require_utf8(std::string_view text, std::string_view file) {
  std::size_t valid = valid_utf8_prefix(text);
  if (valid == text.size()) return {};
  TextPosition position = position_at(text, valid);
  return fail(Diagnostic{.message = "the text is not UTF-8",
                         .file = std::string(file),
                         .line = position.line,
                         .column = position.column,
                         .hint = "save the file as UTF-8"});
}

Error error_at(std::string_view text, std::string_view file, std::size_t offset,
               std::string message, std::string hint) {
  const TextPosition at = position_at(text, std::min(offset, text.size()));
  return Diagnostic{.message = std::move(message),
                    .file = std::string(file),
                    .line = at.line,
                    .column = at.column,
                    .hint = std::move(hint)};
}

const Node* repeated_key(const Node& object, bool but_for_merge_keys) {
  std::vector<const Node*> sorted;
  sorted.reserve(object.children.size());
  for (const Node& child : object.children)
    if (!but_for_merge_keys || child.key != "<<") sorted.push_back(&child);
  // Stable: of equal keys the later stays the later.
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Node* a, const Node* b) { return a->key < b->key; });
  const auto first = std::adjacent_find(
      sorted.begin(), sorted.end(), [](const Node* a, const Node* b) { return a->key == b->key; });
  return first == sorted.end() ? nullptr : *(first + 1);
}

}  // namespace buildable
