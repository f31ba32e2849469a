#include "app/settings.h"

#include "rules/toml_codec.h"

namespace buildable::app {

Result<Settings> parse_settings(std::string_view toml, std::string_view file) {
  auto settings = from_toml<Settings>(toml, file);
  if (settings) settings->file = file;
  return settings;
}

}  // namespace buildable::app
