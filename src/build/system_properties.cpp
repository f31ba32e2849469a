#include "build/system_properties.h"

#include "base/text.h"

namespace buildable::build {

const Property* SystemProperties::find(std::string_view key) const {
  const auto at = properties.find(key);
  return at == properties.end() ? nullptr : &at->second;
}

SystemProperties read_system_properties(const Files& files) {
  const SourceFile* file = files.find(system_properties_file);
  if (!file) return {};
  if (!file->known) return {.properties = {}, .error = {}, .known = false};
  auto read = read_java_properties(file->text);
  if (!read) return {.properties = {}, .error = std::move(read.error())};
  return {.properties = std::move(*read), .error = {}};
}

std::optional<Answer> refusal(const SystemProperties& read, std::string_view runtime,
                              std::string_view name) {
  const std::string id(runtime);
  if (!read.known)
    return unknown(id, "file-not-read", {system_properties_file}, "system.properties was not read");
  if (!read.error) return std::nullopt;
  return fails(id, "jvm-system-properties", std::string(name),
               {system_properties_file, read.error->line},
               "system.properties is not a properties file: " + read.error->message,
               "write \\\\ where a backslash is meant");
}

}  // namespace buildable::build
