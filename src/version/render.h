// Sets of versions in the grammars of bots, pins and people.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "version/set.h"

namespace buildable {

// What a renderer made of a set. Where the grammar cannot say the set, the text admits fewer
// releases, never more (it errs toward forbidding), `exact` is false and `remark` says what is
// lost. Ruby's and Maven's ranges take in the prereleases that lie between their bounds; this too
// is not exact. Numbers beyond the third (Java, Maven: the fourth) are not told apart: no release
// has any.
struct Rendered {
  std::string text;
  bool exact = true;
  std::string remark;
};

// What may follow the release in a version's text.
enum class RegexTail : std::uint8_t {
  variants,  // "-slim", "-alpine3.20", "+9.0.LTS": tags of images
  builds,    // "+9.0.LTS": everywhere else
};

// An anchored regular expression over version text for Renovate's allowedVersions, without the
// slashes. It is in the common subset of RE2 and JavaScript: no lookaround, no backreference,
// ASCII.
//
// Admitted: every member in the spellings that bots see ("v22.1.0", "3.13.7-slim",
// "21.0.8+9.0.LTS", "21.0.4_7-jre", "8u442", "1.8.0_442"), and every partial version (`is_partial`)
// under which there is a final member ("3.14", "24"). Not admitted: prereleases that are no
// members, whatever their spelling ("3.14.0rc1", "24.0.0-rc.1", "26-ea"): a suffix that begins with
// one of the words of prereleases (alpha, beta, rc, pre, preview, dev, ea, ...) is not an image
// variant. Prereleases that are members one by one are admitted; a whole span of them ("[~3.15,
// ~3.16)") is not, since no text tells them from variants. An empty set gives "^$".
std::string to_regex(const VersionSet& set, RegexTail tail = RegexTail::variants);

// For pins and people.
Rendered to_npm(const VersionSet& set);
Rendered to_pep440(const VersionSet& set);
Rendered to_ruby(const VersionSet& set);
Rendered to_composer(const VersionSet& set);
Rendered to_maven(const VersionSet& set);

// A set in the grammar that pins of its scheme's versions are written in.
struct PinRange {
  std::string_view grammar;  // empty: such pins take no ranges
  Rendered range;
};
PinRange to_pin_range(const VersionSet& set);

// Dependabot's requirement classes (facts: dependabot-core, per ecosystem).
enum class DependabotGrammar : std::uint8_t {
  gem,  // docker, docker-compose, helm, bundler, devcontainers, github-actions, terraform
  dotnet_sdk,
  rust_toolchain,
  conda,
  npm,
  python,  // pip, uv
  gomod,
  cargo,
  composer,
  maven,  // maven, sbt
  gradle,
  nuget,
};
Result<DependabotGrammar> dependabot_grammar_of(std::string_view ecosystem);

// The `versions` strings that together ignore what is not in the set, one string per range and one
// range per string, each parsed by that ecosystem: one unparsable string voids a user's whole file.
// Prereleases of a forbidden version are forbidden with it (">= 3.15.a").
//
// Holes inside one series (`series_components` numbers) below its newest member are left out:
// upstreams release no patch of 24.11 after 24.15, and a closed inventory would take hundreds of
// entries. The feature bands of the .NET SDK (9.0.1xx, 9.0.3xx) do get patches side by side, and
// count as series of their own. A hole ends where the next series begins, so that its short tags
// ("24", "3.14") stay allowed. `remark` tells what is let through or forbidden beyond the set;
// empty where nothing is.
struct IgnoreVersions {
  std::vector<std::string> versions;
  std::string remark;
};
IgnoreVersions to_dependabot(const VersionSet& set, DependabotGrammar grammar,
                             int series_components);

// The smallest set of whole series, each `components` numbers long, that covers the set: what a
// dependency that counts something coarser may take (.NET runtimes against SDKs).
VersionSet series_hull(const VersionSet& set, int components);

}  // namespace buildable
