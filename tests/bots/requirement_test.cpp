// Ignore conditions as the ecosystems read them.
#include "bots/requirement.h"

#include "bots/support.h"

using namespace buildable;
using namespace buildable::bots;

namespace {

using G = DependabotGrammar;
using R = Requirement::Reading;

}  // namespace

TEST_CASE("requirements of each ecosystem: what they match, and what GitHub refuses") {
  struct Case {
    G grammar;
    Scheme scheme;
    const char* text;
    R reading;
    const char* finals;  // of the set, where there is one
  };
  const Case cases[] = {
      {G::gem, Scheme::pep440, ">= 3.15.a", R::versions, "[3.15, *)"},
      {G::gem, Scheme::pep440, ">= 3.15", R::versions, "[3.15, *)"},
      {G::gem, Scheme::pep440, "< 3.10", R::versions, "[*, 3.10)"},
      {G::gem, Scheme::pep440, ">= 3.14.5.a, < 3.15.a", R::versions, "[3.14.5, 3.15)"},
      {G::gem, Scheme::semver, ">= 23.a, < 24.a", R::versions, "[23.0.0, 24.0.0)"},
      {G::gem, Scheme::semver, "~> 22.1", R::versions, "[22.1.0, 23.0.0)"},
      {G::gem, Scheme::semver, "~> 22.1.4", R::versions, "[22.1.4, 22.2.0)"},
      {G::gem, Scheme::semver, "~> 22", R::versions, "[22.0.0, 23.0.0)"},
      {G::gem, Scheme::semver, "22.1.0", R::versions, "{22.1.0}"},
      {G::gem, Scheme::semver, "> 22.1.0", R::versions, "[22.1.1, *)"},
      {G::gem, Scheme::semver, ">= 25, < 24", R::nothing, ""},
      {G::gem, Scheme::semver, "23.x", R::nothing, ""},
      {G::gem, Scheme::semver, "= 23.x", R::nothing, ""},
      {G::gem, Scheme::semver, "23.*", R::unreadable, ""},
      {G::gem, Scheme::semver, "^23", R::unreadable, ""},
      {G::gem, Scheme::semver, ">= 22 < 24", R::unreadable, ""},
      {G::gem, Scheme::semver, "[23,)", R::unreadable, ""},
      {G::dotnet_sdk, Scheme::dotnet, "10.*", R::unreadable, ""},
      {G::npm, Scheme::semver, "23.x", R::versions, "[23.0.0, 24.0.0)"},
      {G::npm, Scheme::semver, ">= 25.a", R::versions, "[25.0.0, *)"},
      {G::npm, Scheme::semver, "^23 || >=25", R::versions, "[23.0.0, 24.0.0) | [25.0.0, *)"},
      {G::npm, Scheme::semver, "banana", R::unknown, ""},
      {G::conda, Scheme::pep440, ">=3.15.0a0", R::versions, "[3.15.0, *)"},
      {G::conda, Scheme::pep440, ">=3.14,<4", R::versions, "[*, *)"},
      {G::maven, Scheme::maven, "[1.12.0-alpha,)", R::versions, "[1.12.0, *)"},
      {G::maven, Scheme::maven, "(,1.3)", R::versions, "[*, 1.3)"},
      {G::maven, Scheme::maven, "4.x", R::nothing, ""},
      {G::cargo, Scheme::semver, ">= 2", R::unknown, ""},
      {G::gem, Scheme::semver, "", R::unknown, ""},
  };
  for (const Case& it : cases) {
    CAPTURE(it.text);
    const Requirement found = read_requirement(it.grammar, it.scheme, it.text);
    CHECK(found.reading == it.reading);
    if (it.reading != R::versions) continue;
    CAPTURE(to_string(found.set));
    CHECK(found.set.finals_only() == parse_set(it.scheme, it.finals)->finals_only());
  }
}

TEST_CASE("what is emitted is read as what it was made of") {
  for (const G grammar : {G::gem, G::npm}) {
    for (const char* text : {"[22.0.0, 22.22.0) | [24.0.0, 24.15.0)", "[20.0.0, *)", "none",
                             "[18.0.0, 19.0.0) | {22.1.0} | [24.0.0, 26.1.0)"}) {
      const VersionSet set = *parse_set(Scheme::semver, text);
      VersionSet ignored = VersionSet::none(Scheme::semver);
      for (const std::string& range : to_dependabot(set, grammar, 1).versions) {
        CAPTURE(range);
        const Requirement found = read_requirement(grammar, Scheme::semver, range);
        CHECK(found.reading == R::versions);
        ignored = ignored.unite(found.set);
      }
      CAPTURE(text);
      CHECK_FALSE(ignored.finals_only().intersects(set.finals_only()));
    }
  }
}
