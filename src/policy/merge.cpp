#include "policy/merge.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "policy/bounds.h"
#include "policy/describe.h"

namespace buildable {
namespace {

using BoundsOfStates = std::span<const Bounds* const>;

using Known = std::vector<const Version*>;

std::vector<Version> copied(const Known& versions) {
  std::vector<Version> copies;
  copies.reserve(versions.size());
  for (const Version* version : versions) copies.push_back(*version);
  return copies;
}

// Known to one state or more, and known to all of them.
struct NamedVersions {
  Known any;
  Known all;
};

NamedVersions named_versions(BoundsOfStates states) {
  NamedVersions named{states.front()->alternative->known, states.front()->alternative->known};
  for (const Bounds* state : states.subspan(1)) {
    const Known& known = state->alternative->known;
    Known any, all;
    std::set_union(named.any.begin(), named.any.end(), known.begin(), known.end(),
                   std::back_inserter(any), ascending);
    std::set_intersection(named.all.begin(), named.all.end(), known.begin(), known.end(),
                          std::back_inserter(all), ascending);
    named = {std::move(any), std::move(all)};
  }
  return named;
}

// Closed lists are intersected as lists, and only the result becomes a set: most states have one,
// of hundreds of releases that are all but the same.
bool is_closed_list(const Bounds* state) {
  return !state->alternative->span && !state->alternative->unable;
}

void merge_closed_lists(RuntimePolicy& policy, BoundsOfStates states) {
  const NamedVersions named = named_versions(states);
  Known uncertain;
  std::set_difference(named.any.begin(), named.any.end(), named.all.begin(), named.all.end(),
                      std::back_inserter(uncertain), ascending);
  policy.known = copied(named.all);
  policy.buildable = VersionSet::of(policy.scheme, policy.known);
  policy.unbuildable =
      policy.buildable.unite(VersionSet::of(policy.scheme, copied(uncertain))).complement();
}

void merge_sets(RuntimePolicy& policy, BoundsOfStates states) {
  policy.buildable = states.front()->alternative->buildable();
  policy.unbuildable = states.front()->alternative->unbuildable();
  for (const Bounds* state : states.subspan(1)) {
    policy.buildable = policy.buildable.intersect(state->alternative->buildable());
    policy.unbuildable = policy.unbuildable.intersect(state->alternative->unbuildable());
  }
  Known known = named_versions(states).any;
  std::erase_if(known,
                [&](const Version* version) { return !policy.buildable.contains(*version); });
  policy.known = copied(known);
}

// A rule allows what is in `buildable` and forbids the rest. Where there is no bound it is not
// needed. Where no fact at all is certain it would forbid every update for ever, on no ground:
// being careful is for versions of runtimes whose bounds are known in part. So neither is governed.
bool is_governed(const RuntimePolicy& policy) {
  const bool nothing_certain = policy.buildable.empty() && policy.unbuildable.empty();
  return !nothing_certain && policy.buildable != VersionSet::all(policy.scheme);
}

std::vector<std::string> declared_series(BoundsOfStates states) {
  std::vector<std::string> series;
  for (const Bounds* state : states)
    for (const std::string& each : state->series)
      if (std::find(series.begin(), series.end(), each) == series.end()) series.push_back(each);
  return series;
}

std::string merged_takes(const RuntimePolicy& policy, BoundsOfStates states, bool open) {
  const Alternative& newest = *states.back()->alternative;
  const bool alike = std::all_of(states.begin(), states.end(), [&](const Bounds* state) {
    return state->alternative->takes == newest.takes;
  });
  if (alike) return newest.takes;
  Known known;
  for (const Version& version : policy.known) known.push_back(&version);
  Accepted takes{.mechanism = newest.mechanism,
                 .open = open,
                 .newest = newest_of_last_series(known, policy.series_components)};
  for (const SeriesRow& row : policy.series) takes.series.push_back(row.series);
  if (takes.mechanism == Mechanism::supported) takes.supported = to_string(policy.buildable);
  return accepted_text(takes);
}

void merge_series(RuntimePolicy& policy, BoundsOfStates states) {
  const bool open =
      std::all_of(states.begin(), states.end(), [](const Bounds* state) { return state->open; });
  // What is closed has no series but those of its members.
  policy.series =
      series_rows(policy.known, open ? declared_series(states) : std::vector<std::string>{},
                  policy.buildable, policy.series_components, open);
  policy.takes = merged_takes(policy, states, open);
}

void add_buildpacks(RuntimePolicy& policy, BoundsOfStates states) {
  for (const Bounds* state : states) {
    const BuildpackReference& buildpack = state->alternative->buildpack;
    if (buildpack.id.empty()) continue;
    if (policy.buildpacks.size() == 2) policy.buildpacks.pop_back();
    policy.buildpacks.push_back(buildpack);
  }
}

std::string named(const Alternative& alternative) {
  const BuildpackReference& buildpack = alternative.buildpack;
  return buildpack.version.empty() ? buildpack.id : buildpack.id + " " + buildpack.version;
}

std::string what_it_takes(const RuntimePolicy& policy, const Bounds& state) {
  const Alternative& alternative = *state.alternative;
  if (alternative.buildpack.id.empty()) return "the builder has no buildpack for " + policy.name;
  if (!alternative.takes.empty()) return named(alternative) + " can build " + alternative.takes;
  if (state.rule) return named(alternative) + " accepts versions that are not known here";
  if (alternative.buildpack.version.empty())
    return "the platform adds " + named(alternative) + " in a version that is not known";
  return "no rule says how " + named(alternative) + " decides";
}

void add_reasons(RuntimePolicy& policy, BoundsOfStates states) {
  if (states.empty()) policy.reasons.push_back({"what is in the builder is not known", {}});
  for (const Bounds* state : states) {
    policy.reasons.push_back({what_it_takes(policy, *state), state->alternative->evidence});
    if (state != states.back() || !state->rule) continue;
    for (const std::string& source : state->rule->evidence)
      policy.reasons.push_back({"how " + state->rule->id + " decides", {.source = source}});
  }
}

// What both have, in the order of the first.
template <class T>
std::vector<T> common(const std::vector<T>& first, const std::vector<T>& second) {
  std::vector<T> both;
  for (const T& item : first)
    if (std::find(second.begin(), second.end(), item) != second.end()) both.push_back(item);
  return both;
}

void keep_common(std::string& kept, const std::string& other) {
  if (kept != other) kept.clear();
}

void take_rule(RuntimePolicy& policy, const BuildpackRule& rule) {
  policy.reads = rule.reads;
  policy.refuses = rule.refuses;
  policy.resolves = rule.resolves;
  policy.error_unknown_version = rule.error_unknown_version;
  policy.later_patches_after = rule.later_patches_after;
}

// Pin files and errors of the newest state; where the states differ only what all agree on.
void merge_rules(RuntimePolicy& policy, BoundsOfStates states) {
  const BuildpackRule* newest = states.back()->rule;
  if (!newest) return;
  take_rule(policy, *newest);
  const Bounds* different = nullptr;
  for (const Bounds* state : states) {
    if (!state->rule || state->rule == newest) continue;
    if (state->rule->reads != newest->reads || state->rule->refuses != newest->refuses)
      different = state;
    policy.reads = common(policy.reads, state->rule->reads);
    policy.refuses = common(policy.refuses, state->rule->refuses);
    keep_common(policy.resolves, state->rule->resolves);
    keep_common(policy.error_unknown_version, state->rule->error_unknown_version);
    if (state->rule->later_patches_after == 0) policy.later_patches_after = 0;
  }
  if (different)
    policy.reasons.push_back({named(*different->alternative) + " and " +
                                  named(*states.back()->alternative) +
                                  " differ in the files that they read; those of both are listed",
                              {}});
}

void merge_default(RuntimePolicy& policy, BoundsOfStates states) {
  policy.default_version = states.back()->default_version;
  policy.default_resolved = states.back()->default_resolved;
  for (const Bounds* state : states) {
    if (state->default_version != policy.default_version && !policy.default_version.empty()) {
      policy.reasons.push_back({"the default is not certain: " + state->default_version + " in " +
                                    named(*state->alternative) + ", " + policy.default_version +
                                    " in " + named(*states.back()->alternative),
                                {}});
      policy.default_version.clear();
    }
    keep_common(policy.default_resolved, state->default_resolved);
  }
}

void merge_versions(RuntimePolicy& policy, BoundsOfStates states) {
  const bool closed = std::all_of(states.begin(), states.end(), is_closed_list);
  closed ? merge_closed_lists(policy, states) : merge_sets(policy, states);
  policy.governed = is_governed(policy);
  merge_series(policy, states);
  merge_default(policy, states);
}

// The platform refuses the track: a bound that holds for runtimes without any other, too.
void forbid_everything(RuntimePolicy& policy) {
  policy.unbuildable = VersionSet::all(policy.scheme);
  policy.governed = true;
}

}  // namespace

RuntimePolicy merge_bounds(const RuntimeRules& runtime, BoundsOfStates states, bool ended) {
  RuntimePolicy policy;
  policy.runtime = runtime.id;
  policy.name = runtime.name;
  policy.aliases = runtime.aliases;
  policy.scheme = runtime.scheme;
  policy.series_components = runtime.series_components;
  policy.buildable = VersionSet::none(runtime.scheme);
  policy.unbuildable = VersionSet::none(runtime.scheme);
  policy.governed = false;
  for (const Bounds* state : states) policy.alternatives.push_back(state->alternative);
  add_reasons(policy, states);
  if (!states.empty()) {
    add_buildpacks(policy, states);
    merge_rules(policy, states);
  }
  if (ended)
    forbid_everything(policy);
  else if (!states.empty())
    merge_versions(policy, states);
  return policy;
}

}  // namespace buildable
