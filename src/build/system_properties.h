// system.properties of the application's root, which all of Heroku's JVM buildpacks read.
#pragma once

#include <optional>

#include "build/answer.h"
#include "build/files.h"
#include "build/java_properties.h"

namespace buildable::build {

inline constexpr std::string_view system_properties_file = "system.properties";

struct SystemProperties {
  Properties properties;                 // empty where there is no file
  std::optional<PropertiesError> error;  // the file cannot be read as properties
  bool known = true;                     // false: it is there, its text is not known

  const Property* find(std::string_view key) const;
};
SystemProperties read_system_properties(const Files& files);

// Why a buildpack cannot go on with what was read; nothing where it can. `name` is its own word for
// that ("ReadSystemPropertiesError").
std::optional<Answer> refusal(const SystemProperties& read, std::string_view runtime,
                              std::string_view name);

}  // namespace buildable::build
