// Renovate's configuration in a repository: our preset into its `extends` and out of it again.
// Texts in, texts out; comments, order, indentation, quotes and line ends stay.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "apply/preset_reference.h"
#include "base/result.h"

namespace buildable::apply {

// The files where Renovate looks for its configuration; it takes the first that is there, and the
// last one, package.json, only if that has it.
std::span<const std::string_view> renovate_config_names();

// Whether Renovate takes the file, which has one of those names, for its configuration. A
// package.json that cannot be read but mentions it may be one: the functions below refuse it.
bool is_renovate_config(std::string_view name, std::string_view text);

// What a repository without any gets, as renovate.json.
std::string new_renovate_config(std::string_view preset);

// Our preset becomes the last of `extends`, so that it goes before those ahead of it. Where it
// stands already, of whatever track or tag, it is replaced, and moved behind what is not of the
// same place; in a list with comments it stays where it is (presets_behind_ours). The same text
// where nothing is to do. Fails on a text that is not JSON5, or whose `extends` is neither a list
// of strings nor a string: nothing is to be written then.
Result<std::string> with_renovate_preset(std::string_view text, std::string_view file,
                                         const WantedPreset& wanted);

// The reverse: every byte is what it was before ours was put in. So each kind of text gets a layout
// of its own from above (a string that became a list, an empty list, none, braces with and without
// white space in them), and what a formatter has changed since is taken for a list with an entry.
// Nothing: the file holds only what new_renovate_config wrote, and is to be removed.
Result<std::optional<std::string>> without_renovate_preset(std::string_view text,
                                                           std::string_view file,
                                                           const WantedPreset& wanted);

// The presets that go before ours, since they stand behind it. None where that cannot be told.
std::vector<std::string> presets_behind_ours(std::string_view text, std::string_view file,
                                             const WantedPreset& wanted);

// The entries of `extends` that name a track by their address, and whether there is one that nobody
// but us can have put there.
struct PresetFound {
  std::vector<std::string> candidates;
  bool is_certain = false;
};
Result<PresetFound> preset_to_remove(std::string_view text, std::string_view file,
                                     const std::vector<std::string>& tracks);

}  // namespace buildable::apply
