// Private to src/version: prereleases in the spellings that bots see, as patterns.
#pragma once

#include <string>
#include <string_view>

#include "version/version.h"

namespace buildable {

// How bots see a prerelease: numbers, a word and a count, joined in the ways of the scheme's
// sources (tags of images, manifests of versions, upstream's own).
struct Prerelease {
  std::string numbers;  // "1.22.0"
  std::string word;     // "rc"
  std::string count;    // "1", "1.25451.107"; may be empty
};
Prerelease split_prerelease(const Version& version);

// The text as a pattern that matches it and nothing else.
std::string escaped(std::string_view text);

// The pattern without the count, one function for each way to write it.
std::string plain_stem(const Version& version, const Prerelease& parts);
std::string go_stem(const Version& version, const Prerelease& parts);
std::string python_stem(const Version& version, const Prerelease& parts);
std::string composer_stem(const Version& version, const Prerelease& parts);
std::string ruby_stem(const Version& version, const Prerelease& parts);
std::string java_stem(const Version& version, const Prerelease& parts);

}  // namespace buildable
