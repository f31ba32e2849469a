// Pools of versions that lie close to one another, and random sets of them, for the properties of
// sets. The seed is fixed: a failure repeats.
#pragma once

#include <array>
#include <random>
#include <string>
#include <vector>

#include "scheme_cases.h"
#include "version/set.h"

namespace buildable {

constexpr std::array every_scheme = {Scheme::pep440, Scheme::semver, Scheme::go,
                                     Scheme::java,   Scheme::dotnet, Scheme::composer,
                                     Scheme::ruby,   Scheme::maven,  Scheme::docker};

// What may follow a release's numbers, neighbours in the scheme's order among them.
inline Texts suffixes(Scheme scheme) {
  switch (scheme) {
    case Scheme::pep440:
      return {"",
              ".dev0",
              ".dev1",
              ".dev1+x",
              "a0.dev0",
              "a0",
              "a1.dev0",
              "a1.dev2",
              "a1",
              "a1+x",
              "a1+1",
              "a1.post0",
              "a1.post1",
              "a1.post0.dev0",
              "a1.post1.dev0",
              "b1",
              "rc1",
              "rc2.dev0",
              "+x",
              "+1",
              ".post0",
              ".post1",
              ".post0.dev0",
              ".post0.dev1",
              ".post1.dev0",
              ".post2",
              ".post2.dev0",
              ".post1+x"};
    case Scheme::semver:
    case Scheme::dotnet:
      return {"",     "-0",     "-0.0", "-1",   "-1.0", "--",    "-a",
              "-a.0", "-a.0.0", "-a.a", "-a.1", "-aa",  "-rc.1", "-rc.2"};
    case Scheme::go:
      return {"", "alpha0", "alpha1", "beta0", "beta1", "rc0", "rc1", "rc2", "rc3"};
    case Scheme::java:
      return {"", "-alpha", "-alpha0", "-beta", "-ea", "-ea0", "-ea1", "-ea2", "-rc", "-snapshot9"};
    case Scheme::composer:
      return {
          "",          "-dev",       "-alpha-dev",  "-alpha",      "-alpha0-dev",   "-alpha0",
          "-alpha1",   "-beta2",     "-RC1-dev",    "-RC1",        "-RC1.0-dev",    "-RC1.0",
          "-RC2",      "-patch-dev", "-patch",      "-patch0-dev", "-patch0",       "-patch0.0-dev",
          "-patch0.0", "-patch1",    "-patch1-dev", "-patch1.0",   "-patch1.0-dev", "-patch2"};
    case Scheme::ruby:
      return {"", ".a", ".a.0.a", ".a.a", ".a.0.1", ".a.1", ".b", ".rc1", ".rc2", ".rc1.a"};
    case Scheme::maven:
      return {"",     "-alpha",     "-a1",   "-alpha-2", "-alpha-sp", "-alpha-1-beta",
              "-rc1", "-SNAPSHOT",  "-sp",   "-sp-sp",   "-sp-alpha", "-sp1",
              "-foo", "-foo-alpha", "-foo1", "-1",       "-1-alpha",  "-0.1",
              "-1-sp"};
    case Scheme::docker:
      return {"",     "a",     "a-0", "a0",   "rc1",    "rc1-0", "rc1-slim", "-rc2-slim", "-0",
              "-0-0", "-slim", "_7",  "_7-0", "_7-jre", "_7.1",  "u442",     "-preview1"};
  }
  return {};
}

inline Texts releases(Scheme scheme) {
  const bool discrete =
      scheme == Scheme::semver || scheme == Scheme::dotnet || scheme == Scheme::go;
  if (discrete)
    return {"0.0.0",
            "0.0.1",
            "0.0.2",
            "0.1.0",
            "1.0.0",
            "1.0.9",
            "1.0.10",
            "1.9.0",
            "2.0.0",
            "2.0.99999999999999999999999999999999999999",
            "2.0.100000000000000000000000000000000000000",
            "9.0.0",
            "10.0.0"};
  return {"0",
          "0.0.1",
          "0.1",
          "1",
          "1.0.0.1",
          "1.0.1",
          "1.0.2",
          "1.9",
          "1.10",
          "2",
          "2.0.1",
          "2.99999999999999999999999999999999999999",
          "2.100000000000000000000000000000000000000",
          "9",
          "10"};
}

inline std::vector<Version> pool(Scheme scheme) {
  std::vector<Version> versions;
  for (std::string_view release : releases(scheme))
    for (std::string_view suffix : suffixes(scheme))
      versions.push_back(version(scheme, std::string(release) + std::string(suffix)));
  return versions;
}

class SetGenerator {
 public:
  explicit SetGenerator(Scheme scheme) : scheme_(scheme), versions_(pool(scheme)) {}

  const std::vector<Version>& versions() const { return versions_; }

  std::size_t below(std::size_t count) {
    return std::uniform_int_distribution<std::size_t>(0, count - 1)(random_);
  }

  const Version& any_version() { return versions_[below(versions_.size())]; }

  Cut any_cut() { return {any_version(), static_cast<Cut::Side>(below(3))}; }

  std::optional<Cut> any_bound() {
    if (below(8) == 0) return {};
    return any_cut();
  }

  VersionSet any_set() {
    VersionSet set = VersionSet::none(scheme_);
    for (std::size_t parts = below(5); parts > 0; --parts) set = set.unite(any_part());
    return below(4) == 0 ? set.complement() : set;
  }

 private:
  VersionSet any_part() {
    switch (below(4)) {
      case 0:
        return VersionSet::of(any_version());
      case 1:
        return VersionSet::series(scheme_, any_version().release());
      case 2:
        return VersionSet::finals_between(scheme_, any_bound(), any_bound());
      default:
        return VersionSet::prereleases_between(scheme_, any_bound(), any_bound());
    }
  }

  Scheme scheme_;
  std::vector<Version> versions_;
  std::mt19937 random_{20260514};
};

}  // namespace buildable
