// How repositories name our preset in Renovate's `extends`.
// https://docs.renovatebot.com/config-presets
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace buildable::apply {

// "local>group/repo//folder/latest#2026.05.14" -> "local>group/repo//folder/", "latest",
// "#2026.05.14"; "https://host/latest.json" -> "https://host/", "latest", "".
struct PresetReference {
  std::string place;
  std::string name;  // without ".json"; what "local>group/repo" does not say is "default"
  std::string tag;   // with its "#"; empty: none
};
PresetReference preset_reference(std::string_view preset);

// Whether the preset says where it comes from; Renovate's own ("config:latest") do not.
bool has_address(std::string_view preset);

// Whether it is called as anyone's preset is that has no other name: "local>group/repo:default".
bool is_renovates_default_name(std::string_view preset);

// Whether the preset has one of these names, and says so: "local>group/repo:latest", but neither
// "local>group/repo" nor Renovate's own "config:latest".
bool names_a_track(std::string_view preset, const std::vector<std::string>& tracks);

// Which presets are ours, and which one is wanted.
struct WantedPreset {
  std::string preset;  // as it is to stand in `extends`
  std::vector<std::string> tracks;

  // Whether an entry of `extends` is our preset, of whatever track and at whatever tag. The presets
  // of single runtimes beside it ("renovate/latest/<runtime>.json") are not.
  bool is_ours(std::string_view entry) const;
  // What is to stand in the place of ours. A wanted without a tag keeps the tag that is there:
  // Renovate moves tags itself.
  std::string in_place_of(std::string_view entry) const;
};

}  // namespace buildable::apply
