#include "pins/syntax.h"

#include "base/text_index.h"

namespace buildable {
namespace {

constexpr std::size_t max_values = 1000;  // no file that people write has more

Result<std::vector<Node>> alone(Result<Node> document) {
  if (!document) return fail(document.error());
  std::vector<Node> documents;
  documents.push_back(*std::move(document));
  return documents;
}

Result<std::vector<Node>> read_documents(PinSyntax syntax, std::string_view text,
                                         std::string_view path) {
  switch (syntax) {
    case PinSyntax::json:
      return alone(parse_json(text, path, json5));
    case PinSyntax::toml:
      return alone(parse_toml(text, path));
    case PinSyntax::xml:
      return alone(parse_xml(text, path));
    default:
      return parse_yaml_documents(text, path, YamlAliases::keep);
  }
}

}  // namespace

const std::vector<Node>& FileReading::documents(PinSyntax syntax) {
  if (documents_) return *documents_;
  auto read = read_documents(syntax, text_, path_);
  if (read) return documents_.emplace(*std::move(read));
  for (const Diagnostic& problem : read.error().diagnostics()) problems_.push_back(problem);
  return documents_.emplace();
}

void FileReading::add(FoundValue value) {
  if (found_.size() < max_values) return found_.push_back(std::move(value));
  if (full_) return;
  full_ = true;
  problems_.push_back(
      {.message = "more than " + std::to_string(max_values) +
                  " versions in one file; the rest is not read",
       .file = std::string(path_),
       .hint = "leave it out of the check if it is not the file that its name says"});
}

void FileReading::add_whole(const Place& place, std::string_view key, TextSpan value) {
  FoundValue found;
  found.place = &place;
  found.key = key;
  found.value = value;
  found.version = value;
  add(std::move(found));
}

void FileReading::find(PinSyntax syntax, const Places& places) {
  switch (syntax) {
    case PinSyntax::lines:
      return find_in_lines(*this, places);
    case PinSyntax::json:
    case PinSyntax::toml:
    case PinSyntax::yaml:
      return find_in_documents(*this, places);
    case PinSyntax::properties:
      return find_in_properties(*this, places);
    case PinSyntax::xml:
      return find_in_xml(*this, places);
    case PinSyntax::directive:
      return find_directives(*this, places);
    case PinSyntax::call:
      return find_calls(*this, places);
    case PinSyntax::lock_section:
      return find_lock_sections(*this, places);
    case PinSyntax::image:
      return find_images(*this, places);
    case PinSyntax::action:
      return find_actions(*this, places);
    case PinSyntax::tool:
      return find_tools(*this, places);
  }
}

const std::vector<std::string>& files_of(PinSyntax syntax) {
  static const std::vector<std::string> none;
  static const std::vector<std::string> images = {"Dockerfile",
                                                  "Dockerfile.*",
                                                  "Dockerfile-*",
                                                  "*.Dockerfile",
                                                  "*.dockerfile",
                                                  "Containerfile",
                                                  "Containerfile.*",
                                                  "*.Containerfile",
                                                  "docker-compose*.yml",
                                                  "docker-compose*.yaml",
                                                  "compose*.yml",
                                                  "compose*.yaml",
                                                  ".gitlab-ci.yml",
                                                  "*.gitlab-ci.yml",
                                                  "/.github/workflows/*.yml",
                                                  "/.github/workflows/*.yaml",
                                                  "/.gitea/workflows/*.yml",
                                                  "/.gitea/workflows/*.yaml",
                                                  "/.forgejo/workflows/*.yml",
                                                  "/.forgejo/workflows/*.yaml",
                                                  "/.circleci/config.yml",
                                                  "devcontainer.json",
                                                  ".devcontainer.json"};
  static const std::vector<std::string> actions = {"/.github/workflows/*.yml",
                                                   "/.github/workflows/*.yaml",
                                                   "/.gitea/workflows/*.yml",
                                                   "/.gitea/workflows/*.yaml",
                                                   "/.forgejo/workflows/*.yml",
                                                   "/.forgejo/workflows/*.yaml",
                                                   "action.yml",
                                                   "action.yaml",
                                                   "devcontainer.json",
                                                   ".devcontainer.json"};
  static const std::vector<std::string> tools = {".tool-versions",
                                                 "mise.toml",
                                                 ".mise.toml",
                                                 "mise.*.toml",
                                                 ".mise.*.toml",
                                                 "**/.config/mise.toml",
                                                 "**/.config/mise/config.toml",
                                                 "**/mise/config.toml",
                                                 "**/.mise/config.toml",
                                                 ".prototools"};
  switch (syntax) {
    case PinSyntax::image:
      return images;
    case PinSyntax::action:
      return actions;
    case PinSyntax::tool:
      return tools;
    default:
      return none;
  }
}

std::vector<TextSpan> line_spans(std::string_view text) {
  std::vector<TextSpan> lines;
  std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (begin < text.size()) {
    const std::size_t newline = std::min(text.find('\n', begin), text.size());
    const bool returns = newline > begin && text[newline - 1] == '\r';
    lines.push_back({begin, newline - (returns ? 1 : 0)});
    begin = newline + 1;
  }
  return lines;
}

TextSpan trimmed(std::string_view text, TextSpan span) {
  const auto is_space = [text](std::size_t at) { return text[at] == ' ' || text[at] == '\t'; };
  while (span.begin < span.end && is_space(span.begin)) ++span.begin;
  while (span.begin < span.end && is_space(span.end - 1)) --span.end;
  return span;
}

}  // namespace buildable
