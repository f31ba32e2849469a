#include "app/settings.h"

#include "rules/toml_codec.h"

namespace buildable {

Result<Config> parse_config(std::string_view toml, std::string_view file) {
  return from_toml<Config>(toml, file);
}

}  // namespace buildable
