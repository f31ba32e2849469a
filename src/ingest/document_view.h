// Strict reading of foreign JSON and TOML, for the parsers here and the tools.
//
// A DocumentView is a node of a document and where it stands ("$.extra_attrs.config"), so that
// every error names the place.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/document.h"
#include "base/result.h"

namespace buildable::ingest {

// check_text, then the parser; `what` names the document in errors.
Result<Node> read_json(std::string_view text, std::size_t limit, std::string_view what);
Result<Node> read_toml(std::string_view text, std::size_t limit, std::string_view what);

class DocumentView {
 public:
  explicit DocumentView(const Node& node, std::string path = "$")
      : node_(&node), path_(std::move(path)) {}

  tl::unexpected<Error> problem(std::string message, std::string hint = {}) const;

  // A member that must be there.
  Result<DocumentView> member(std::string_view key) const;
  // A member that may be missing or null: then nothing.
  Result<std::optional<DocumentView>> optional_member(std::string_view key) const;
  Result<std::vector<std::pair<std::string, DocumentView>>> members() const;
  Result<std::vector<DocumentView>> items() const;
  Result<std::string> text() const;  // a string that is not empty

  bool is_array() const { return node_->is(Node::Kind::array); }

  // member(key) and text(); an optional text that is absent is empty.
  Result<std::string> text(std::string_view key) const;
  Result<std::string> optional_text(std::string_view key) const;
  Result<bool> optional_boolean(std::string_view key) const;  // false when absent
  // Fails on a member that is none of these.
  Result<void> only(std::initializer_list<std::string_view> keys) const;

  // Reads each item; fails on the first that fails, and on an empty list.
  template <class T>
  Result<std::vector<T>> each(Result<T> (*read)(const DocumentView&)) const {
    auto views = items();
    if (!views) return fail(std::move(views.error()));
    if (views->empty()) return problem("the list is empty");
    std::vector<T> values;
    for (const DocumentView& view : *views) {
      Result<T> value = read(view);
      if (!value) return fail(std::move(value.error()));
      values.push_back(std::move(*value));
    }
    return values;
  }

 private:
  tl::unexpected<Error> wrong_kind(std::string_view wanted) const;

  const Node* node_;
  std::string path_;
};

}  // namespace buildable::ingest
