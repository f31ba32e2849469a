#include "ingest/document_view.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/limits.h"
#include "rules/toml_codec.h"

namespace buildable::ingest {

Result<Node> read_json(std::string_view text, std::size_t limit, std::string_view what) {
  Result<void> checked = check_text(text, limit, what);
  if (!checked) return fail(std::move(checked.error()));
  return parse_json(text, what);
}

Result<Node> read_toml(std::string_view text, std::size_t limit, std::string_view what) {
  Result<void> checked = check_text(text, limit, what);
  if (!checked) return fail(std::move(checked.error()));
  return parse_toml(text, what);
}

tl::unexpected<Error> DocumentView::problem(std::string message, std::string hint) const {
  if (hint.empty()) hint = "the source has changed its form: nothing was taken from it";
  return fail(Diagnostic{.message = std::move(message),
                         .line = node_->line,
                         .column = node_->column,
                         .path = path_,
                         .hint = std::move(hint)});
}

tl::unexpected<Error> DocumentView::wrong_kind(std::string_view wanted) const {
  return problem(std::string(wanted) + " is needed, not " + describe(*node_));
}

Result<std::optional<DocumentView>> DocumentView::optional_member(std::string_view key) const {
  if (!node_->is(Node::Kind::object)) return wrong_kind("an object");
  const Node* found = node_->find(key);
  if (!found || found->is(Node::Kind::null)) return std::optional<DocumentView>{};
  return std::optional<DocumentView>(DocumentView(*found, path_ + "." + std::string(key)));
}

Result<DocumentView> DocumentView::member(std::string_view key) const {
  Result<std::optional<DocumentView>> found = optional_member(key);
  if (!found) return fail(std::move(found.error()));
  if (*found) return std::move(**found);
  return problem("the key '" + std::string(key) + "' is missing");
}

Result<std::vector<std::pair<std::string, DocumentView>>> DocumentView::members() const {
  if (!node_->is(Node::Kind::object)) return wrong_kind("an object");
  if (node_->children.size() > limits::entries) return problem("too many entries");
  std::vector<std::pair<std::string, DocumentView>> members;
  for (const Node& child : node_->children) {
    members.emplace_back(child.key, DocumentView(child, path_ + "." + child.key.substr(0, 100)));
  }
  return members;
}

Result<std::vector<DocumentView>> DocumentView::items() const {
  if (!node_->is(Node::Kind::array)) return wrong_kind("a list");
  if (node_->children.size() > limits::entries) return problem("too many entries");
  std::vector<DocumentView> items;
  for (const Node& child : node_->children) {
    items.emplace_back(child, path_ + "[" + std::to_string(items.size()) + "]");
  }
  return items;
}

Result<std::string> DocumentView::text() const {
  if (!node_->is(Node::Kind::string)) return wrong_kind("a text");
  if (node_->text.empty()) return problem("the text is empty");
  return node_->text;
}

Result<std::string> DocumentView::text(std::string_view key) const {
  return member(key).and_then([](const DocumentView& found) { return found.text(); });
}

Result<std::string> DocumentView::optional_text(std::string_view key) const {
  Result<std::optional<DocumentView>> found = optional_member(key);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return std::string{};
  if (!(*found)->node_->is(Node::Kind::string)) return (*found)->wrong_kind("a text");
  return (*found)->node_->text;
}

Result<bool> DocumentView::optional_boolean(std::string_view key) const {
  Result<std::optional<DocumentView>> found = optional_member(key);
  if (!found) return fail(std::move(found.error()));
  if (!*found) return false;
  if (!(*found)->node_->is(Node::Kind::boolean)) return (*found)->wrong_kind("true or false");
  return (*found)->node_->boolean;
}

Result<void> DocumentView::only(std::initializer_list<std::string_view> keys) const {
  if (!node_->is(Node::Kind::object)) return wrong_kind("an object");
  for (const Node& child : node_->children) {
    if (std::find(keys.begin(), keys.end(), child.key) != keys.end()) continue;
    return problem("the key " + in_quotes(child.key) + " is not known");
  }
  return {};
}

}  // namespace buildable::ingest
