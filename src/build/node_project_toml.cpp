#include "build/node_project_toml.h"

#include <algorithm>

#include "base/document.h"
#include "base/text.h"
#include "build/newer_toml.h"

namespace buildable::build {
namespace {

constexpr std::string_view settings_of_project = "project.toml";

Answer refused_project_toml(std::string error, int line, std::string problem, std::string help) {
  return fails("node", "node-project-toml", std::move(error), {settings_of_project, line},
               "project.toml cannot be read: " + std::move(problem), std::move(help));
}

// What our reader says of the syntax; of its own limits it speaks otherwise.
constexpr std::string_view syntax_error = "not TOML: ";

// Control characters, in which versions of TOML differ, or what only the newer one has.
bool may_be_other_toml(std::string_view text) {
  const auto is_unclear = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  return may_be_newer_toml(text) || std::any_of(text.begin(), text.end(), is_unclear);
}

}  // namespace

std::optional<Answer> unread_project_toml(const Files& files) {
  const SourceFile* file = files.find(settings_of_project);
  if (!file && files.exists(settings_of_project))
    return refused_project_toml("config/project_toml/read", 0, "it is a folder",
                                "give the folder another name");
  if (!file) return std::nullopt;
  if (!file->known)
    return unknown("node", "file-not-read", {settings_of_project}, "project.toml was not read");
  if (!is_valid_utf8(file->text))
    return refused_project_toml("config/project_toml/read", 0, "it is not UTF-8 text",
                                "save it as UTF-8");
  const auto root = parse_toml(file->text, settings_of_project);
  if (root) return std::nullopt;
  const Diagnostic& first = root.error().diagnostics().front();
  if (!first.message.starts_with(syntax_error) || may_be_other_toml(file->text))
    return unknown("node", "node-project-toml", {settings_of_project},
                   "project.toml cannot be read here; if it is TOML 1.1, the build may take it",
                   "write it in TOML 1.0");
  return refused_project_toml("config/project_toml/parse", first.line,
                              first.message.substr(syntax_error.size()), "correct the TOML");
}

}  // namespace buildable::build
