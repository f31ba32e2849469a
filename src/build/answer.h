// What a build does with a repository: of one possible state of the builder, and of all of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace buildable::build {

enum class Outcome : std::uint8_t { builds, fails, unknown };
std::string_view name_of(Outcome outcome);

// What one buildpack makes of one runtime or package manager, in one state of the builder.
struct Answer {
  std::string runtime;  // id of the rules: "python", "npm"
  Outcome outcome = Outcome::unknown;
  // Installed, as the buildpack spells it: "3.1.4-jruby-9.4.8.0", "1.8.0_482". Empty: not known, or
  // the build ignores what is written.
  std::string version;
  // The version is not known to exist yet: it builds once it is released.
  bool awaited = false;
  std::string rule;    // stable id for programs: "python-version-file"
  std::string error;   // the buildpack's own name for what failed: "MultipleVersions"
  std::string file;    // that decided or that is wrong; empty: none, a default
  int line = 0;        // 1-based; 0: the file as a whole
  std::string reason;  // one sentence in plain words, without a final full stop
  std::string help;    // what to do, likewise: "keep one line, for example 3.13"
};

// Where in a repository something stands, for the makers below.
struct Place {
  std::string_view file;
  int line = 0;
};

inline Answer builds(std::string runtime, std::string rule, std::string version, Place place,
                     std::string reason) {
  return {.runtime = std::move(runtime),
          .outcome = Outcome::builds,
          .version = std::move(version),
          .rule = std::move(rule),
          .file = std::string(place.file),
          .line = place.line,
          .reason = std::move(reason)};
}

inline Answer fails(std::string runtime, std::string rule, std::string error, Place place,
                    std::string reason, std::string help) {
  return {.runtime = std::move(runtime),
          .outcome = Outcome::fails,
          .rule = std::move(rule),
          .error = std::move(error),
          .file = std::string(place.file),
          .line = place.line,
          .reason = std::move(reason),
          .help = std::move(help)};
}

inline Answer unknown(std::string runtime, std::string rule, Place place, std::string reason,
                      std::string help = {}) {
  return {.runtime = std::move(runtime),
          .outcome = Outcome::unknown,
          .rule = std::move(rule),
          .file = std::string(place.file),
          .line = place.line,
          .reason = std::move(reason),
          .help = std::move(help)};
}

// Of what a forecast says; the files that it quotes hold texts of any length.
inline constexpr std::size_t longest_sentence = 1000;
inline constexpr std::size_t longest_named_version = 400;

// The answers of all states that the builder may be in, merged. All build or all fail: so does
// this; else the outcome is unknown and the reason says how the states differ.
struct Forecast {
  std::string runtime;  // empty: no buildpack takes part at all
  Outcome outcome = Outcome::unknown;
  std::vector<std::string> versions;  // the distinct ones, by state, oldest first
  bool awaited = false;
  std::string rule;
  std::string error;
  std::string file;
  int line = 0;
  std::string reason;
  std::string help;
};

}  // namespace buildable::build
