#include "publish/preset_check.h"

#include <algorithm>
#include <set>
#include <vector>

#include "base/document.h"
#include "base/text.h"

namespace buildable::publish {
namespace {

using Keys = std::set<std::string_view>;

const Keys top_keys{"$schema", "description", "packageRules"};
const Keys coverage_top_keys{"$schema", "description", "packageRules", "customManagers",
                             "customDatasources"};
const Keys rule_keys{"description",         "allowedVersions",   "rollbackPrs",
                     "prBodyNotes",         "minimumReleaseAge", "minimumReleaseAgeBehaviour",
                     "internalChecksFilter"};
constexpr std::string_view sorts_out = "$exists(newVersion) and $not($contains(newVersion, /^";
const Keys libraries_rule_keys{"description", "constraints", "constraintsFiltering"};
const Keys take_back_rule_keys{"description", "replacement", "replacementNameTemplate",
                               "replacementVersionTemplate"};
const Keys replacement_keys{"branchTopic", "commitMessageAction", "commitMessageExtra",
                            "commitMessageTopic", "prBodyTemplate"};
const Keys manager_keys{
    "description",     "customType",           "managerFilePatterns",   "matchStrings",
    "depNameTemplate", "packageNameTemplate",  "datasourceTemplate",    "versioningTemplate",
    "depTypeTemplate", "currentValueTemplate", "extractVersionTemplate"};
const Keys datasource_keys{"defaultRegistryUrlTemplate", "format", "transformTemplates"};

// Renovate reads "{{" in a rule's texts as an expression of its own. Only what a replacement
// becomes has to be one.
bool holds_template(const Node& node) {
  return node.text.find("{{") != std::string::npos ||
         std::any_of(node.children.begin(), node.children.end(), holds_template);
}

// The rule that sorts out versions which a later preset lets through. Any other one that switches
// something off would silence it for good.
bool is_late_limit(const Node& rule) {
  const Node* enabled = rule.find("enabled");
  const Node* sources = rule.find("matchDatasources");
  const Node* condition = rule.find("matchJsonata");
  return enabled && enabled->is(Node::Kind::boolean) && enabled->text == "false" && sources &&
         !sources->children.empty() && condition && condition->children.size() == 1 &&
         condition->children.front().text.starts_with(sorts_out);
}

bool takes_template(std::string_view key) { return key.starts_with("replacement"); }

class Checker {
 public:
  explicit Checker(const std::string& path) : path_(path) {}

  void keys(const Node& object, const Keys& allowed, const std::string& where) {
    if (!object.is(Node::Kind::object)) return report(where, "is " + describe(object));
    for (const Node& member : object.children)
      if (!allowed.contains(member.key)) report(where + member.key, "a preset may not set this");
  }

  void rule(const Node& rule, const Keys& allowed, const std::string& where) {
    if (!rule.is(Node::Kind::object)) return report(where, "is " + describe(rule));
    bool matches = false;
    for (const Node& member : rule.children) {
      const bool matcher = member.key.starts_with("match");
      if (!takes_template(member.key) && holds_template(member))
        report(where + member.key, "a preset's rule may hold no template");
      matches = matches || (matcher && !member.children.empty());
      const bool late = member.key == "enabled" && is_late_limit(rule);
      if (!matcher && !late && !allowed.contains(member.key))
        report(where + member.key, "a preset's rule may not set this");
    }
    if (!matches) report(where, "a rule without a matcher would bind everything");
  }

  std::vector<Diagnostic> take() { return std::move(problems_); }

 private:
  void report(const std::string& where, std::string message) {
    problems_.push_back({.message = std::move(message), .file = path_, .path = where});
  }

  const std::string& path_;
  std::vector<Diagnostic> problems_;
};

template <class Check>
void for_each(const Node& preset, std::string_view key, Check check) {
  const Node* list = preset.find(key);
  if (list == nullptr) return;
  for (std::size_t i = 0; i < list->children.size(); ++i)
    check(list->children[i], std::string(key) + "[" + std::to_string(i) + "].");
}

}  // namespace

// <track>.json, renovate/<track>/<name>.json
bool is_preset_path(std::string_view path) {
  static const Keys others{"manifest.json", "policy.json", "snapshot.json", "history.json",
                           "openapi.json"};
  if (!path.ends_with(".json")) return false;
  if (path.starts_with("renovate/")) return true;
  return path.find('/') == std::string_view::npos && !others.contains(path);
}

Result<void> check_preset(const std::string& path, const std::string& content) {
  const auto preset = parse_json(content, path);
  if (!preset) return fail(preset.error());
  const bool coverage = path.ends_with("/coverage.json");
  const Keys& allowed = path.ends_with("/libraries.json")   ? libraries_rule_keys
                        : path.ends_with("/take-back.json") ? take_back_rule_keys
                                                            : rule_keys;
  Checker checker(path);
  checker.keys(*preset, coverage ? coverage_top_keys : top_keys, "");
  for_each(*preset, "packageRules", [&](const Node& rule, const std::string& where) {
    checker.rule(rule, allowed, where);
    if (const Node* replacement = rule.find("replacement"))
      checker.keys(*replacement, replacement_keys, where + "replacement.");
  });
  for_each(*preset, "customManagers", [&](const Node& manager, const std::string& where) {
    checker.keys(manager, manager_keys, where);
  });
  for_each(*preset, "customDatasources", [&](const Node& source, const std::string& where) {
    checker.keys(source, datasource_keys, where);
  });
  auto problems = checker.take();
  if (problems.empty()) return {};
  return fail(Error(std::move(problems)));
}

Result<void> check_presets(const std::map<std::string, std::string>& tree) {
  std::vector<Diagnostic> problems;
  for (const auto& [path, content] : tree) {
    if (!is_preset_path(path)) continue;
    const auto checked = check_preset(path, content);
    if (checked) continue;
    const auto& found = checked.error().diagnostics();
    problems.insert(problems.end(), found.begin(), found.end());
  }
  if (problems.empty()) return {};
  return fail(Error(std::move(problems)));
}

}  // namespace buildable::publish
