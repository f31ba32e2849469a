#include "base/text.h"
#include "emit/bots/renovate_writing.h"

namespace buildable::emit {

namespace {

// A version that a file itself bounds, such as "3.12" of mise.toml beside a lock file, comes with a
// limit of its own, and only the lock file moves within it.
constexpr std::string_view not_bound_by_file = "$not(isLockfileOnly and $exists(allowedVersions))";

void open_rule(JsonWriter& json, const LimitedNames& names, std::span<const std::string> words) {
  json.open_object();
  write_sentences(json, "description", words);
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

const VersionSet& long_term_limit_of(const TrackContext& context, const RuntimePolicy& runtime,
                                     const LimitedNames& names) {
  VersionSet long_term = VersionSet::none(runtime.scheme);
  for (const std::string& series : runtime.long_term) {
    const auto parts = split(series, '.');
    const std::vector<std::string> numbers(parts.begin(), parts.end());
    long_term = long_term.unite(VersionSet::series(runtime.scheme, numbers));
  }
  return context.cache.kept(limit_of(context, runtime, names).intersect(long_term));
}

// What the long-term preset allows and can be built.
void write_long_term_limit(JsonWriter& json, const TrackContext& context,
                           const RuntimePolicy& runtime, const LimitedNames& names) {
  const std::string words = "Only long-term releases, where " + names.long_term_preset +
                            " or the file itself asks for them.";
  open_rule(json, names, {&words, 1});
  write_condition(json, is_long_term(names));
  json.member("allowedVersions",
              context.cache.allowed_versions(long_term_limit_of(context, runtime, names)));
  write_protection(json, context, runtime);
  json.close();
}

// Where that preset comes after ours its limit is the one in force, and what cannot be built is
// sorted out once it has been found.
void write_late_limit(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime,
                      const LimitedNames& names) {
  const std::string words =
      "The same limit where " + names.long_term_preset + " is extended after this preset.";
  open_rule(json, names, {&words, 1});
  json.member("matchUpdateTypes", std::vector<std::string>{"major", "minor", "patch"});
  write_condition(json, "$exists(newVersion) and $not($contains(newVersion, " +
                            context.cache.allowed_versions(limit_of(context, runtime, names)) +
                            "))");
  json.member("enabled", false);
  json.close();
}

}  // namespace

std::string reason_of(const TrackContext& context, const RuntimePolicy& runtime) {
  std::vector<std::string> sentences = rule_description(runtime);
  if (!runtime.buildable.empty()) sentences.push_back("Nothing else is proposed.");
  const std::string& base = context.options.base_url;
  const std::string page =
      base.empty() ? context.rules.platform.homepage : with_final_slash(base) + "index.html";
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

const std::string& allowed_versions(const TrackContext& context, const RuntimePolicy& runtime,
                                    Granularity granularity) {
  return context.cache.allowed_versions(limit_of(context, runtime, {.granularity = granularity}));
}

void write_limit(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime,
                 const LimitedNames& names) {
  const std::string& allowed = allowed_versions(context, runtime, names.granularity);
  // The rules know each other's limits by their text.
  const bool has_long_term = !names.long_term_text.empty() && !runtime.long_term.empty() &&
                             allowed.find(names.long_term_text) == std::string::npos;
  open_rule(json, names, rule_description(runtime));
  std::string condition(not_bound_by_file);
  if (has_long_term)
    condition =
        "$not($exists(allowedVersions) and (isLockfileOnly or " + is_long_term(names) + "))";
  write_condition(json, std::move(condition));
  json.member("allowedVersions", allowed);
  write_protection(json, context, runtime);
  json.close();
  if (!has_long_term) return;
  write_long_term_limit(json, context, runtime, names);
  write_late_limit(json, context, runtime, names);
}

}  // namespace buildable::emit
