#include "build/node_yarnrc.h"

#include "base/document.h"

namespace buildable::build {

std::optional<std::string> yarn_path(const Files& files) {
  const SourceFile* file = files.find(".yarnrc.yml");
  if (!file || !file->known) return std::nullopt;
  const auto root = parse_yaml(file->text, file->path);
  const Node* path = root ? root->find("yarnPath") : nullptr;
  if (!path || !path->is(Node::Kind::string)) return std::nullopt;
  std::string_view relative = path->text;
  while (relative.starts_with("./")) relative.remove_prefix(2);
  return std::string(relative);
}

}  // namespace buildable::build
