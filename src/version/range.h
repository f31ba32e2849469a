// The range grammars that pins are written in. Each parser gives the set of versions that the
// grammar's own implementation accepts, its rule about prereleases included.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "version/set.h"

namespace buildable {

enum class Grammar : std::uint8_t {
  npm,       // node-semver: "||", x-ranges, "~", "^", hyphen; buildpacks/nodejs reads this too
  pep440,    // PEP 440 specifiers joined by commas
  poetry,    // PEP 440 plus "^", "~", wildcards, "||"
  ruby,      // Gem::Requirement, comma joined
  composer,  // Composer: "^", "~", "|", "||", ",", " ", hyphen, "*", "@stability"
  cargo,     // Rust's semver crate: a bare "1.2" is "^1.2"; comma joined
  maven,     // "[1,2)", "(,3]", "[1],[2,)"; a bare version is exact here
};

std::string_view name_of(Grammar grammar);
Result<Grammar> grammar_named(std::string_view name);

// Names that stand for a series in a grammar's files: "lts/jod" is Node.js 22. Data, from rules/.
struct SeriesName {
  std::string name;
  std::vector<std::string> numbers;
};

// `scheme` orders the versions: npm ranges over semver or dotnet, Cargo requirements over go, ...
Result<VersionSet> parse_range(Grammar grammar, Scheme scheme, std::string_view text,
                               const std::vector<SeriesName>& names = {});

// .NET: what global.json's sdk.version and sdk.rollForward let the buildpack take.
// https://learn.microsoft.com/dotnet/core/tools/global-json; the two readings are those of
// heroku/dotnet before and since 0.12.0.
enum class RollForwardReading : std::uint8_t { before_0_12, since_0_12 };
Result<VersionSet> dotnet_roll_forward(const Version& sdk, std::string_view policy,
                                       RollForwardReading reading);

}  // namespace buildable
