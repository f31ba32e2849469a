#include "policy/explain.h"

#include <algorithm>
#include <utility>

#include "policy/describe.h"
#include "policy/forms.h"

namespace buildable {
namespace {

// A series is what its final releases are: no buildpack resolves "3.15" to a preview.
VersionSet finals_of(Scheme scheme, const Named& named) {
  return VersionSet::series(scheme, named.series).finals_only();
}

Verdict verdict_in(const VersionSet& buildable, const VersionSet& unbuildable, const Named& named) {
  if (named.exact) {
    if (buildable.contains(*named.exact)) return Verdict::buildable;
    return unbuildable.contains(*named.exact) ? Verdict::unbuildable : Verdict::unknown;
  }
  const VersionSet series = finals_of(buildable.scheme(), named);
  if (buildable.intersects(series)) return Verdict::buildable;
  return unbuildable.includes(series) ? Verdict::unbuildable : Verdict::unknown;
}

using Verdicts = std::vector<Verdict>;
using States = std::span<const Verdict>;

// What each state says, in the order of RuntimePolicy::alternatives.
Verdicts verdicts_of(const RuntimePolicy& runtime, const Named& named) {
  Verdicts verdicts;
  for (const auto& each : runtime.alternatives)
    verdicts.push_back(verdict_in(each->buildable(), each->unbuildable(), named));
  return verdicts;
}

Verdict judge_named(const RuntimePolicy& runtime, const Named& named) {
  const Verdict verdict = verdict_in(runtime.buildable, runtime.unbuildable, named);
  if (verdict != Verdict::unknown || named.exact || runtime.alternatives.empty()) return verdict;
  // Every state may build the series, though each by another release of it.
  const Verdicts verdicts = verdicts_of(runtime, named);
  const bool everywhere = std::all_of(verdicts.begin(), verdicts.end(),
                                      [](Verdict each) { return each == Verdict::buildable; });
  return everywhere ? Verdict::buildable : verdict;
}

Result<Named> named_by(const RuntimePolicy& runtime, std::string_view text) {
  auto named = parse_named(runtime.scheme, text);
  if (named) return named;
  return fail(Diagnostic{.message = "\"" + std::string(text.substr(0, max_version_length)) +
                                    "\" is not a version of " + runtime.name + ": " +
                                    named.error().message(),
                         .hint = "write one version (3.14.2) or one series (3.14)"});
}

std::string newest_known(const RuntimePolicy& runtime) {
  for (auto version = runtime.known.rbegin(); version != runtime.known.rend(); ++version)
    if (!version->is_prerelease()) return version->text();
  return {};
}

// The key of the place among the known versions where the asked one, or the first of the asked
// series, lies; empty, which is below all keys, where nothing comes before the series ("0").
std::string place_of(Scheme scheme, const Named& named) {
  if (named.exact) return Cut{*named.exact, Cut::Side::after}.key();
  const VersionSet series = VersionSet::series(scheme, named.series);
  if (series.finals().empty() || !series.finals().front().low) return {};
  return series.finals().front().low->key();
}

std::string nearest_known(const RuntimePolicy& runtime, const Named& named) {
  const std::string place = place_of(runtime.scheme, named);
  const Version* below = nullptr;
  for (const Version& version : runtime.known) {
    if (version.is_prerelease()) continue;
    if (version.key() >= place) return below ? below->text() : version.text();
    below = &version;
  }
  return below ? below->text() : std::string();
}

// The newest release of the series that is known by name.
std::string newest_in_series(const RuntimePolicy& runtime, const Named& named) {
  const VersionSet series = finals_of(runtime.scheme, named);
  for (auto version = runtime.known.rbegin(); version != runtime.known.rend(); ++version)
    if (series.contains(*version)) return version->text();
  return {};
}

std::string nearest_buildable(const RuntimePolicy& runtime, const Named& named, Verdict verdict) {
  if (verdict == Verdict::buildable) {
    std::string itself = named.exact ? named.exact->text() : newest_in_series(runtime, named);
    if (!itself.empty()) return itself;
  }
  return nearest_known(runtime, named);
}

std::string buildpacks_of(const RuntimePolicy& runtime) {
  return buildpack_span(runtime.buildpacks);
}

std::string names_of(const RuntimePolicy& runtime, States verdicts, Verdict verdict) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    if (verdicts[i] != verdict) continue;
    const BuildpackReference& buildpack = runtime.alternatives[i]->buildpack;
    names.push_back(buildpack.id.empty() ? "a builder without a buildpack for it"
                                         : buildpack_span({&buildpack, 1}));
  }
  return joined(names);
}

