#include <algorithm>
#include <array>
#include <optional>

#include "base/characters.h"
#include "base/text.h"
#include "bots/lint_findings.h"
#include "bots/runtime_names.h"
#include "pins/judge_rules.h"
#include "version/range.h"
#include "version/render.h"

namespace buildable::bots {
namespace {

constexpr std::size_t max_rules = 2'000;

constexpr std::array<std::string_view, 5> image_sources{"docker", "dockerfile", "docker-compose",
                                                        "kubernetes", "helm-values"};

// Whether the rule is about images alone.
bool is_about_images(const Node& rule) {
  bool all = true;
  bool any = false;
  for (const std::string_view key : {"matchDatasources", "matchManagers"})
    for (const Node* source : texts_of(rule.find(key))) {
      const bool is_image = std::find(image_sources.begin(), image_sources.end(), source->text) !=
                            image_sources.end();
      any = true;
      all = all && is_image;
    }
  return any && all;
}

bool is_bare_version(std::string_view text) {
  const auto numbers = split(text, '.');
  return std::all_of(numbers.begin(), numbers.end(), is_digits);
}

// As Renovate's filter of releases reads it: a bare version by the versioning, which takes it for
// that version alone where it is Docker's, Python's or Ruby's; a range by the versioning, and one
// that it does not know as npm does. Nothing: it ends Renovate's run, or its meaning is not known.
std::optional<VersionSet> allowed_by(const std::string& range, Scheme scheme, bool images) {
  const bool exact = images || scheme == Scheme::pep440 || scheme == Scheme::ruby;
  if (exact && is_bare_version(range)) {
    const auto version = Version::parse(scheme, range);
    return version ? std::optional(VersionSet::of(*version)) : std::nullopt;
  }
  const auto own = grammar_named(to_pin_range(VersionSet::none(scheme)).grammar);
  if (own && !images)
    if (auto set = parse_range(*own, scheme, range)) return std::move(*set);
  auto set = parse_range(Grammar::npm, scheme, range);
  return set ? std::optional(std::move(*set)) : std::nullopt;
}

// The newest that is known by name; null where there is none.
const Version* newest_buildable(const RuntimePolicy& runtime) {
  for (auto version = runtime.known.rbegin(); version != runtime.known.rend(); ++version)
    if (!version->is_prerelease() && runtime.buildable.contains(*version)) return &*version;
  return nullptr;
}

class AllowedVersionsLint {
 public:
  AllowedVersionsLint(const LintContext& context, LintFindings& findings)
      : names_(context), context_(context), findings_(findings) {}

  void check_rule(const Node& rule) {
    const Node* allowed = rule.find("allowedVersions");
    if (allowed == nullptr || !allowed->is(Node::Kind::string)) return;
    const std::string_view range = trim(allowed->text);
    // A regular expression, or one that is left out; a template.
    if (range.empty() || range.front() == '/' || range.front() == '!' ||
        range.find("{{") != range.npos)
      return;
    const auto runtimes = names_.of_rule(rule);
    const bool images = is_about_images(rule);
    for (const RuntimePolicy* runtime : runtimes) {
      const auto set = allowed_by(std::string(range), runtime->scheme, images);
      const std::string subject =
          (runtimes.size() > 1 ? runtime->name + " " : "") + std::string(range);
      if (set) check_allowed(*allowed, subject, *set, *runtime);
    }
  }

 private:
  void check_allowed(const Node& node, const std::string& subject, const VersionSet& allowed,
                     const RuntimePolicy& runtime) {
    if (allowed.finals_only().empty())
      return findings_.add(pins::judge_rule::blocking_bot_rule, node, subject,
                           "It allows no version at all.");
    const Version* newest = newest_buildable(runtime);
    if (newest && !allowed.contains(*newest)) findings_.holds_back(node, subject, newest->text());
    check_end(node, subject, allowed, runtime);
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

  RuntimeNames names_;
  const LintContext& context_;
  LintFindings& findings_;
};

}  // namespace

void lint_package_rules(const Node& settings, const LintContext& context, LintFindings& findings) {
  const Node* rules = settings.find("packageRules");
  if (rules == nullptr) return;
  AllowedVersionsLint lint(context, findings);
  const std::size_t count = std::min(rules->children.size(), max_rules);
  for (std::size_t i = 0; i < count; ++i) lint.check_rule(rules->children[i]);
}

}  // namespace buildable::bots
