#include "pins/fix_excluded.h"

#include <algorithm>
#include <string>

#include "base/document.h"
#include "pins/syntax_workflow.h"

namespace buildable::pins {
namespace {

using Kind = Node::Kind;

bool has_quotes(std::string_view written) {
  return written.size() > 1 && (written[0] == '"' || written[0] == '\'') &&
         written.back() == written[0];
}

// "3.10" is the number 3.1 to YAML.
bool loses_zero_of(std::string_view written) {
  return written.ends_with('0') && written.find('.') != std::string_view::npos;
}

// The texts of one matrix.
class ExcludedCells {
 public:
  ExcludedCells(std::string_view text, const std::vector<Edit>& edits, std::vector<Edit>& found)
      : text_(text), edits_(edits), found_(found) {}

  void look_in(const Node& matrix) {
    exclude_ = matrix.find("exclude");
    if (!exclude_ || !exclude_->is(Kind::array)) return;
    for (const Node& row : matrix.children) {
      if (&row == exclude_ || !row.is(Kind::array)) continue;
      for (const Node& cell : row.children) {
        if (row.key != "include") look_at(cell, row.key);
        if (row.key != "include" || !cell.is(Kind::object)) continue;
        for (const Node& value : cell.children) look_at(value, value.key);
      }
    }
  }

 private:
  std::string_view slice(TextSpan span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  void look_at(const Node& value, const std::string& name) {
    if (!value.is_scalar() || value.block) return;
    for (const Edit& edit : edits_)
      if (value.span.begin <= edit.span.begin && edit.span.end <= value.span.end)
        move_along(value, name, edit);
  }

  void move_along(const Node& value, const std::string& name, const Edit& edit) {
    std::string after(slice(value.span));
    after.replace(edit.span.begin - value.span.begin, edit.span.end - edit.span.begin, edit.text);
    for (const Node& cell : exclude_->children) {
      const Node* excluded = cell.find(name);
      if (!excluded || !excluded->is_scalar() || excluded->text != value.text) continue;
      if (std::any_of(found_.begin(), found_.end(),
                      [excluded](const Edit& each) { return each.span == excluded->span; }))
        continue;
      found_.push_back({excluded->span, in_quotes_of(slice(excluded->span), after)});
    }
  }

  static std::string in_quotes_of(std::string_view written, const std::string& after) {
    if (!has_quotes(written)) return loses_zero_of(after) ? '"' + after + '"' : after;
    const std::string inner = has_quotes(after) ? after.substr(1, after.size() - 2) : after;
    return written[0] + inner + written[0];
  }

  std::string_view text_;
  const std::vector<Edit>& edits_;
  std::vector<Edit>& found_;
  const Node* exclude_ = nullptr;
};

}  // namespace

std::vector<Edit> edits_of_excluded(std::string_view path, std::string_view text,
                                    const std::vector<Edit>& edits) {
  std::vector<Edit> found;
  const bool is_yaml = path.ends_with(".yml") || path.ends_with(".yaml");
  if (!is_yaml || text.find("exclude") == std::string_view::npos) return found;
  const auto documents = parse_yaml_documents(text, path, YamlAliases::keep);
  if (!documents) return found;
  for (const Node& root : *documents) {
    NodePath path_to{&root};
    each_object(path_to, [&](const NodePath& here) {
      if (here.back()->key == "matrix") ExcludedCells(text, edits, found).look_in(*here.back());
    });
  }
  return found;
}

}  // namespace buildable::pins
