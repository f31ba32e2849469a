#include "app/bot_limits.h"

#include <algorithm>

#include "base/text.h"
#include "emit/bots/dependabot.h"

namespace buildable {
namespace {

constexpr std::string_view track_word = "{track}";

// What a preset's name cannot hold in JSON without an escape, and spaces.
bool is_printable(std::string_view preset) {
  return std::all_of(preset.begin(), preset.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '\'' && c != '\\';
  });
}

void add_pin(PinnedRuntimes& runtimes, const Pin& pin) {
  const auto [at, is_new] = runtimes.emplace(pin.runtime, pin.accepts);
  if (is_new || !at->second) return;
  at->second = pin.accepts ? std::optional(at->second->unite(*pin.accepts)) : std::nullopt;
}

// Everything below the lowest final release of the set.
VersionSet below(const VersionSet& accepted) {
  const Scheme scheme = accepted.scheme();
  if (accepted.finals().empty() || !accepted.finals().front().low) return VersionSet::none(scheme);
  const Cut& lowest = *accepted.finals().front().low;
  return VersionSet::finals_between(scheme, std::nullopt, lowest)
      .unite(VersionSet::prereleases_between(scheme, std::nullopt, lowest));
}

// The track as it looks from the pins: what lies below them needs no limit.
TrackPolicy track_above(TrackPolicy track, const PinnedRuntimes& pinned) {
  for (RuntimePolicy& runtime : track.runtimes) {
    const auto found = pinned.find(runtime.runtime);
    if (found == pinned.end() || !found->second || runtime.buildable.empty()) continue;
    if (found->second->scheme() != runtime.scheme) continue;
    runtime.buildable = runtime.buildable.unite(below(*found->second));
  }
  return track;
}

Result<std::vector<EcosystemIgnores>> entries_of(const Policy& policy, const TrackPolicy& track,
                                                 const PinnedRuntimes& runtimes) {
  const TreeOptions options;
  RenderCache cache;
  const auto ecosystems = dependabot_blocks({embedded_rules(), policy, track, options, cache});
  if (!ecosystems) return fail(ecosystems.error());
  std::vector<EcosystemIgnores> ignores;
  for (const EcosystemBlocks& ecosystem : *ecosystems) {
    EcosystemIgnores& wanted = ignores.emplace_back(EcosystemIgnores{ecosystem.ecosystem, {}, {}});
    for (const IgnoreBlock& block : ecosystem.blocks) {
      if (!runtimes.contains(std::string(block.runtime))) continue;
      for (const std::string& dependency : block.dependencies)
        for (const std::string& versions : block.ignored.versions)
          wanted.entries.push_back({dependency, versions});
    }
  }
  return ignores;
}

}  // namespace

std::string preset_template(const std::string& given, const Settings& settings) {
  if (!given.empty()) return given;
  if (!settings.preset.empty()) return settings.preset;
  if (settings.base_url.empty()) return {};
  return with_final_slash(settings.base_url) + std::string(track_word) + ".json";
}

Result<WantedPreset> preset_on_track(const std::string& written, const std::string& track,
                                     const std::vector<std::string>& tracks) {
  if (written.empty())
    return fail("which preset Renovate is to extend is not known",
                "give --preset 'local>group/repo:{track}', or set preset or base_url in "
                "buildable.toml");
  if (!is_printable(written))
    return fail("the preset " + in_quotes(written) + " has spaces, quotes or letters beyond ASCII");
  WantedPreset wanted{replace_all(written, track_word, track), tracks};
  const std::string name = preset_reference(wanted.preset).name;
  if (name == track || std::find(tracks.begin(), tracks.end(), name) == tracks.end()) return wanted;
  return fail("the preset " + in_quotes(written) + " is that of the track " + in_quotes(name) +
                  ", not " + in_quotes(track),
              "write {track} in its place, or give --track " + name);
}

Result<PinnedRuntimes> runtimes_in(const ReadRepository& repository) {
  std::vector<Diagnostic> problems = repository.problems;
  for (Diagnostic problem : repository.found.problems) {
    problem.file = path_in(repository.directory, problem.file);
    problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return fail(Error(std::move(problems)));
  PinnedRuntimes runtimes;
  for (const Pin& pin : repository.found.pins) add_pin(runtimes, pin);
  return runtimes;
}

Result<std::vector<EcosystemIgnores>> ignores_of(const Policy& policy, const TrackPolicy& track,
                                                 const PinnedRuntimes& runtimes) {
  auto ignores = entries_of(policy, track_above(track, runtimes), runtimes);
  const auto whole = entries_of(policy, track, runtimes);
  if (!ignores || !whole) return fail((ignores ? whole : ignores).error());
  // Both list the ecosystems of the rules, in one order.
  for (std::size_t i = 0; i < ignores->size(); ++i) (*ignores)[i].also = (*whole)[i].entries;
  return ignores;
}

}  // namespace buildable