std::string why_buildable(const RuntimePolicy& runtime) {
  if (runtime.takes.empty()) return "each buildpack that the builder may hold can build it";
  return buildpacks_of(runtime) + " can build " + runtime.takes;
}

std::string why_unbuildable(const TrackPolicy& track, const RuntimePolicy& runtime) {
  if (track.expired) return "the " + track.track + " track ended on " + day_of(track.valid_until);
  if (runtime.buildpacks.empty())
    return "the builder " + std::string(short_reference(track.builder)) + " has no buildpack for " +
           runtime.name;
  std::string why = buildpacks_of(runtime) + " cannot build this version";
  if (!runtime.takes.empty()) why += ", only " + runtime.takes;
  if (!runtime.error_unknown_version.empty())
    why += ". The build's error: \"" + runtime.error_unknown_version + "\"";
  return why;
}

std::string why_not_recorded(const RuntimePolicy& runtime) {
  const Alternative& newest = *runtime.alternatives.back();
  const std::string buildpack = buildpacks_of(runtime);
  switch (newest.mechanism) {
    case Mechanism::archives:
      return buildpack +
             " downloads the version; whether there is a download of this one is not known: try a "
             "build";
    case Mechanism::aliases:
      return "whether " + buildpack + " finds a download of it is not known: try a build";
    case Mechanism::repository:
      return "whether it is in the package repository of " + buildpack +
             " is not known: try a build";
    default:
      return "which versions " + buildpack + " accepts is not known: try a build";
  }
}

std::string why_unknown(const TrackPolicy& track, const RuntimePolicy& runtime, States verdicts) {
  if (runtime.alternatives.empty())
    return "what is inside the builder " + std::string(short_reference(track.builder)) +
           " is not known";
  const std::string able = names_of(runtime, verdicts, Verdict::buildable);
  const std::string unable = names_of(runtime, verdicts, Verdict::unbuildable);
  if (able.empty() && unable.empty()) return why_not_recorded(runtime);
  std::string why = "which buildpack the builder holds is not certain: ";
  if (!able.empty()) why += able + " can build it";
  if (!able.empty() && !unable.empty()) why += ", ";
  if (!unable.empty()) why += unable + " cannot";
  const std::string open = names_of(runtime, verdicts, Verdict::unknown);
  if (!open.empty()) why += "; of " + open + " it is not recorded";
  return why;
}

}  // namespace

std::string reason_of(const TrackPolicy& track, const RuntimePolicy& runtime, Verdict verdict,
                      States states) {
  switch (verdict) {
    case Verdict::buildable:
      return why_buildable(runtime);
    case Verdict::unbuildable:
      return why_unbuildable(track, runtime);
    case Verdict::unknown:
      break;
  }
  return why_unknown(track, runtime, states);
}

Result<Verdict> judge(const RuntimePolicy& runtime, std::string_view version) {
  const auto named = named_by(runtime, version);
  if (!named) return fail(named.error());
  return judge_named(runtime, *named);
}

Result<Explanation> explain(const TrackPolicy& track, const RuntimePolicy& runtime,
                            std::string_view version) {
  const auto named = named_by(runtime, version);
  if (!named) return fail(named.error());
  const Verdict verdict = judge_named(runtime, *named);
  const Verdicts states = verdict == Verdict::unknown ? verdicts_of(runtime, *named) : Verdicts{};
  return Explanation{.runtime = runtime.runtime,
                     .version = std::string(version),
                     .track = track.track,
                     .verdict = verdict,
                     .reason = reason_of(track, runtime, verdict, states) + ".",
                     .evidence = runtime.reasons,
                     .newest_buildable = spelled_for_people(runtime, newest_known(runtime)),
                     .nearest_buildable =
                         spelled_for_people(runtime, nearest_buildable(runtime, *named, verdict))};
}

}  // namespace buildable
