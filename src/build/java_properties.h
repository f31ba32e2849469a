// Java properties as the Rust crate java-properties 2.0.0 reads them: Heroku's JVM buildpacks read
// system.properties and project/build.properties with it. https://docs.rs/java-properties/2.0.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace buildable::build {

struct Property {
  std::string value;  // blanks at its end belong to it
  int line = 0;       // 1-based, where the logical line begins
};
using Properties = std::map<std::string, Property, std::less<>>;  // of two with one key the last

struct PropertiesError {
  std::string message;  // "\u is not followed by four hexadecimal digits"
  int line = 0;
};

// The text is Windows-1252, or what its byte order mark says. Everything but a broken \uXXXX escape
// can be read; one in a comment counts.
tl::expected<Properties, PropertiesError> read_java_properties(std::string_view bytes);

}  // namespace buildable::build
