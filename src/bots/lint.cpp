#include "bots/lint.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/characters.h"
#include "base/ignore.h"
#include "base/text.h"
#include "base/text_index.h"
#include "bots/ignores.h"
#include "bots/requirement.h"
#include "pins/judge_rules.h"
#include "version/range.h"

namespace buildable::bots {
namespace {

using Kind = Node::Kind;
using Reading = Requirement::Reading;

constexpr std::string_view remedy = "Run `buildable apply` for exact limits.";

const RuntimePolicy* governed(const TrackPolicy& track, std::string_view runtime) {
  const RuntimePolicy* found = track.find(runtime);
  return found && found->governed && !found->buildable.empty() ? found : nullptr;
}

// The newest version known by name that is in the set; null where there is none.
const Version* newest_in(const VersionSet& set, const RuntimePolicy& runtime) {
  for (auto version = runtime.known.rbegin(); version != runtime.known.rend(); ++version)
    if (!version->is_prerelease() && set.contains(*version)) return &*version;
  return nullptr;
}

// Findings of one file, with their places.
class Findings {
 public:
  Findings(const pins::RepositoryFile& file, const TrackPolicy& track)
      : file_(file), track_(track), lines_(file.text) {}

  // `subject` is what the limit is about: its name and range.
  void add(std::string_view rule, const Node& node, const std::string& subject,
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

  void holds_back(const Node& node, const std::string& subject, const Version& version) {
    add(pins::judge_rule::blocking_bot_rule, node, subject,
        "This limit blocks " + version.text() + ", which the " + track_.track +
            " builder can build. If you do not want that, remove it. " + std::string(remedy));
  }

  std::vector<pins::PinFinding> take() { return std::move(found_); }

 private:
  const pins::RepositoryFile& file_;
  const TrackPolicy& track_;
  LineIndex lines_;
  std::vector<pins::PinFinding> found_;
};

// --- Dependabot ---------------------------------------------------------------------------------

// Beyond these a file is not looked at: people write a few dozen.
constexpr std::size_t max_conditions = 2'000;
constexpr std::size_t max_comparisons = 1'000'000;  // of names with wildcards
constexpr std::size_t max_rules = 2'000;

// A dependency that an `ignore` entry names, and what the entry is held against.
struct Named {
  std::string name;
  const RuntimePolicy* runtime = nullptr;
  UpdatedDependency dependency;
  bool is_used = false;  // by the repository
};

// What all conditions on one dependency come to.
struct Together {
  const Node* first = nullptr;  // the first entry about it
  const Named* named = nullptr;
  std::optional<VersionSet> ignored;  // nothing: not all of it is known
};

// "23.x" and "23.*" in operators: ">= 23.a, < 24.a"; empty of what is not written so.
std::string series_in_operators(std::string_view text) {
  constexpr std::size_t digits = 9;
  if (!text.ends_with(".x") && !text.ends_with(".*")) return {};
  text.remove_suffix(2);
  const std::size_t last = text.rfind('.') == text.npos ? 0 : text.rfind('.') + 1;
  const std::string_view number = text.substr(last);
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
  if (!plain || number.empty() || number.size() > digits) return {};
  const std::string next =
      std::string(text.substr(0, last)) + std::to_string(std::stoul(std::string(number)) + 1);
  return "\">= " + std::string(text) + ".a, < " + next + ".a\"";
}

std::vector<const Node*> texts_of(const Node* node) {
  std::vector<const Node*> texts;
  if (node == nullptr) return texts;
  if (node->is_scalar()) texts.push_back(node);
  for (const Node& child : node->children)
    if (child.is_scalar()) texts.push_back(&child);
  return texts;
}

class IgnoreLint {
 public:
  IgnoreLint(const LintContext& context, Findings& findings)
      : context_(context), findings_(findings) {}

  void check_update(const Node& update) {
    const Node* ecosystem = update.find("package-ecosystem");
    const Node* ignore = update.find("ignore");
    if (ecosystem == nullptr || ignore == nullptr || !ignore->is(Kind::array)) return;
    const auto grammar = dependabot_grammar_of(ecosystem->text);
    if (!grammar) return;
    ecosystem_ = ecosystem->text;
    grammar_ = *grammar;
    const auto [known, is_new] = by_ecosystem_.try_emplace(ecosystem_);
    if (is_new) known->second = names_of_ecosystem();
    names_ = &known->second;
    together_.clear();
    for (const Node& entry : ignore->children)
      if (conditions_ < max_conditions) check_entry(entry);
    for (const auto& [name, all] : together_) check_together(all);
  }

 private:
  // What the repository uses, then what only the rules know, by name in small letters.
  std::map<std::string, Named> names_of_ecosystem() const {
    std::map<std::string, Named> names;
    const auto add = [&](const std::string& name, const UpdatedDependency& dependency, bool used) {
      const RuntimePolicy* runtime = governed(context_.track, dependency.runtime);
      if (runtime) names.emplace(to_lower_ascii(name), Named{name, runtime, dependency, used});
    };
    const auto used = context_.dependencies.find(ecosystem_);
    if (used != context_.dependencies.end())
      for (const auto& [name, dependency] : used->second) add(name, dependency, true);
    for (const RuntimeRules& runtime : context_.rules.runtimes)
      for (const DependabotNames& known : runtime.dependabot)
        if (known.ecosystem == ecosystem_)
          for (const std::string& name : known.dependencies)
            add(name, {runtime.id, known.granularity, std::nullopt, false}, false);
    return names;
  }

