#include "apply/preset_reference.h"

#include <algorithm>

namespace buildable::apply {
namespace {

std::string_view take_after(std::string_view& text, std::size_t at) {
  const std::string_view after = at == text.npos ? std::string_view() : text.substr(at);
  text = text.substr(0, at);
  return after;
}

std::string without_extension(std::string_view name) {
  for (const std::string_view extension : {".json", ".json5", ".jsonc"})
    if (name.ends_with(extension)) name.remove_suffix(extension.size());
  return std::string(name);
}

}  // namespace

PresetReference preset_reference(std::string_view preset) {
  (void)take_after(preset, preset.find('('));  // parameters
  PresetReference reference;
  reference.tag = take_after(preset, preset.find('#'));
  const bool is_url = preset.starts_with("https://") || preset.starts_with("http://");
  const std::size_t folder = preset.find("//");
  const std::size_t colon = preset.find(':');
  if (is_url || folder != preset.npos) {
    const std::size_t name = preset.rfind('/') + 1;
    reference.name = without_extension(preset.substr(name));
    // "group/repo//name" is "group/repo:name".
    const bool in_root = !is_url && name == folder + 2;
    reference.place = preset.substr(0, in_root ? folder : name);
  } else {
    reference.place = preset.substr(0, colon);
    reference.name = colon == preset.npos ? "default" : without_extension(preset.substr(colon + 1));
  }
  return reference;
}

bool has_address(std::string_view preset) {
  const std::string place = preset_reference(preset).place;
  return place.find('>') != place.npos || place.find("://") != place.npos;
}

bool is_renovates_default_name(std::string_view preset) {
  return has_address(preset) && preset.find("://") == preset.npos &&
         preset_reference(preset).name == "default";
}

bool names_a_track(std::string_view preset, const std::vector<std::string>& tracks) {
  const PresetReference reference = preset_reference(preset);
  const std::string_view place = reference.place;
  const std::string_view whole = preset.substr(0, preset.find_first_of("(#"));
  const bool says_so = whole.size() > place.size();
  return has_address(preset) && says_so &&
         std::find(tracks.begin(), tracks.end(), reference.name) != tracks.end();
}

bool WantedPreset::is_ours(std::string_view entry) const {
  const PresetReference wanted = preset_reference(preset);
  const PresetReference found = preset_reference(entry);
  if (found.place != wanted.place) return false;
  return found.name == wanted.name ||
         std::find(tracks.begin(), tracks.end(), found.name) != tracks.end();
}

std::string WantedPreset::in_place_of(std::string_view entry) const {
  const std::string tag = preset_reference(entry).tag;
  const bool keeps = preset_reference(preset).tag.empty() && tag.size() > 1;
  if (!keeps) return preset;
  const bool has_parameters = preset.find('(') != preset.npos;
  const bool is_url = preset.find("://") != preset.npos;
  return has_parameters || is_url ? preset : preset + tag;
}

}  // namespace buildable::apply
