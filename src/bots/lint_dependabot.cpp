#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/characters.h"
#include "base/ignore.h"
#include "base/text.h"
#include "bots/ignores.h"
#include "bots/lint_findings.h"
#include "bots/requirement.h"
#include "bots/tags.h"
#include "pins/judge_rules.h"

namespace buildable::bots {
namespace {

using Kind = Node::Kind;
using Reading = Requirement::Reading;

// Beyond these a file is not looked at: people write a few dozen.
constexpr std::size_t max_conditions = 2'000;
constexpr std::size_t max_comparisons = 1'000'000;  // of names

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

// "23.x" and "23.*" in operators, ">= 23.a, < 24.a", or in Maven's brackets; empty of what is not
// written so.
std::string series_in_words_of(DependabotGrammar grammar, std::string_view text) {
  constexpr std::size_t digits = 9;
  if (!text.ends_with(".x") && !text.ends_with(".*")) return {};
  text.remove_suffix(2);
  const std::size_t last = text.rfind('.') == text.npos ? 0 : text.rfind('.') + 1;
  const std::string_view number = text.substr(last);
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
  if (!plain || number.empty() || number.size() > digits) return {};
  std::string from(text);
  std::string next =
      std::string(text.substr(0, last)) + std::to_string(std::stoul(std::string(number)) + 1);
  if (grammar != DependabotGrammar::maven) return "\">= " + from + ".a, < " + next + ".a\"";
  // Three numbers, since Maven's "2-alpha" is another word than its "2.0.0-alpha".
  for (auto dots = std::count(from.begin(), from.end(), '.'); dots < 2; ++dots) {
    from += ".0";
    next += ".0";
  }
  return "\"[" + from + "-alpha," + next + "-alpha)\"";
}

// What is read there for a runtime's version, and never moved.
struct NeverMoved {
  std::string_view ecosystem;
  std::string_view name;
};
constexpr std::array<NeverMoved, 5> never_moved{{{"pip", "python"},
                                                 {"uv", "python"},
                                                 {"bundler", "ruby"},
                                                 {"composer", "php"},
                                                 {"gomod", "go"}}};

// "library/python" of "docker.io/library/python:3.12".
std::string_view as_dependabot_names(std::string_view image) {
  const std::size_t slash = image.rfind('/');
  const std::size_t tag = image.find_first_of(":@", slash == image.npos ? 0 : slash);
  return dependency_of_image(image.substr(0, tag));
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('/') + 1); }

class IgnoreLint {
 public:
  IgnoreLint(const LintContext& context, LintFindings& findings)
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
    unused_.clear();
    for (const Node& entry : ignore->children)
      if (conditions_ < max_conditions) check_entry(entry);
    check_unused();
    for (const auto& [name, all] : together_) check_together(all);
  }

