// OpenJDK versions as heroku/jvm reads them from 5.0.0 on: buildpacks/jvm/src/openjdk_version.rs
// and openjdk_artifact.rs of heroku/buildpacks-jvm. They are neither JEP 322's order nor Java's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace buildable::build {

struct OpenJdkVersion {
  bool legacy = false;  // "1.8.0_442", "8u442": a major and an update
  std::uint32_t major = 0;
  // After the major, without zeros at the end: "17.0" is 17. What follows the numbers ("-ea",
  // "+13") is read and never compared.
  std::vector<std::uint32_t> rest;

  // A version of the old kind never equals one of the new: 8.0.442 is not 1.8.0_442.
  friend bool operator==(const OpenJdkVersion&, const OpenJdkVersion&) = default;
};

// What the buildpack's parser took no more of; `code` is its name for what it wanted there.
struct OpenJdkVersionError {
  std::string input;
  std::string code;  // "Digit", "Eof"; "panic": the buildpack ends itself
};

struct ParsedOpenJdkVersion {
  std::optional<OpenJdkVersion> version;
  OpenJdkVersionError error;  // where there is no version
};
ParsedOpenJdkVersion parse_openjdk_version(std::string_view text);

// The value of java.runtime.version.
struct OpenJdkRequirement {
  std::string_view distribution;        // before the first hyphen; may be empty
  bool distributed = false;             // there is a hyphen
  std::string_view text;                // the version as written
  std::optional<std::uint32_t> series;  // a lone number: the newest of that major
  ParsedOpenJdkVersion exact;           // else
};
OpenJdkRequirement parse_openjdk_requirement(std::string_view value);

// "8.0.442" of the scheme is "1.8.0_442" to the buildpack; others keep their spelling.
std::string openjdk_spelling(std::string_view version);

}  // namespace buildable::build
