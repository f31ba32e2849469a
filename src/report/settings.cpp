#include "report/settings.h"

#include <algorithm>
#include <unordered_map>

#include "base/text.h"
#include "build/rule_ids.h"
#include "pins/judge_rules.h"

namespace buildable::report {
namespace {

// Each file is held against the patterns once, however many findings it has.
void ignore_by_path(const CheckSettings& settings, std::vector<pins::PinFinding>& findings) {
  if (settings.ignore.empty()) return;
  const IgnoredFiles files(settings);
  std::unordered_map<std::string_view, const IgnoredPaths*> known;
  for (pins::PinFinding& finding : findings) {
    if (finding.pin.ignored) continue;
    const auto [entry, added] = known.try_emplace(finding.pin.file);
    if (added) entry->second = files.find(finding.pin.file);
    if (!entry->second) continue;
    finding.pin.ignored = true;
    finding.pin.ignored_reason = entry->second->reason;
  }
}

}  // namespace

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

IgnoredFiles::IgnoredFiles(const CheckSettings& settings) : entries_(settings.ignore) {
  patterns_.reserve(entries_.size());
  for (const IgnoredPaths& ignored : entries_)
    patterns_.emplace_back(std::string_view(ignored.paths));
}

const IgnoredPaths* IgnoredFiles::find(std::string_view file) const {
  for (std::size_t i = 0; i < entries_.size(); ++i)
    if (patterns_[i].matches_within(file)) return &entries_[i];
  return nullptr;
}

Result<void> check_settings(const CheckSettings& settings, const PlatformRules& platform) {
  if (settings.ignore.size() > most_ignored_paths)
    return fail(Diagnostic{.message = std::to_string(settings.ignore.size()) +
                                      " entries; at most " + std::to_string(most_ignored_paths),
                           .path = "check.ignore",
                           .hint = "ignore folders in place of the files in them"});
  std::vector<std::string_view> rules;
  rules.reserve(std::size(pins::judge_rules) + std::size(build::build_rules) +
                platform.notices.size());
  for (const pins::JudgeRule& rule : pins::judge_rules) rules.push_back(rule.id);
  for (const build::BuildRule& rule : build::build_rules) rules.push_back(rule.id);
  for (const FileNotice& notice : platform.notices) rules.push_back(notice.rule);
  for (const auto& [rule, level] : settings.levels) {
    if (std::find(rules.begin(), rules.end(), rule) != rules.end()) continue;
    const auto near = nearest(rule, rules);
    return fail(
        Diagnostic{.message = "there is no rule " + in_quotes(rule),
                   .path = "check.levels",
                   .hint = near ? "did you mean " + in_quotes(*near) + "?" : std::string()});
  }
  return {};
}

void drop_ignored(const CheckSettings& settings, std::string_view prefix,
                  std::vector<Diagnostic>& problems) {
  if (settings.ignore.empty() || problems.empty()) return;
  const IgnoredFiles files(settings);
  std::erase_if(problems, [&](const Diagnostic& problem) {
    if (!problem.file.starts_with(prefix)) return false;
    return files.find(std::string_view(problem.file).substr(prefix.size())) != nullptr;
  });
}

void apply_settings(const CheckSettings& settings, pins::RepositoryJudgement& judgement) {
  ignore_by_path(settings, judgement.findings);
  const auto choice_of = [&](const pins::PinFinding& finding) {
    const auto found = settings.levels.find(finding.rule);
    return found == settings.levels.end() ? nullptr : &found->second;
  };
  for (pins::PinFinding& finding : judgement.findings)
    if (const LevelChoice* choice = choice_of(finding)) finding.level = level_of(*choice);
  std::erase_if(judgement.findings, [&](const pins::PinFinding& finding) {
    const LevelChoice* choice = choice_of(finding);
    return choice && *choice == LevelChoice::off;
  });
}

}  // namespace buildable::report
