// buildable.toml: the settings of one place of use (schemas/config.schema.json).
#pragma once

#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/result.h"

namespace buildable {

struct Config {
  std::string track;     // instead of the platform's default track
  std::string base_url;  // where the generated tree will be reachable
};

template <>
struct Fields<Config> {
  static constexpr auto list() {
    return std::tuple{optional("track", &Config::track), optional("base_url", &Config::base_url)};
  }
};

Result<Config> parse_config(std::string_view toml, std::string_view file);

}  // namespace buildable
