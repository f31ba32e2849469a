// The names that documents with places had before there was one tree: for code that is being
// moved to base/document.h.
#pragma once

#include "base/document.h"

namespace buildable {

using MarkedNode = Node;
inline Result<Node> parse_marked_json(std::string_view text, std::string_view file) {
  return parse_json(text, file, json5);
}
inline Result<Node> parse_marked_yaml(std::string_view text, std::string_view file,
                                      YamlAliases aliases = YamlAliases::refuse) {
  return parse_yaml(text, file, aliases);
}
inline Result<std::vector<Node>> parse_marked_yaml_documents(
    std::string_view text, std::string_view file, YamlAliases aliases = YamlAliases::refuse) {
  return parse_yaml_documents(text, file, aliases);
}

}  // namespace buildable
