#include "app/bot_limits.h"

#include <algorithm>

#include "base/text.h"
#include "bots/ignores.h"
#include "emit/tracks.h"

namespace buildable::app {
namespace {

constexpr std::string_view track_word = "{track}";

// What a preset's name cannot hold in JSON without an escape, and spaces.
bool is_printable(std::string_view preset) {
  return std::all_of(preset.begin(), preset.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '\'' && c != '\\';
  });
}

}  // namespace

std::string preset_template(const std::string& given, const Settings& settings) {
  if (!given.empty()) return given;
  if (!settings.preset.empty()) return settings.preset;
  if (settings.base_url.empty()) return {};
  return emit::with_final_slash(settings.base_url) + std::string(track_word) + ".json";
}

Result<apply::WantedPreset> preset_on_track(const std::string& written, const std::string& track,
                                            const std::vector<std::string>& tracks) {
  if (written.empty())
    return fail("no preset is given for Renovate to extend",
                "write --preset 'local>group/repo:{track}', or set preset or base_url in "
                "buildable.toml");
  if (!is_printable(written))
    return fail("the preset " + in_quotes(written) + " has spaces, quotes or letters beyond ASCII",
                "write it as local>group/repo:{track}");
  apply::WantedPreset wanted{replace_all(written, track_word, track), tracks};
  const std::string name = apply::preset_reference(wanted.preset).name;
  if (name == track || std::find(tracks.begin(), tracks.end(), name) == tracks.end()) return wanted;
  return fail("the preset " + in_quotes(written) + " is that of the track " + in_quotes(name) +
                  ", not " + in_quotes(track),
              "write {track} in its place, or give --track " + name);
}

Result<std::vector<apply::EcosystemIgnores>> ignores_of(
    const TrackPolicy& track, const std::vector<apply::UpdateScope>& updates,
    const std::vector<bots::UpdatedByName>& moved) {
  using From = bots::IgnoreRenderer::From;
  bots::IgnoreRenderer renderer;
  std::vector<apply::EcosystemIgnores> ignores;
  for (std::size_t i = 0; i < updates.size(); ++i) {
    if (moved[i].empty()) continue;
    const auto grammar = dependabot_grammar_of(updates[i].ecosystem);
    if (!grammar) return fail(grammar.error());
    apply::EcosystemIgnores& wanted =
        ignores.emplace_back(apply::EcosystemIgnores{updates[i].ecosystem, {}, {}, i});
    for (const auto& [name, dependency] : moved[i]) {
      const RuntimePolicy* runtime = emit::governed(track, dependency.runtime);
      if (!runtime) continue;
      const auto& needed = renderer.versions(*runtime, dependency, *grammar, From::lowest);
      const auto& all = renderer.versions(*runtime, dependency, *grammar, From::anywhere);
      if (!needed.empty()) wanted.entries.push_back({name, needed});
      if (!all.empty()) wanted.also.push_back({name, all});
    }
  }
  return ignores;
}

std::string source_of_ignores(const Policy& policy, const TrackPolicy& track) {
  return "What the " + track.track + " builder of " + policy.platform_name +
         " cannot build, as of " + format_day(policy.effective) + ".";
}

}  // namespace buildable::app
