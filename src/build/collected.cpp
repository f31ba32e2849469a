#include "build/collected.h"

#include <utility>

#include "build/foretell.h"

namespace buildable::build {

bool CollectedFiles::wants(std::string_view path) {
  return wants_text(path) || wants_presence(path);
}

void CollectedFiles::add(std::string_view path, std::string_view text) {
  if (kept_.size() >= max_files || !wants(path)) return;
  const bool known = wants_text(path) && text.size() <= max_bytes - bytes_;
  kept_.push_back({std::string(path), known ? std::string(text) : std::string(), known});
  if (known) bytes_ += text.size();
}

Files CollectedFiles::files() const {
  std::vector<SourceFile> all;
  all.reserve(kept_.size());
  for (const Kept& each : kept_)
    all.push_back({.path = each.path, .text = each.text, .known = each.known});
  return Files(std::move(all));
}

}  // namespace buildable::build
