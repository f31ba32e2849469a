// Renovate's configuration in a repository: our preset into its `extends` and out of it again.
// Texts in, texts out; comments, order, indentation, quotes and line ends stay.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "apply/preset_reference.h"
#include "base/result.h"

namespace buildable {

// The files where Renovate looks for its configuration; it takes the first that is there, and the
// last one, package.json, only if that has it.
std::span<const std::string_view> renovate_config_names();

// Whether Renovate takes the file, which has one of those names, for its configuration.
bool is_renovate_config(std::string_view name, std::string_view text);

// What a repository without any gets, as renovate.json.
std::string new_renovate_config(std::string_view preset);

// Our preset becomes the last of `extends`, so that it goes before those ahead of it; where it
// stands already, of whatever track or tag, it is replaced in its place. The same text where
// nothing is to do. Fails on a text that is not JSON5, or whose `extends` is neither a list of
// strings nor a string: nothing is to be written then.
Result<std::string> with_renovate_preset(std::string_view text, std::string_view file,
                                         const WantedPreset& wanted);

// The reverse; an `extends` with nothing else in it goes, too, where it is written as above.
// Nothing: the file holds only what new_renovate_config wrote, and is to be removed.
Result<std::optional<std::string>> without_renovate_preset(std::string_view text,
                                                           std::string_view file,
                                                           const WantedPreset& wanted);

}  // namespace buildable
