#include "base/marked.h"

#include <algorithm>

#include "base/text.h"

namespace buildable {

const MarkedNode* MarkedNode::find(std::string_view name) const {
  if (kind != Kind::object) return nullptr;
  const auto found = std::find_if(children.begin(), children.end(),
                                  [name](const MarkedNode& child) { return child.key == name; });
  return found == children.end() ? nullptr : &*found;
}

// Recursion: both are as deep as the parsers' limit at most.
bool MarkedNode::same_content(const MarkedNode& other) const {
  return kind == other.kind && text == other.text && key == other.key &&
         std::equal(children.begin(), children.end(), other.children.begin(), other.children.end(),
                    [](const MarkedNode& a, const MarkedNode& b) { return a.same_content(b); });
}

namespace marked {

const MarkedNode* repeated_key(const MarkedNode& object, bool but_for_merge_keys) {
  std::vector<const MarkedNode*> sorted;
  sorted.reserve(object.children.size());
  for (const MarkedNode& child : object.children)
    if (!but_for_merge_keys || child.key != "<<") sorted.push_back(&child);
  // Stable: of equal keys the later stays the later.
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const MarkedNode* a, const MarkedNode* b) { return a->key < b->key; });
  const auto first =
      std::adjacent_find(sorted.begin(), sorted.end(),
                         [](const MarkedNode* a, const MarkedNode* b) { return a->key == b->key; });
  return first == sorted.end() ? nullptr : *(first + 1);
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

}  // namespace marked
}  // namespace buildable
