// The syntaxes, one entry each. Which files bots read: Renovate's managers (managerFilePatterns of
// renovatebot/renovate@c2dd4f8:lib/modules/manager/*/index.ts), Dependabot's file fetchers
// (dependabot-core@54c10285).
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

// Of a key that is there twice the tools that read these files take the last.
Result<Node> json(std::string_view text, std::string_view path) {
  JsonStrictness lenient = json5;
  lenient.repeated_keys = true;
  return parse_json(text, path, lenient);
}
Result<Node> toml(std::string_view text, std::string_view path) { return parse_toml(text, path); }
Result<Node> xml(std::string_view text, std::string_view path) { return parse_xml(text, path); }

std::vector<std::string_view> both(std::vector<std::string_view> some,
                                   const std::vector<std::string_view>& more) {
  some.insert(some.end(), more.begin(), more.end());
  return some;
}

const std::vector<SyntaxEntry>& entries() {
  using Patterns = std::vector<std::string_view>;
  static const Patterns workflows = {
      "/.github/workflows/*.yml",
      "/.github/workflows/*.yaml",
      "/.gitea/workflows/*.yml",
      "/.gitea/workflows/*.yaml",
      "/.forgejo/workflows/*.yml",
      "/.forgejo/workflows/*.yaml",
      "action.yml",
      "action.yaml",
  };
  // The same deeper and elsewhere.
  static const Patterns like_workflows = {
      "**/.github/workflows/**/*.yml",  "**/.github/workflows/**/*.yaml",
      "**/.github/actions/**/*.yml",    "**/.github/actions/**/*.yaml",
      "**/.gitea/workflows/**/*.yml",   "**/.gitea/workflows/**/*.yaml",
      "**/.gitea/actions/**/*.yml",     "**/.gitea/actions/**/*.yaml",
      "**/.forgejo/workflows/**/*.yml", "**/.forgejo/workflows/**/*.yaml",
      "**/.forgejo/actions/**/*.yml",   "**/.forgejo/actions/**/*.yaml",
      "**/workflow-templates/**/*.yml", "**/workflow-templates/**/*.yaml",
  };
  static const Patterns dev_containers = {"devcontainer.json", ".devcontainer.json"};
  static const Patterns pipelines = {
      ".gitlab-ci.yml",       "*.gitlab-ci.yml", "*.gitlab-ci.yaml", "docker-compose*.yml",
      "docker-compose*.yaml", "compose*.yml",    "compose*.yaml",    "/.circleci/config.yml",
  };
  static const Patterns dockerfiles = {
      "Dockerfile",   "Dockerfile.*",  "Dockerfile-*",    "*.Dockerfile",
      "*.dockerfile", "Containerfile", "Containerfile.*", "*.Containerfile",
  };
  // Dependabot reads any YAML as a manifest of Kubernetes or the values of a chart. Quadlet's units
  // of Podman name images as well.
  static const Patterns any_yaml = {"*.yml", "*.yaml"};
  static const Patterns units = {"*.container", "*.image", "*.volume"};
  static const std::vector<SyntaxEntry> all = {
      {PinSyntax::lines, {}, {}, {}, find_in_lines, nullptr},
      {PinSyntax::json, {}, {}, {}, find_in_documents, json},
      {PinSyntax::toml, {}, {}, {}, find_in_documents, toml},
      {PinSyntax::yaml, {}, {}, {}, find_in_documents, nullptr},
      {PinSyntax::properties, {}, {}, {}, find_in_properties, nullptr},
      {PinSyntax::xml, {}, {}, {}, find_in_xml, xml},
      {PinSyntax::directive, {}, {}, {}, find_directives, nullptr},
      {PinSyntax::call, {}, {}, {}, find_calls, nullptr},
      {PinSyntax::lock_section, {}, {}, {}, find_lock_sections, nullptr},
      {PinSyntax::image,
       both(both(dockerfiles, pipelines), both(workflows, dev_containers)),
       both(any_yaml, units),
       {"dockerfile", "containerfile"},
       find_images,
       nullptr},
      {PinSyntax::action,
       both(workflows, dev_containers),
       like_workflows,
       {},
       find_actions,
       nullptr},
      {PinSyntax::tool,
       {".tool-versions", "mise.toml", ".mise.toml", "mise.*.toml", ".mise.*.toml",
        "**/.config/mise.toml", "**/.config/mise.*.toml", "**/.config/mise/*.toml",
        "**/.config/mise/conf.d/*.toml", "**/mise/config.toml", "**/mise/config.*.toml",
        "**/.mise/config.toml", "**/.mise/config.*.toml", ".rtx.toml", ".rtx.*.toml",
        ".prototools"},
       {},
       {},
       find_tools,
       nullptr},
      {PinSyntax::conda,
       {"environment.yml", "environment.yaml", "pixi.toml", "pyproject.toml"},
       {"environment[-_.]*.yml", "environment[-_.]*.yaml", "*[-_.]environment.yml",
        "*[-_.]environment.yaml", "conda*.yml", "conda*.yaml"},
       {},
       find_packages,
       nullptr},
      {PinSyntax::argument, {}, {}, {}, find_arguments, nullptr},
      {PinSyntax::variable,
       both(workflows, pipelines),
       like_workflows,
       {},
       find_variables,
       nullptr},
  };
  return all;
}

}  // namespace

const SyntaxEntry& entry_of(PinSyntax syntax) {
  return entries()[static_cast<std::size_t>(syntax)];
}

}  // namespace buildable::pins
