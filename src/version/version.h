// Versions. Order belongs to a scheme, not to a text: "1.10" and "1.9", "3.0a1" and "3.0", "8u442"
// and "1.8.0_442" compare differently under different schemes. So a Version is made by a scheme and
// has no operator<; `order` compares two versions of one scheme.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable {

enum class Scheme : std::uint8_t {
  pep440,  // Python: PEP 440
  semver,  // Node.js and the npm world: SemVer 2.0.0 in npm's dialect (leading "v" or "=" allowed)
  go,      // "1.22rc1", "1.21", "go1.24.2": release numbers, then beta/rc
  java,  // "1.8.0_442" = "8u442" = 8.0.442; "21.0.2", "25", "11.0.14.1", "21.0.8+9.0.LTS", "26-ea"
  dotnet,    // .NET SDK: SemVer with feature bands, "10.0.100-rc.1.25451.107"
  composer,  // PHP and Composer: stability dev < alpha < beta < RC < stable < patch
  ruby,    // Gem::Version; "3.4.0-preview1" is "3.4.0.preview1", which Gem reads as ".pre.preview1"
  maven,   // Maven's ComparableVersion, zeros before any qualifier dropped; also sbt and Gradle
  docker,  // image tag: numbers, then a word, then "-suffix"
};

std::string_view name_of(Scheme scheme);

// The longest text that is taken for a version; longer ones are an error, never a crash.
inline constexpr std::size_t max_version_length = 200;

// One version of one scheme. Immutable. Numbers may have any length.
//
// `key` is an encoding whose bytewise order is the scheme's order: versions that the scheme calls
// equal ("1.0" and "1.0.0" in PEP 440, "17" and "17.0.0" in Java) have equal keys. Everything that
// orders or stores sets works on keys.
class Version {
 public:
  static Result<Version> parse(Scheme scheme, std::string_view text);

  Scheme scheme() const { return scheme_; }
  // The scheme's own spelling; parses back to an equal version. May differ from the text parsed
  // ("v22.1.0" gives "22.1.0", "8u442" gives "8.0.442").
  const std::string& text() const { return text_; }
  const std::string& key() const { return key_; }
  bool is_prerelease() const { return prerelease_; }
  // The release numbers as decimal text without leading zeros, as many as were written:
  // "3.14" gives {"3","14"}, "1.8.0_442" gives {"8","0","442"}. Never empty.
  std::vector<std::string> release() const;

  friend bool operator==(const Version& a, const Version& b) {
    return a.scheme_ == b.scheme_ && a.key_ == b.key_;
  }

 private:
  Version(Scheme scheme, std::string text, std::string key, bool prerelease)
      : scheme_(scheme), prerelease_(prerelease), text_(std::move(text)), key_(std::move(key)) {}
  friend struct VersionParts;

  Scheme scheme_;
  bool prerelease_;
  std::string text_;
  std::string key_;
};

// The scheme's order. Precondition: a and b are of one scheme.
std::strong_ordering order(const Version& a, const Version& b);

// A function object for sorting and for ordered containers.
struct ByOrder {
  bool operator()(const Version& a, const Version& b) const { return order(a, b) < 0; }
};

// How many numbers a complete release of the scheme has: 3, as in "3.14.2". A text with fewer is
// *partial* and names a series: every version that begins with these numbers. Java is the exception
// that buildpacks and bots make: a lone major ("25", "1.8", "8") is partial, anything longer is
// not. Docker tags and Maven versions are never partial.
bool is_partial(const Version& version);

// What a text under `pins` and on command lines names: one version, or a series of them.
// "3.14", "3.14.x", "3.14.*", "v22", "go1.24" are series; "3.14.2" is a version.
struct Named {
  std::vector<std::string> series;  // the numbers of the series; empty for an exact version
  std::optional<Version> exact;
};
Result<Named> parse_named(Scheme scheme, std::string_view text);

}  // namespace buildable
