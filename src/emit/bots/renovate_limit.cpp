#include <algorithm>

#include "base/text.h"
#include "emit/bots/renovate_writing.h"

namespace buildable::emit {

namespace {

// A version that a file itself bounds, such as "3.12" of mise.toml beside a lock file, comes with a
// limit of its own, and only the lock file moves within it.
constexpr std::string_view not_bound_by_file = "$not(isLockfileOnly and $exists(allowedVersions))";

// Tags of images alone name a variant beside the version.
RegexTail tail_of(const LimitedNames& names) {
  const auto& sources = names.datasources;
  const bool tags = std::find(sources.begin(), sources.end(), "docker") != sources.end();
  return tags ? RegexTail::variants : RegexTail::builds;
}

void open_rule(JsonWriter& json, const LimitedNames& names, std::span<const std::string> words) {
  json.open_object();
  if (!words.empty()) write_sentences(json, "description", words);
  write_matcher(json, "matchManagers", names.managers);
  write_matcher(json, "matchDatasources", names.datasources);
  write_matcher(json, "matchPackageNames", names.packages);
  write_matcher(json, "matchDepTypes", names.dependency_types);
}

void write_condition(JsonWriter& json, std::string condition) {
  json.member("matchJsonata", std::vector<std::string>{std::move(condition)});
}

// True for what the long-term preset has limited before.
std::string is_long_term(const LimitedNames& names) {
  return "$contains(allowedVersions, '" + names.long_term_text + "')";
}

const VersionSet& limit_of(const TrackContext& context, const RuntimePolicy& runtime,
                           const LimitedNames& names) {
  return names.granularity == Granularity::version
             ? runtime.buildable
             : context.cache.series_of(runtime.buildable, runtime.series_components);
}

VersionSet members_of(const RuntimePolicy& runtime, std::string_view series) {
  const auto parts = split(series, '.');
  const std::vector<std::string> numbers(parts.begin(), parts.end());
  return VersionSet::series(runtime.scheme, numbers);
}

// The patches of known series above the newest that is known.
VersionSet later_patches(const RuntimePolicy& runtime) {
  VersionSet later = VersionSet::none(runtime.scheme);
  for (const SeriesRow& row : runtime.series) {
    const auto newest = Version::parse(runtime.scheme, row.newest);
    if (row.open_patches || !newest) continue;
    const Cut above{*newest, Cut::Side::after};
    later = later.unite(VersionSet::finals_between(runtime.scheme, above, std::nullopt)
                            .intersect(members_of(runtime, row.series)));
  }
  return later;
}

// What is allowed at all; of it only what `limit_of` holds without a look at its age.
const VersionSet& opened(const TrackContext& context, const RuntimePolicy& runtime,
                         const VersionSet& limit) {
  if (runtime.later_patches_after == 0 || runtime.buildable.empty()) return limit;
  return context.cache.kept(limit.unite(later_patches(runtime)));
}

const VersionSet& long_term_in(const TrackContext& context, const RuntimePolicy& runtime,
                               const VersionSet& limit) {
  VersionSet long_term = VersionSet::none(runtime.scheme);
  for (const std::string& series : runtime.long_term)
    long_term = long_term.unite(members_of(runtime, series));
  return context.cache.kept(limit.intersect(long_term));
}

// True of a version that the expression does not take.
std::string is_not_taken(std::string_view version, const std::string& expression) {
  const std::string name(version);
  return "$exists(" + name + ") and $not($contains(" + name + ", " + expression + "))";
}

// The expression with the preset's text in a part that matches nothing: so a preset of ours that
// comes after this one knows it for a long-term limit as well.
std::string marked(std::string expression, const std::string& text) {
  return expression.insert(expression.size() - 1, "|^$(?:" + text + ")$");
}

// What the long-term preset allows and can be built.
void write_long_term_limit(JsonWriter& json, const TrackContext& context,
                           const RuntimePolicy& runtime, const LimitedNames& names,
                           const VersionSet& limit) {
  const std::string words = "Only long-term releases, where " + names.long_term_preset +
                            " or the file itself asks for them.";
  open_rule(json, names, {&words, 1});
  write_condition(json, is_long_term(names));
  const VersionSet& long_term = long_term_in(context, runtime, limit);
  json.member("allowedVersions", marked(context.cache.allowed_versions(long_term, tail_of(names)),
                                        names.long_term_text));
  write_protection(json, context, runtime);
  json.close();
}

// Renovate asks this of each release by itself. One whose day is not known waits for ever.
void write_waiting_time(JsonWriter& json, const RuntimePolicy& runtime, const LimitedNames& names,
                        const std::string& known) {
  const std::string words =
      "A later patch of these series can be built some days after its release.";
  open_rule(json, names, {&words, 1});
  write_condition(json, is_not_taken("version", known));
  json.member("minimumReleaseAge", std::to_string(runtime.later_patches_after) + " days");
  json.member("minimumReleaseAgeBehaviour", "timestamp-required");
  json.member("internalChecksFilter", "strict");
  json.close();
}

// Where that preset comes after ours its limit is the one in force, and what cannot be built is
// sorted out once it has been found.
void write_late_limit(JsonWriter& json, const LimitedNames& names, const std::string& allowed) {
  const std::string words =
      "The same limit where " + names.long_term_preset + " is extended after this preset.";
  open_rule(json, names, {&words, 1});
  json.member("matchUpdateTypes", std::vector<std::string>{"major", "minor", "patch"});
  write_condition(json, is_not_taken("newVersion", allowed));
  json.member("enabled", false);
  json.close();
}

}  // namespace

std::string reason_of(const TrackContext& context, const RuntimePolicy& runtime) {
  std::vector<std::string> sentences = rule_description(runtime);
  if (!runtime.buildable.empty()) sentences.push_back("Nothing else is proposed.");
  const std::string& base = context.options.base_url;
  const std::string page = base.empty() ? context.rules.platform.homepage
                                        : with_final_slash(base) + "index.html#" + runtime.runtime;
  if (!page.empty()) sentences.push_back("[More](" + page + ").");
  const std::string reason = join(sentences, " ");
  // Renovate would take what follows for an expression of its own.
  return reason.find("{{") == std::string::npos ? reason : std::string();
}

void write_protection(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime) {
  // A rollback asks no allowedVersions: it takes the newest release wherever upstream lacks the
  // pin.
  json.member("rollbackPrs", false);
  const std::string reason = reason_of(context, runtime);
  if (!reason.empty()) json.member("prBodyNotes", std::span(&reason, 1));
}

void write_limit(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime,
                 const LimitedNames& names) {
  const VersionSet& known = limit_of(context, runtime, names);
  const VersionSet& limit = opened(context, runtime, known);
  const std::string& allowed = context.cache.allowed_versions(limit, tail_of(names));
  // The rules know each other's limits by their text.
  const bool has_long_term = !names.long_term_text.empty() && !runtime.long_term.empty() &&
                             allowed.find(names.long_term_text) == std::string::npos;
  open_rule(json, names, names.described ? rule_description(runtime) : std::vector<std::string>());
  std::string condition(not_bound_by_file);
  if (has_long_term)
    condition =
        "$not($exists(allowedVersions) and (isLockfileOnly or " + is_long_term(names) + "))";
  write_condition(json, std::move(condition));
  json.member("allowedVersions", allowed);
  write_protection(json, context, runtime);
  json.close();
  if (&limit != &known)
    write_waiting_time(json, runtime, names, context.cache.allowed_versions(known, tail_of(names)));
  if (!has_long_term) return;
  write_long_term_limit(json, context, runtime, names, limit);
  write_late_limit(json, names, allowed);
}

}  // namespace buildable::emit
