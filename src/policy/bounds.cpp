#include "policy/bounds.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "policy/describe.h"
#include "rules/selection.h"
#include "version/range.h"

namespace buildable {
namespace {

Error bad_facts(const BoundsInput& input, std::string what) {
  return Error(Diagnostic{
      .message = input.runtime.id + ", " + input.buildpack.id + " " + input.buildpack.version +
                 ": " + std::move(what),
      .path = "capabilities",
      .hint = "observe again so that the snapshot describes this buildpack version, or correct the "
              "rule for it in rules/runtimes/" +
              input.runtime.id + ".toml"});
}

using Known = std::vector<const Version*>;

// What each mechanism finds out, as in Alternative.
struct Findings {
  Known known;
  std::optional<VersionSet> span;
  std::optional<VersionSet> unable;
  std::vector<std::string> series;
  bool open = false;
};

void sort_distinct(Known& versions) {
  if (!std::is_sorted(versions.begin(), versions.end(), ascending))
    std::sort(versions.begin(), versions.end(), ascending);
  const auto same = [](const Version* a, const Version* b) { return *a == *b; };
  versions.erase(std::unique(versions.begin(), versions.end(), same), versions.end());
}

template <class Texts, class TextOf>
Result<Known> versions_of(const BoundsInput& input, const Texts& texts, TextOf text_of) {
  Known versions;
  versions.reserve(texts.size());
  for (const auto& item : texts) {
    const auto version = input.pool.parse(text_of(item));
    if (!version) return fail(bad_facts(input, version.error().message()));
    versions.push_back(*version);
  }
  sort_distinct(versions);
  return versions;
}

Result<Known> listed_versions(const BoundsInput& input) {
  return versions_of(input, input.capability->versions,
                     [](const std::string& text) -> std::string_view { return text; });
}

Result<Known> alias_targets(const BoundsInput& input) {
  return versions_of(input, input.capability->aliases,
                     [](const auto& alias) -> std::string_view { return alias.second; });
}

Result<VersionSet> series_set(const BoundsInput& input, std::string_view series) {
  auto named = parse_named(input.runtime.scheme, series);
  if (!named) return fail(bad_facts(input, named.error().message()));
  if (named->exact) return VersionSet::of(*named->exact);
  return VersionSet::series(input.runtime.scheme, named->series);
}

// Exactly what the buildpack carries: prereleases that it lists are members, though only an exact
// pin reaches them.
Result<Findings> closed_list(const BoundsInput& input) {
  auto known = listed_versions(input);
  if (!known) return fail(std::move(known.error()));
  // An empty inventory would forbid everything: far more likely a failed reading than a fact.
  if (known->empty()) return fail(bad_facts(input, "no version is listed"));
  return Findings{.known = std::move(*known)};
}

std::optional<unsigned long> last_number(std::string_view series) {
  unsigned long number = 0;
  const std::string_view digits = series.substr(series.rfind('.') + 1);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// "3.10", "3.14" -> 3.10, 3.11, ... 3.14. Where the two differ in more than the last number the
// series between them cannot be listed: then only they are.
std::vector<std::string> series_between(const std::string& oldest, const std::string& newest) {
  constexpr unsigned long most = 100;
  const std::string prefix = oldest.substr(0, oldest.rfind('.') + 1);
  const auto first = last_number(oldest), last = last_number(newest);
  if (!first || !last || *last < *first || *last - *first > most ||
      prefix != newest.substr(0, newest.rfind('.') + 1))
    return {oldest, newest};
  std::vector<std::string> series;
  for (unsigned long number = *first; number <= *last; ++number)
    series.push_back(prefix + std::to_string(number));
  return series;
}

// Every final release from the oldest series to the newest, whatever its patch: the buildpack looks
// at the series only and then asks the archive store. It accepts no prerelease.
Result<Findings> series_span(const BoundsInput& input) {
  const Capability& facts = *input.capability;
  if (facts.oldest_series.empty() || facts.newest_series.empty())
    return fail(bad_facts(input, "the oldest or the newest series is missing"));
  auto oldest = series_set(input, facts.oldest_series);
  if (!oldest) return fail(std::move(oldest.error()));
  auto newest = series_set(input, facts.newest_series);
  if (!newest) return fail(std::move(newest.error()));
  auto known = alias_targets(input);
  if (!known) return fail(std::move(known.error()));
  auto span = VersionSet::finals_between(input.runtime.scheme, oldest->finals().front().low,
                                         newest->finals().back().high);
  if (span.empty()) return fail(bad_facts(input, "the oldest series is newer than the newest"));
  std::erase_if(*known, [&](const Version* version) { return !span.contains(*version); });
  return Findings{.known = std::move(*known),
                  .span = std::move(span),
                  .series = series_between(facts.oldest_series, facts.newest_series),
                  .open = true};
}

Result<Known> archives_at(const BoundsInput& input, const ArchiveStore& store) {
  std::vector<std::string_view> texts;
  for (const Archive& archive : store.archives) {
    if (!archive.since.empty()) {
      const auto since = parse_day(archive.since);
      if (!since)
        return fail(bad_facts(input, "archive store " + store.id + ": " + since.error().message()));
      if (*since > input.at) continue;
    }
    texts.push_back(archive.version);
  }
  return versions_of(input, texts, [](std::string_view text) { return text; });
}

// What lies in the store. A store that is not listed in full says nothing of the rest.
Result<Findings> archive_store(const BoundsInput& input) {
  const std::string& id = input.capability->store;
  const auto store = std::find_if(input.stores.begin(), input.stores.end(),
                                  [&](const ArchiveStore& each) { return each.id == id; });
  if (store == input.stores.end())
    return fail(bad_facts(input, "the archive store \"" + id + "\" is not described"));
  auto known = archives_at(input, *store);
  if (!known) return fail(std::move(known.error()));
  Findings findings{.known = std::move(*known)};
  if (!store->complete) findings.unable = VersionSet::none(input.runtime.scheme);
  return findings;
}

VersionSet newer_than(const Version& version) {
  const Cut after{version, Cut::Side::after};
  return VersionSet::between(version.scheme(), after, std::nullopt);
}

// A frozen repository holds nothing newer than what was known when it was frozen; older patches
// stay in it, but which ones is not recorded.
VersionSet frozen_reach(const VersionSet& series, const Known& known) {
  for (auto newest = known.rbegin(); newest != known.rend(); ++newest)
    if (series.contains(**newest)) return series.minus(newer_than(**newest));
  return series;
}

// A live repository gets every patch of the series that it serves; more series may have come to it
// since, which is not recorded either.
Result<Findings> package_repository(const BoundsInput& input) {
  const Scheme scheme = input.runtime.scheme;
  const bool frozen = !input.capability->repository.empty();
  if (input.capability->series.empty()) return fail(bad_facts(input, "no served series is listed"));
  auto known = listed_versions(input);
  if (!known) return fail(std::move(known.error()));
  VersionSet served = VersionSet::none(scheme);
  VersionSet reach = VersionSet::none(scheme);
  for (const std::string& name : input.capability->series) {
    const auto series = series_set(input, name);
    if (!series) return fail(series.error());
    served = served.unite(*series);
    if (frozen) reach = reach.unite(frozen_reach(*series, *known));
  }
  std::erase_if(*known, [&](const Version* version) { return !served.contains(*version); });
  Findings findings{
      .known = std::move(*known), .series = input.capability->series, .open = !frozen};
  if (!frozen) findings.span = served.finals_only();
  findings.unable = frozen ? reach.complement() : VersionSet::none(scheme);
  return findings;
}

// The targets are sure; any other full version is tried as the name of an archive.
Result<Findings> alias_table(const BoundsInput& input) {
  auto known = alias_targets(input);
  if (!known) return fail(std::move(known.error()));
  if (known->empty()) return fail(bad_facts(input, "the alias table is empty"));
  return Findings{.known = std::move(*known), .unable = VersionSet::none(input.runtime.scheme)};
}

Result<Findings> supported_range(const BoundsInput& input) {
  const auto grammar = grammar_named(input.rule.supported_grammar);
  if (!grammar) return fail(bad_facts(input, grammar.error().message()));
  auto range = parse_range(*grammar, input.runtime.scheme, input.rule.supported);
  if (!range) return fail(bad_facts(input, range.error().message()));
  return Findings{.span = std::move(*range), .open = true};
}

Findings nothing_recorded(Scheme scheme) {
  return {.span = VersionSet::none(scheme), .unable = VersionSet::none(scheme)};
}

Result<Findings> findings_of(const BoundsInput& input) {
  if (needs_facts(input.rule.mechanism) && !input.capability)
    return fail(bad_facts(input, "the snapshot has no facts about it"));
  switch (input.rule.mechanism) {
    case Mechanism::inventory:
    case Mechanism::fixed:
      return closed_list(input);
    case Mechanism::series:
      return series_span(input);
    case Mechanism::archives:
      return archive_store(input);
    case Mechanism::repository:
      return package_repository(input);
    case Mechanism::aliases:
      return alias_table(input);
    case Mechanism::supported:
      return supported_range(input);
    case Mechanism::any:
      return Findings{.span = VersionSet::all(input.runtime.scheme), .open = true};
    case Mechanism::unrecorded:
      break;
  }
  return nothing_recorded(input.runtime.scheme);
}

const std::string& default_of(const BoundsInput& input) {
  if (input.capability && !input.capability->default_version.empty())
    return input.capability->default_version;
  return input.rule.default_version;
}

std::map<std::string, std::string> aliases_of(const BoundsInput& input) {
  return input.capability ? input.capability->aliases : std::map<std::string, std::string>{};
}

// The newest final release among these, not regarding those outside `within`.
std::string newest_final(const Known& known, const VersionSet& within) {
  for (auto version = known.rbegin(); version != known.rend(); ++version)
    if (!(*version)->is_prerelease() && within.contains(**version)) return (*version)->text();
  return {};
}

// What a project without a pin gets today; empty where that is not known.
std::string resolve_default(const BoundsInput& input, const Known& known) {
  const std::string& written = default_of(input);
  const Scheme scheme = input.runtime.scheme;
  if (input.capability)
    if (const auto alias = input.capability->aliases.find(written);
        alias != input.capability->aliases.end())
      return alias->second;
  if (written.empty()) return {};
  if (written == "*") return newest_final(known, VersionSet::all(scheme));
  const auto named = parse_named(scheme, written);
  if (!named) return {};
  if (named->exact) return named->exact->text();
  return newest_final(known, VersionSet::series(scheme, named->series));
}

Evidence evidence_of(const BoundsInput& input) {
  if (input.capability) return input.capability->evidence;
  return {.source = input.rule.evidence.empty() ? std::string() : input.rule.evidence.front()};
}

std::string takes_of(const BoundsInput& input, const Findings& findings) {
  return accepted_text(
      {.mechanism = input.rule.mechanism,
       .open = findings.open,
       .series = findings.series,
       .newest = newest_of_last_series(findings.known, input.runtime.series_components),
       .supported = input.rule.supported});
}

}  // namespace

Result<Bounds> bounds_of(const BoundsInput& input) {
  auto findings = findings_of(input);
  if (!findings) return fail(std::move(findings.error()));
  Bounds bounds;
  bounds.rule = &input.rule;
  bounds.default_version = default_of(input);
  bounds.default_resolved = resolve_default(input, findings->known);
  bounds.alternative =
      std::make_shared<const Alternative>(Alternative{.buildpack = input.buildpack,
                                                      .mechanism = input.rule.mechanism,
                                                      .scheme = input.runtime.scheme,
                                                      .known = findings->known,
                                                      .pool = input.pool.versions(),
                                                      .span = std::move(findings->span),
                                                      .unable = std::move(findings->unable),
                                                      .takes = takes_of(input, *findings),
                                                      .series = findings->series,
                                                      .aliases = aliases_of(input),
                                                      .default_version = default_of(input),
                                                      .evidence = evidence_of(input)});
  bounds.series = std::move(findings->series);
  bounds.open = findings->open;
  return bounds;
}

Bounds bounds_with(const Bounds& bounds, const Version& version, const VersionPool& pool) {
  Alternative able = *bounds.alternative;
  able.pool = pool.versions();
  able.known.push_back(&version);
  sort_distinct(able.known);
  const VersionSet one = VersionSet::of(version);
  if (able.span) able.span = able.span->unite(one);
  if (able.unable) able.unable = able.unable->minus(one);
  Bounds with = bounds;
  with.alternative = std::make_shared<const Alternative>(std::move(able));
  return with;
}

Bounds bounds_without_buildpack(const RuntimeRules& runtime, Evidence state) {
  Bounds bounds;
  bounds.alternative = std::make_shared<const Alternative>(
      Alternative{.scheme = runtime.scheme, .evidence = std::move(state)});
  return bounds;
}

Bounds bounds_unrecorded(const RuntimeRules& runtime, BuildpackReference buildpack,
                         Evidence state) {
  Bounds bounds;
  bounds.alternative =
      std::make_shared<const Alternative>(Alternative{.buildpack = std::move(buildpack),
                                                      .scheme = runtime.scheme,
                                                      .unable = VersionSet::none(runtime.scheme),
                                                      .evidence = std::move(state)});
  return bounds;
}

}  // namespace buildable
