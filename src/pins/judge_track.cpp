#include "pins/judge_track.h"

#include <algorithm>
#include <map>

#include "base/document.h"
#include "base/text.h"
#include "policy/describe.h"

namespace buildable::pins {
namespace {

const TrackRules* chosen_by(const Node& build, const PlatformRules& platform) {
  for (const TrackRules& track : platform.tracks) {
    const Node* flag = track.config_key.empty() ? nullptr : build.find(track.config_key);
    if (flag && flag->is(Node::Kind::boolean) && to_lower_ascii(flag->text) == "true")
      return &track;
  }
  return nullptr;
}

// Component -> track; those that take another's image have none.
std::map<std::string, std::string> tracks_of(const Node& root, const PlatformRules& platform) {
  std::map<std::string, std::string> tracks;
  const Node* components = root.find("components");
  if (!components) return tracks;
  for (const Node& component : components->children) {
    const Node* build = component.find("build");
    if (!build || !build->is(Node::Kind::object) || build->find("reuse_from")) continue;
    const TrackRules* chosen = chosen_by(*build, platform);
    tracks[component.key] = chosen ? chosen->name : platform.default_track;
  }
  return tracks;
}

}  // namespace

Result<std::optional<ChosenTrack>> track_of_components(const RepositoryFile& file,
                                                       const PlatformRules& platform) {
  const auto documents = parse_yaml_documents(file.text, file.path, YamlAliases::keep);
  if (!documents) return fail(documents.error());
  if (documents->empty()) return std::nullopt;
  const auto tracks = tracks_of(documents->front(), platform);
  if (tracks.empty()) return std::nullopt;
  std::vector<std::string> names, choices;
  std::vector<ComponentTrack> components;
  for (const auto& [component, track] : tracks) {
    components.push_back({component, track});
    names.push_back(component);
    choices.push_back(component);
    choices.back().append(" on ").append(track);
  }
  const std::string& first = tracks.begin()->second;
  const bool agreed = std::all_of(tracks.begin(), tracks.end(),
                                  [&](const auto& each) { return each.second == first; });
  if (!agreed)
    return ChosenTrack{platform.default_track,
                       file.path + " builds " + joined(choices) + ": --track judges for another",
                       std::move(components)};
  const std::string noun = names.size() == 1 ? "component " : "components ";
  return ChosenTrack{first, noun + joined(names) + " of " + file.path, std::move(components)};
}

}  // namespace buildable::pins
