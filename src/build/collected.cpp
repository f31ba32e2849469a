#include "build/collected.h"

#include <map>
#include <set>
#include <utility>

#include "build/foretell.h"

namespace buildable::build {

bool CollectedFiles::wants(std::string_view path) {
  return wants_text(path) || wants_presence(path);
}

void CollectedFiles::add(std::string_view path, std::optional<std::string_view> text) {
  if (kept_.size() >= max_files || !wants(path)) return;
  const bool known = text && wants_text(path) && text->size() <= max_bytes - bytes_;
  kept_.push_back({std::string(path), known ? std::string(*text) : std::string(), known});
  if (known) bytes_ += text->size();
}

Files CollectedFiles::files() const {
  std::vector<SourceFile> all;
  all.reserve(kept_.size());
  for (const Kept& each : kept_)
    all.push_back({.path = each.path, .text = each.text, .known = each.known});
  return Files(std::move(all));
}

Files without_knowing(const Files& files, std::span<const std::string> named) {
  const std::set<std::string_view> names(named.begin(), named.end());
  std::vector<SourceFile> all;
  for (const SourceFile& each : files.all()) {
    if (!names.contains(each.path))
      all.push_back(each);
    else if (wants_text(each.path))
      all.push_back({.path = each.path, .text = {}, .known = false});
  }
  for (const std::string_view name : names)
    if (CollectedFiles::wants(name) && !files.find(name))
      all.push_back({.path = name, .text = {}, .known = false});
  return Files(std::move(all));
}

Files with_changes(const Files& files, std::span<const ChangedFile> changes) {
  std::map<std::string_view, std::optional<std::string_view>> texts;
  for (const ChangedFile& each : changes) texts[each.path] = each.text;
  std::vector<SourceFile> all;
  for (const SourceFile& each : files.all())
    if (!texts.contains(each.path)) all.push_back(each);
  for (const auto& [path, text] : texts)
    if (text) all.push_back({.path = path, .text = *text, .known = wants_text(path)});
  return Files(std::move(all));
}

}  // namespace buildable::build
