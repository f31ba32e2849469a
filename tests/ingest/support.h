// What the tests of ingest share.
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"
#include "model/rules.h"
#include "support/files.h"

namespace buildable::testing {

using namespace ingest;

inline std::string ingest_file(std::string_view name) {
  return read_file(test_data("ingest") / name);
}

// The tracks of Toolforge's rules.
inline PlatformRules three_tracks() {
  PlatformRules platform{.id = "toolforge", .default_track = "default"};
  platform.tracks = {
      {.name = "default", .builder_key = "builder", .runner_key = "runner"},
      {.name = "latest", .builder_key = "latestBuilder", .runner_key = "latestRunner"},
      {.name = "deprecated",
       .builder_key = "deprecatedBuilder",
       .runner_key = "deprecatedRunner",
       .valid_until_key = "deprecatedValidUntil"},
  };
  return platform;
}

// A good text with one piece replaced; the piece has to be there.
inline std::string with(const std::string& text, std::string_view piece, std::string_view by) {
  std::size_t at = text.find(piece);
  REQUIRE_MESSAGE(at != std::string::npos, "the test's piece is not in the text: " << piece);
  return text.substr(0, at) + std::string(by) + text.substr(at + piece.size());
}

// Checks that a result is an error that says `words` somewhere.
template <class T>
void check_error(const Result<T>& result, std::string_view words) {
  REQUIRE(!result.has_value());
  std::string text = Error(result.error()).in_file("file").to_text();
  CHECK_MESSAGE(text.find(words) != std::string::npos, "said: " << text);
}

}  // namespace buildable::testing
