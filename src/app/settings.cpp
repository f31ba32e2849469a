#include "app/settings.h"

#include "rules/toml_codec.h"

namespace buildable::app {

Result<Settings> parse_settings(std::string_view toml, std::string_view file) {
  auto settings = from_toml<Settings>(toml, file);
  if (!settings) return settings;
  if (settings->max_age < 0)
    return fail(Diagnostic{
        .message = "max_age is a number of days, not " + std::to_string(settings->max_age),
        .file = std::string(file),
        .path = "max_age",
        .hint = "write 7, or leave it out"});
  settings->file = file;
  settings->was_read = true;
  return settings;
}

}  // namespace buildable::app
