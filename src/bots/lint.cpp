#include "bots/lint.h"

#include "bots/lint_findings.h"
#include "pins/judge_rules.h"

namespace buildable::bots {

const RuntimePolicy* governed_by(const TrackPolicy& track, std::string_view runtime) {
  const RuntimePolicy* found = track.find(runtime);
  return found && found->governed && !found->buildable.empty() ? found : nullptr;
}

std::vector<const Node*> texts_of(const Node* node) {
  std::vector<const Node*> texts;
  if (node == nullptr) return texts;
  if (node->is_scalar()) texts.push_back(node);
  for (const Node& child : node->children)
    if (child.is_scalar()) texts.push_back(&child);
  return texts;
}

void LintFindings::add(std::string_view rule, const Node& node, const std::string& subject,
                       const std::string& message) {
  pins::PinFinding finding;
  finding.rule = rule;
  for (const pins::JudgeRule& each : pins::judge_rules)
    if (each.id == rule) finding.level = each.level;
  const TextPosition position = lines_.position(node.span.begin);
  finding.pin.file = file_.path;
  finding.pin.key = finding.pin.value = subject;
  finding.pin.line = position.line;
  finding.pin.column = position.column;
  finding.reason = message;
  found_.push_back(std::move(finding));
}

void LintFindings::holds_back(const Node& node, const std::string& subject,
                              const std::string& version) {
  add(pins::judge_rule::blocking_bot_rule, node, subject,
      "This limit blocks " + version + ", which the " + track_.track +
          " builder can build. If you do not want that, remove it. " + std::string(lint_remedy));
}

std::vector<pins::PinFinding> lint_dependabot(const pins::RepositoryFile& file,
                                              const LintContext& context) {
  const auto root = parse_yaml(file.text, file.path);
  const Node* updates = root ? root->find("updates") : nullptr;
  if (updates == nullptr) return {};
  LintFindings findings(file, context.track);
  lint_updates(*updates, context, findings);
  return findings.take();
}

std::vector<pins::PinFinding> lint_renovate(const pins::RepositoryFile& file,
                                            const LintContext& context) {
  const bool is_package = file.path == "package.json";
  JsonStrictness strictness = json5;
  strictness.repeated_keys = is_package;
  const auto root = parse_json(file.text, file.path, strictness);
  if (!root) return {};
  const Node* settings = is_package ? root->find("renovate") : &*root;
  if (settings == nullptr) return {};
  LintFindings findings(file, context.track);
  lint_package_rules(*settings, context, findings);
  return findings.take();
}

}  // namespace buildable::bots
