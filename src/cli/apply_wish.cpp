#include "cli/apply_wish.h"

#include <algorithm>

#include "base/text.h"
#include "emit/dependabot.h"

namespace buildable {
namespace {

constexpr std::string_view track_word = "{track}";

std::string preset_template(const Context& context, const ApplyArguments& arguments) {
  if (!arguments.preset.empty()) return arguments.preset;
  if (!context.config.preset.empty()) return context.config.preset;
  if (context.config.base_url.empty()) return {};
  return with_final_slash(context.config.base_url) + std::string(track_word) + ".json";
}

// What a preset's name cannot hold in JSON without an escape, and spaces.
bool is_printable(std::string_view preset) {
  return std::all_of(preset.begin(), preset.end(), [](char c) {
    return c > ' ' && c < '\x7f' && c != '"' && c != '\'' && c != '\\';
  });
}

}  // namespace

Result<PresetWish> preset_wish(const Context& context, const ApplyArguments& arguments,
                               const std::string& track, const std::vector<std::string>& tracks) {
  const std::string written = preset_template(context, arguments);
  if (written.empty())
    return fail("which preset Renovate is to extend is not known",
                "give --preset 'local>group/repo:{track}', or set preset or base_url in "
                "buildable.toml");
  if (!is_printable(written))
    return fail("the preset " + quoted(written) + " has spaces, quotes or letters beyond ASCII");
  PresetWish wish{replace_all(written, track_word, track), tracks};
  const std::string name = preset_reference(wish.preset).name;
  if (name == track || std::find(tracks.begin(), tracks.end(), name) == tracks.end()) return wish;
  return fail("the preset " + quoted(written) + " is that of the track " + quoted(name) + ", not " +
                  quoted(track),
              "write {track} in its place, or give --track " + name);
}

Result<std::set<std::string>> runtimes_in(const ReadRepository& repository,
                                          const PinFinder& finder) {
  std::set<std::string> runtimes;
  std::vector<Diagnostic> problems = repository.problems;
  for (const RepositoryFile& file : repository.files) {
    if (!finder.wants(file.path)) continue;
    FoundPins found = finder.find(file);
    for (const Pin& pin : found.pins) runtimes.insert(pin.runtime);
    for (Diagnostic& problem : found.problems) {
      problem.file = path_in(repository.directory, problem.file);
      problems.push_back(std::move(problem));
    }
  }
  if (!problems.empty()) return fail(Error(std::move(problems)));
  return runtimes;
}

Result<std::vector<EcosystemIgnores>> ignores_of(const Policy& policy, const TrackPolicy& track,
                                                 const std::set<std::string>& runtimes) {
  const TreeOptions options;
  RenderCache cache;
  const auto ecosystems = dependabot_blocks({embedded_rules(), policy, track, options, cache});
  if (!ecosystems) return fail(ecosystems.error());
  std::vector<EcosystemIgnores> ignores;
  for (const EcosystemBlocks& ecosystem : *ecosystems) {
    EcosystemIgnores& wanted = ignores.emplace_back(EcosystemIgnores{ecosystem.ecosystem, {}});
    for (const IgnoreBlock& block : ecosystem.blocks) {
      if (!runtimes.contains(std::string(block.runtime))) continue;
      for (const std::string& dependency : block.dependencies)
        for (const std::string& versions : block.ignored.versions)
          wanted.entries.push_back({dependency, versions});
    }
  }
  return ignores;
}

}  // namespace buildable
