#include "rules/checks.h"

#include <map>

#include "base/path_name.h"
#include "base/text.h"

namespace buildable {

std::string item_path(const std::string& list, std::size_t index, const std::string& key) {
  return list + "[" + std::to_string(index) + "]" + (key.empty() ? "" : "." + key);
}

void Findings::add(std::string path, std::string message, std::string hint) {
  const Node& place = locate(root_, path);
  problems_.push_back(Diagnostic{.message = std::move(message),
                                 .file = std::string(file_),
                                 .line = place.line,
                                 .column = place.column,
                                 .path = std::move(path),
                                 .hint = std::move(hint)});
}

void Findings::require_text(const std::string& text, const std::string& path) {
  if (trim(text).empty()) add(path, "is empty");
}

void Findings::require_name(const std::string& text, const std::string& path) {
  if (trim(text).empty()) return add(path, "is empty");
  require(PathName::parse(text), path);
}

void Findings::require_schema(int version) {
  if (version == 1) return;
  add("schema_version", "this program reads version 1, not " + std::to_string(version));
}

void Findings::require_unique(const std::vector<std::string>& names, const std::string& list,
                              const std::string& key) {
  std::map<std::string_view, std::size_t> first;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto [there, added] = first.emplace(names[i], i);
    if (added) continue;
    add(item_path(list, i, key),
        in_quotes(names[i]) + " is there already, as " + item_path(list, there->second, key));
  }
}

}  // namespace buildable
