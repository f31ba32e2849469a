// Inside apply: a configuration of Renovate's as it was read, and the edits by which a preset comes
// into its `extends` and goes again. Each kind of text gets a layout of its own, by which the way
// back is found.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "apply/json_splice.h"
#include "base/document.h"

namespace buildable::apply {

inline constexpr std::string_view package_json = "package.json";
inline constexpr std::string_view extends_key = "extends";

// A file's text, read, and its layout.
struct RenovateConfig {
  std::string text;
  std::string file;
  Node root;

  bool is_package() const { return file == package_json; }
  const Node* settings() const { return is_package() ? root.find("renovate") : &root; }
  const Node* extends() const {
    return settings() == nullptr ? nullptr : settings()->find(extends_key);
  }
  // That of the first string or key in quotes.
  char quote() const {
    const bool single = text.find('\'') < text.find('"');
    const bool both = file.ends_with(".json5");
    return single && both ? '\'' : '"';
  }
  // Of one level; of a text whose members have no lines of their own two spaces.
  std::string indentation() const {
    if (root.children.empty() || !begins_its_line(text, item_span(root.children[0]).begin))
      return "  ";
    return std::string(indentation_at(text, item_span(root.children[0]).begin));
  }
  bool is_in_one_line() const {
    return !root.children.empty() && !begins_its_line(text, item_span(root.children[0]).begin);
  }
};

// What Renovate takes the settings to extend.
std::vector<std::string> presets_of(const RenovateConfig& config);

std::string quoted_for_json(std::string_view text, char quote);
// The text in the quotes of a string in the file.
std::string in_quotes_of(const RenovateConfig& config, const Node& node, std::string_view text);

// The preset becomes the last of `extends`. Precondition: the settings are an object, or in
// package.json a string, and `extends` is a list of strings or a string, if it is there.
std::vector<Edit> edits_to_add(const RenovateConfig& config, const std::string& preset);
// The preset of that index goes, and all that came with it. Precondition: as above, and `extends`
// is there.
std::vector<Edit> edits_to_remove(const RenovateConfig& config, std::size_t index);

// Whether `extends` holds one entry in a layout in which edits_to_add writes one where there was no
// `extends`. Precondition: as above.
bool is_as_created(const RenovateConfig& config);

// What lies between two places of the text.
std::string_view between(const RenovateConfig& config, std::size_t begin, std::size_t end);

}  // namespace buildable::apply