 private:
  // What the repository uses, then what only the rules know, by name in small letters.
  std::map<std::string, Named> names_of_ecosystem() const {
    std::map<std::string, Named> names;
    const auto add = [&](const std::string& name, const UpdatedDependency& dependency, bool used) {
      const RuntimePolicy* runtime = governed_by(context_.track, dependency.runtime);
      if (runtime) names.emplace(to_lower_ascii(name), Named{name, runtime, dependency, used});
    };
    const auto used = context_.dependencies.find(ecosystem_);
    if (used != context_.dependencies.end())
      for (const auto& [name, dependency] : used->second) add(name, dependency, true);
    for (const RuntimeRules& runtime : context_.rules.runtimes)
      for (const DependabotNames& known : runtime.dependabot)
        if (known.ecosystem == ecosystem_)
          for (const std::string& name : known.dependencies)
            add(name, {runtime.id, known.granularity, std::nullopt, 0}, false);
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
    if (named.empty()) check_name(*name);
    if (named.size() == 1 && !named.front()->is_used)
      unused_.push_back({name, last_part(named.front()->name)});
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

  void says_nothing(const Node& name, const std::string& why) {
    findings_.add(pins::judge_rule::idle_bot_rule, name, name.text,
                  "This limit has no effect: " + why + " " + std::string(lint_remedy));
  }

  // A name that nothing has which Dependabot moves.
  void check_name(const Node& name) {
    const std::string written = to_lower_ascii(name.text);
    for (const NeverMoved& each : never_moved)
      if (each.ecosystem == ecosystem_ && each.name == written)
        return says_nothing(
            name, "Dependabot never changes " + written + " for " + ecosystem_ + ". Remove it.");
    const EcosystemFiles* files = files_of(ecosystem_);
    if (!files || files->naming != Naming::image) return;
    const std::string image(as_dependabot_names(written));
    if (image != written && names_->contains(image))
      says_nothing(name, "Dependabot calls that image " + image + ".");
  }

  // Names of images that the repository calls otherwise, and does not limit by that name.
  void check_unused() {
    const EcosystemFiles* files = files_of(ecosystem_);
    if (!files || files->naming != Naming::image) return;
    for (const Unused& unused : unused_) {
      comparisons_ += names_->size();
      if (comparisons_ > max_comparisons) return;
      for (const auto& [name, used] : *names_) {
        if (!used.is_used || last_part(used.name) != unused.last_part) continue;
        if (together_.contains(used.name)) continue;
        says_nothing(*unused.name, "here Dependabot calls that image " + used.name + ".");
        break;
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
    const std::string meant = series_in_words_of(grammar_, range.text);
    if (requirement.reading == Reading::unreadable) {
      findings_.add(pins::judge_rule::broken_bot_rule, range, subject,
                    "Dependabot cannot read it for " + ecosystem_ +
                        ", and GitHub then refuses the whole file. Write comparisons: " +
                        (meant.empty() ? "\">= 3, < 4\"" : meant) + ". " +
                        std::string(lint_remedy));
    } else if (requirement.reading == Reading::nothing) {
      findings_.add(pins::judge_rule::idle_bot_rule, range, subject,
                    "This limit has no effect: for " + ecosystem_ + " it matches no version. " +
                        (meant.empty() ? "" : "Write " + meant + ", or remove it. ") +
                        std::string(lint_remedy));
    } else if (requirement.reading == Reading::versions) {
      check_held_back(range, subject, requirement.set, named);
    }
    return requirement;
  }

  void check_held_back(const Node& range, const std::string& subject, const VersionSet& ignored,
                       const Named& named) {
    if (!named.is_used || named.dependency.granularity != Granularity::version) return;
    const auto blocked = newest_blocked(ignored, *named.runtime, named.dependency);
    if (!blocked.empty()) findings_.holds_back(range, subject, blocked);
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
      if (holds_reachable(wanted.set.minus(*all.ignored), all.named->dependency))
        open.push_back(range);
    }
    if (open.empty()) return;
    constexpr std::size_t shown = 3;
    const bool more = open.size() > shown;
    if (more) open.resize(shown);
    findings_.add(pins::judge_rule::leaking_bot_rule, *all.first, all.named->name,
                  "These limits allow what the " + context_.track.track +
                      " builder cannot build: " + join(open, "; ") + (more ? " and more. " : ". ") +
                      std::string(lint_remedy));
  }

  struct Unused {
    const Node* name;
    std::string_view last_part;
  };

  const LintContext& context_;
  LintFindings& findings_;
  IgnoreRenderer renderer_;
  std::string ecosystem_;
  DependabotGrammar grammar_ = DependabotGrammar::gem;
  std::map<std::string, std::map<std::string, Named>> by_ecosystem_;
  const std::map<std::string, Named>* names_ = nullptr;
  std::map<std::string, Together> together_;
  std::vector<Unused> unused_;
  std::size_t conditions_ = 0;
  std::size_t comparisons_ = 0;
};

}  // namespace

void lint_updates(const Node& updates, const LintContext& context, LintFindings& findings) {
  IgnoreLint lint(context, findings);
  for (const Node& update : updates.children) lint.check_update(update);
}

}  // namespace buildable::bots