  // Those that the name of an entry stands for. One that stands for everything is about no runtime.
  std::vector<const Named*> named_by(const std::string& written) {
    std::vector<const Named*> named;
    const std::string name = to_lower_ascii(written);
    if (name.find('*') == std::string::npos) {
      const auto found = names_->find(name);
      if (found != names_->end()) named.push_back(&found->second);
      return named;
    }
    if (name.find_first_not_of("*/") == std::string::npos) return named;
    const std::string pattern = replace_all(name, "/", "\x1");
    comparisons_ += names_->size();
    if (comparisons_ > max_comparisons) return named;
    for (const auto& [known, each] : *names_)
      if (each.is_used && glob_matches(pattern, replace_all(known, "/", "\x1")))
        named.push_back(&each);
    return named;
  }

  void check_entry(const Node& entry) {
    const Node* name = entry.find("dependency-name");
    if (name == nullptr) return;
    const auto named = named_by(name->text);
    const auto ranges = texts_of(entry.find("versions"));
    for (const Named* each : named) {
      Together& all = together_[each->name];
      if (all.first == nullptr) all = {&entry, each, VersionSet::none(each->runtime->scheme)};
      // Kinds of updates are counted from the version that is there: what they come to is not
      // known.
      if (ranges.empty() || entry.find("update-types") != nullptr) all.ignored.reset();
      for (const Node* range : ranges) {
        // What is left out makes the whole unknown.
        if (++conditions_ > max_conditions) return all.ignored.reset();
        add(check_range(*range, *each), all);
      }
    }
  }

  static void add(const Requirement& requirement, Together& all) {
    const bool known =
        requirement.reading == Reading::versions || requirement.reading == Reading::nothing;
    if (!known) all.ignored.reset();
    if (all.ignored) all.ignored = all.ignored->unite(requirement.set);
  }

  Requirement check_range(const Node& range, const Named& named) {
    Requirement requirement = read_requirement(grammar_, named.runtime->scheme, range.text);
    const std::string subject = named.name + " " + range.text;
    const std::string meant = series_in_operators(range.text);
    if (requirement.reading == Reading::unreadable) {
      findings_.add(pins::judge_rule::broken_bot_rule, range, subject,
                    "Dependabot cannot read it for " + ecosystem_ +
                        ", and GitHub then refuses the whole file. Write comparisons: " +
                        (meant.empty() ? "\">= 3, < 4\"" : meant) + ". " + std::string(remedy));
    } else if (requirement.reading == Reading::nothing) {
      findings_.add(pins::judge_rule::idle_bot_rule, range, subject,
                    "This limit has no effect: for " + ecosystem_ + " it matches no version. " +
                        (meant.empty() ? "" : "Write " + meant + ", or remove it. ") +
                        std::string(remedy));
    } else if (requirement.reading == Reading::versions) {
      check_held_back(range, subject, requirement.set, named);
    }
    return requirement;
  }

  void check_held_back(const Node& range, const std::string& subject, const VersionSet& ignored,
                       const Named& named) {
    if (!named.is_used || named.dependency.granularity != Granularity::version) return;
    VersionSet reached = ignored.intersect(named.runtime->buildable);
    if (named.dependency.lowest)
      reached = reached.intersect(
          VersionSet::finals_between(named.runtime->scheme, named.dependency.lowest, std::nullopt));
    const Version* newest = newest_in(reached, *named.runtime);
    if (newest) findings_.holds_back(range, subject, *newest);
  }

  // Whether anything is let through that cannot be built.
  void check_together(const Together& all) {
    if (!all.ignored || !all.named->is_used) return;
    const auto& needed = renderer_.versions(*all.named->runtime, all.named->dependency, grammar_,
                                            IgnoreRenderer::From::lowest);
    std::vector<std::string> open;
    for (const std::string& range : needed) {
      const Requirement wanted = read_requirement(grammar_, all.named->runtime->scheme, range);
      if (wanted.reading != Reading::versions) return;
      if (!wanted.set.finals_only().minus(*all.ignored).empty()) open.push_back(range);
    }
    if (open.empty()) return;
    constexpr std::size_t shown = 3;
    const bool more = open.size() > shown;
    if (more) open.resize(shown);
    findings_.add(pins::judge_rule::leaking_bot_rule, *all.first, all.named->name,
                  "These limits allow what the " + context_.track.track +
                      " builder cannot build: " + join(open, "; ") + (more ? " and more. " : ". ") +
                      std::string(remedy));
  }

