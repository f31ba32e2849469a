#include "build/pyproject.h"

#include "base/text.h"
#include "build/newer_toml.h"
#include "rules/toml_codec.h"

namespace buildable::build {

const Node* at_path(const Node& root, std::initializer_list<std::string_view> path) {
  const Node* node = &root;
  for (const std::string_view step : path)
    if (node) node = node->find(step);
  return node;
}

PythonRequirement refused(std::string_view file, int line, std::string error, std::string reason,
                          std::string help) {
  PythonRequirement requirement;
  requirement.file = file;
  requirement.line = line;
  requirement.error = std::move(error);
  requirement.reason = std::move(reason);
  requirement.help = std::move(help);
  return requirement;
}

PythonRequirement not_known(std::string_view file, std::string reason) {
  PythonRequirement requirement;
  requirement.file = file;
  requirement.reason = std::move(reason);
  requirement.unknown = true;
  return requirement;
}

tl::expected<Node, PythonRequirement> read_toml(const SourceFile& file, TomlReader reader) {
  const std::string name(file.path);
  if (!file.known) return tl::unexpected(not_known(file.path, name + " was not read"));
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (reader == TomlReader::poetry && file.text.starts_with(mark))
    return tl::unexpected(refused(file.path, 1, "TOMLDecodeError",
                                  name + " begins with a byte order mark, which Poetry refuses",
                                  "save the file as UTF-8 without a mark"));
  auto root = parse_toml(file.text, file.path);
  if (root) return *std::move(root);
  if (reader == TomlReader::uv && may_be_newer_toml(file.text))
    return tl::unexpected(not_known(file.path, "whether uv can read " + name + " is not known"));
  return tl::unexpected(
      refused(file.path, root.error().diagnostics().front().line, "TOML parse error",
              name + " is not valid TOML: " + root.error().message(), "correct " + name));
}

}  // namespace buildable::build
