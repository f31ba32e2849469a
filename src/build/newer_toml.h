// TOML 1.1 (https://toml.io/en/v1.1.0), which some build tools read and our own reader does not.
#pragma once

#include <string_view>

namespace buildable::build {

// Whether a text that is not TOML 1.0 may be TOML 1.1: it has what only that has, or what looks so.
// Inline tables over several lines or with a comma at the end, "\e", "\x41", times without seconds.
bool may_be_newer_toml(std::string_view text);

}  // namespace buildable::build