  const LintContext& context_;
  Findings& findings_;
  IgnoreRenderer renderer_;
  std::string ecosystem_;
  DependabotGrammar grammar_ = DependabotGrammar::gem;
  std::map<std::string, std::map<std::string, Named>> by_ecosystem_;
  const std::map<std::string, Named>* names_ = nullptr;
  std::map<std::string, Together> together_;
  std::size_t conditions_ = 0;
  std::size_t comparisons_ = 0;
};

// --- Renovate -----------------------------------------------------------------------------------

// By the names that people write into matchPackageNames and matchDepNames.
std::map<std::string, const RuntimePolicy*> names_of_runtimes(const LintContext& context) {
  std::map<std::string, const RuntimePolicy*> names;
  for (const RuntimeRules& rules : context.rules.runtimes) {
    const RuntimePolicy* runtime = governed(context.track, rules.id);
    if (!runtime) continue;
    names.emplace(rules.id, runtime);
    for (const PinPlace& place : rules.pins)
      if (place.syntax == PinSyntax::image && place.granularity == Granularity::version)
        for (const std::string& name : place.names) names.emplace(name, runtime);
    for (const DependabotNames& known : rules.dependabot)
      if (known.granularity == Granularity::version)
        for (const std::string& name : known.dependencies) names.emplace(name, runtime);
  }
  return names;
}

class AllowedVersionsLint {
 public:
  AllowedVersionsLint(const LintContext& context, Findings& findings)
      : names_(names_of_runtimes(context)), context_(context), findings_(findings) {}

  void check_rule(const Node& rule) {
    const Node* allowed = rule.find("allowedVersions");
    if (allowed == nullptr || !allowed->is(Kind::string)) return;
    const std::string_view range = trim(allowed->text);
    // A regular expression, or one that is left out; a template.
    if (range.empty() || range.front() == '/' || range.front() == '!' ||
        range.find("{{") != range.npos)
      return;
    std::set<const RuntimePolicy*> runtimes;
    for (const std::string_view key : {"matchPackageNames", "matchDepNames"})
      for (const Node* name : texts_of(rule.find(key))) {
        const auto found = names_.find(name->text);
        if (found != names_.end()) runtimes.insert(found->second);
      }
    for (const RuntimePolicy* runtime : runtimes)
      check_range(*allowed, std::string(range), *runtime, runtimes.size() > 1);
  }

 private:
  void check_range(const Node& node, const std::string& range, const RuntimePolicy& runtime,
                   bool one_of_several) {
    const auto grammar = grammar_named(to_pin_range(runtime.buildable).grammar);
    if (!grammar) return;
    const auto allowed = parse_range(*grammar, runtime.scheme, range);
    if (!allowed) return;
    const std::string subject = (one_of_several ? runtime.name + " " : "") + range;
    if (allowed->finals_only().empty())
      return findings_.add(pins::judge_rule::blocking_bot_rule, node, subject,
                           "It allows no version at all.");
    const Version* newest = newest_in(runtime.buildable, runtime);
    if (newest && !allowed->contains(*newest)) findings_.holds_back(node, subject, *newest);
    check_end(node, subject, *allowed, runtime);
  }

  // What lies above everything that can be built.
  void check_end(const Node& node, const std::string& subject, const VersionSet& allowed,
                 const RuntimePolicy& runtime) {
    const auto finals = runtime.buildable.finals();
    if (finals.empty() || !finals.back().high) return;
    const VersionSet beyond =
        VersionSet::finals_between(runtime.scheme, finals.back().high, std::nullopt);
    const VersionSet open = allowed.finals_only().intersect(beyond);
    if (open.empty()) return;
    findings_.add(pins::judge_rule::leaking_bot_rule, node, subject,
                  "This rule allows " + to_string(open) + ", which the " + context_.track.track +
                      " builder cannot build, and overrides every preset. Remove it, and run "
                      "`buildable apply`.");
  }

  std::map<std::string, const RuntimePolicy*> names_;
  const LintContext& context_;
  Findings& findings_;
};

void check_rules(const Node& settings, AllowedVersionsLint& lint) {
  const Node* rules = settings.find("packageRules");
  if (rules == nullptr) return;
  const std::size_t count = std::min(rules->children.size(), max_rules);
  for (std::size_t i = 0; i < count; ++i) lint.check_rule(rules->children[i]);
}

}  // namespace

std::vector<pins::PinFinding> lint_dependabot(const pins::RepositoryFile& file,
                                              const LintContext& context) {
  const auto root = parse_yaml(file.text, file.path);
  const Node* updates = root ? root->find("updates") : nullptr;
  if (updates == nullptr) return {};
  Findings findings(file, context.track);
  IgnoreLint lint(context, findings);
  for (const Node& update : updates->children) lint.check_update(update);
  return findings.take();
}

std::vector<pins::PinFinding> lint_renovate(const pins::RepositoryFile& file,
                                            const LintContext& context) {
  const auto root = parse_json(file.text, file.path, json5);
  if (!root) return {};
  const Node* settings = file.path == "package.json" ? root->find("renovate") : &*root;
  if (settings == nullptr) return {};
  Findings findings(file, context.track);
  AllowedVersionsLint lint(context, findings);
  check_rules(*settings, lint);
  return findings.take();
}

}  // namespace buildable::bots
