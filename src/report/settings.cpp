#include "report/settings.h"

#include <algorithm>

#include "base/ignore.h"
#include "base/text.h"
#include "pins/judge_rules.h"

namespace buildable {
namespace {

Level level_of(LevelChoice choice) {
  switch (choice) {
    case LevelChoice::error:
      return Level::error;
    case LevelChoice::warning:
      return Level::warning;
    case LevelChoice::note:
    case LevelChoice::off:
      break;
  }
  return Level::note;
}

void ignore_by_path(const CheckSettings& settings, std::vector<PinFinding>& findings) {
  for (const IgnoredPaths& ignored : settings.ignore) {
    const IgnorePatterns patterns(ignored.paths);
    for (PinFinding& finding : findings) {
      if (finding.pin.ignored || !patterns.matches_within(finding.pin.file)) continue;
      finding.pin.ignored = true;
      finding.pin.ignored_reason = ignored.reason;
    }
  }
}

}  // namespace

Result<void> check_settings(const CheckSettings& settings, const PlatformRules& platform) {
  std::vector<std::string_view> rules;
  rules.reserve(std::size(judge_rules) + platform.notices.size());
  for (const JudgeRule& rule : judge_rules) rules.push_back(rule.id);
  for (const FileNotice& notice : platform.notices) rules.push_back(notice.rule);
  for (const auto& [rule, level] : settings.levels) {
    if (std::find(rules.begin(), rules.end(), rule) != rules.end()) continue;
    const auto near = nearest(rule, rules);
    return fail(Diagnostic{.message = "there is no rule " + quoted(rule),
                           .path = "check.levels",
                           .hint = near ? "did you mean " + quoted(*near) + "?" : std::string()});
  }
  return {};
}

void apply_settings(const CheckSettings& settings, RepositoryJudgement& judgement) {
  ignore_by_path(settings, judgement.findings);
  const auto choice_of = [&](const PinFinding& finding) {
    const auto found = settings.levels.find(finding.rule);
    return found == settings.levels.end() ? nullptr : &found->second;
  };
  for (PinFinding& finding : judgement.findings)
    if (const LevelChoice* choice = choice_of(finding)) finding.level = level_of(*choice);
  std::erase_if(judgement.findings, [&](const PinFinding& finding) {
    const LevelChoice* choice = choice_of(finding);
    return choice && *choice == LevelChoice::off;
  });
}

}  // namespace buildable
