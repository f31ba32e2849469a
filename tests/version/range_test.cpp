// The range grammars by tables: what each form admits and refuses, and why.
#include "version/range.h"

#include <doctest/doctest.h>

using namespace buildable;

namespace {

using Words = std::vector<std::string>;

struct Case {
  Scheme scheme;
  const char* range;
  Words admitted;
  Words refused;
  const char* why;
};

Version version(Scheme scheme, const std::string& text) {
  const auto parsed = Version::parse(scheme, text);
  REQUIRE_MESSAGE(parsed, text);
  return *parsed;
}

void expect(const VersionSet& set, Scheme scheme, const Words& admitted, const Words& refused) {
  for (const std::string& text : admitted) CHECK_MESSAGE(set.contains(version(scheme, text)), text);
  for (const std::string& text : refused) CHECK_MESSAGE(!set.contains(version(scheme, text)), text);
}

void hold(Grammar grammar, const std::vector<Case>& cases) {
  for (const Case& row : cases) {
    CAPTURE(row.range);
    CAPTURE(row.why);
    const auto set = parse_range(grammar, row.scheme, row.range);
    REQUIRE_MESSAGE(set, (set ? std::string() : set.error().to_text()));
    expect(*set, row.scheme, row.admitted, row.refused);
  }
}

void refuse(Grammar grammar, Scheme scheme, const Words& ranges) {
  for (const std::string& range : ranges) {
    CAPTURE(range);
    const auto set = parse_range(grammar, scheme, range);
    REQUIRE(!set);
    CHECK(set.error().message().find(std::string(name_of(grammar)) + " range") !=
          std::string::npos);
    CHECK(!set.error().diagnostics().front().hint.empty());
  }
}

constexpr Scheme semver = Scheme::semver, pep440 = Scheme::pep440, ruby = Scheme::ruby,
                 composer = Scheme::composer, go = Scheme::go, maven = Scheme::maven;

}  // namespace

TEST_CASE("grammars have names, and only their own") {
  for (const char* name : {"npm", "pep440", "poetry", "ruby", "composer", "cargo", "maven"}) {
    const auto grammar = grammar_named(name);
    REQUIRE(grammar);
    CHECK(name_of(*grammar) == name);
  }
  CHECK(!grammar_named("Npm"));
  CHECK(!grammar_named(""));
}

TEST_CASE("npm ranges") {
  hold(
      Grammar::npm,
      {
          {semver, "26.x", {"26.0.0", "26.7.3"}, {"25.9.9", "27.0.0", "26.0.0-rc.1"}, "x is open"},
          {semver, ">=22.12.0 <23", {"22.12.0", "22.99.0"}, {"22.11.9", "23.0.0"}, "both hold"},
          {semver, "^20.19.0 || >=22.12.0", {"20.19.0", "30.0.0"}, {"21.0.0", "22.11.0"}, "either"},
          {semver, "v20", {"20.1.2"}, {"21.0.0"}, "as in .nvmrc"},
          {semver, "22.20", {"22.20.0", "22.20.9"}, {"22.21.0"}, "partial is an x-range"},
          {semver, "~1.2.3", {"1.2.3", "1.2.9"}, {"1.3.0", "1.2.2"}, "tilde keeps the minor"},
          {semver, "~1", {"1.9.0"}, {"2.0.0"}, "tilde of a major keeps the major"},
          {semver, "^0.2.3", {"0.2.9"}, {"0.3.0"}, "caret keeps the first number that is not zero"},
          {semver, "^0.0.3", {"0.0.3"}, {"0.0.4"}, "caret of 0.0.x is exact"},
          {semver, "1.2 - 2.3", {"1.2.0", "2.3.9"}, {"2.4.0", "1.1.9"}, "a partial end is whole"},
          {semver, ">1.2", {"1.3.0"}, {"1.2.9"}, "above all of 1.2"},
          {semver, "<=1.2", {"1.2.9"}, {"1.3.0"}, "up to all of 1.2"},
          {semver, "", {"1.0.0"}, {"1.0.0-rc.1"}, "any, which is not a prerelease"},
          {semver, "*", {"1.0.0"}, {"1.0.0-rc.1"}, "any"},
          {semver, "x", {"1.0.0"}, {"1.0.0-rc.1"}, "any"},
          {semver, "latest", {"1.0.0"}, {"1.0.0-rc.1"}, "a buildpack takes the tag for any"},
          {semver,
           "^1.2.3-rc.1",
           {"1.2.3-rc.2", "1.2.3", "1.9.0"},
           {"1.2.4-rc.1", "1.2.3-beta"},
           "prereleases of the tuple named only"},
          {semver, ">=1.2.3-rc.1 || 3.x", {"1.2.3-rc.1"}, {"3.0.0-rc.1"}, "each for itself"},
          {semver, "1.2.3+build", {"1.2.3"}, {"1.2.4"}, "build metadata counts for nothing"},
          {semver,
           "99999999999999999999999.x",
           {"99999999999999999999999.1.0"},
           {"100000000000000000000000.0.0"},
           "numbers of any length"},
          {Scheme::dotnet, "~10.0.100", {"10.0.100", "10.0.203"}, {"10.1.100"}, "another scheme"},
      });
}

TEST_CASE("malformed npm ranges are errors") {
  refuse(Grammar::npm, semver,
         {">=20.19 or >=22.12", "lts/*", "1.2.3.4", "01.2.3", "1.2-rc", ">=", "1 |2", "node",
          ">=1.2,<2", "1.2.3-", "1.x.3", "\x01", "==1.2.3", "1.2.3 -"});
}

TEST_CASE("a series has a name where a grammar's files give it one") {
  const std::vector<SeriesName> names = {{"lts/jod", {"22"}}, {"lts/*", {"24"}}};
  const auto jod = parse_range(Grammar::npm, semver, " lts/jod\n", names);
  REQUIRE(jod);
  expect(*jod, semver, {"22.0.0", "22.21.1"}, {"21.9.9", "23.0.0", "22.0.0-rc.1"});
  const auto newest = parse_range(Grammar::npm, semver, "lts/*", names);
  REQUIRE(newest);
  CHECK(*newest == *parse_range(Grammar::npm, semver, "24"));
  CHECK(!parse_range(Grammar::npm, semver, "lts/jod || 24", names));  // the whole text or nothing
  CHECK(!parse_range(Grammar::npm, semver, "lts/iron", names));
}

TEST_CASE("PEP 440 specifiers") {
  hold(Grammar::pep440,
       {
           {pep440,
            ">=3.12,<3.14",
            {"3.12", "3.13.9"},
            {"3.14", "3.14.0", "3.11.9", "3.13.0rc1"},
            "no prerelease unless one is named"},
           {pep440, "==3.14.*", {"3.14", "3.14.2"}, {"3.15", "3.14.0rc1", "3.1.4"}, "a series"},
           {pep440, "==3.14", {"3.14.0", "3.14+deb1"}, {"3.14.1"}, "zeros and locals are the same"},
           {pep440, "==3.14+deb1", {"3.14+deb1"}, {"3.14"}, "a local named is that one only"},
           {pep440, "~=3.12.1", {"3.12.1", "3.12.9"}, {"3.13.0", "3.12.0"}, "keeps the minor"},
           {pep440, "~=3.12", {"3.13", "3.99"}, {"4.0", "3.11"}, "keeps the major"},
           {pep440, "!=3.13.0,>=3.13", {"3.13.1"}, {"3.13.0", "3.13"}, "one left out"},
           {pep440, "!=3.13.*", {"3.12", "3.14"}, {"3.13.4"}, "a series left out"},
           {pep440, "===3.14.1", {"3.14.1"}, {"3.14.2"}, "identity"},
           {pep440,
            ">3.13",
            {"3.13.1", "3.14"},
            {"3.13", "3.13.post1", "3.13+deb1"},
            "neither its post releases nor its locals"},
           {pep440, ">3.13.post1", {"3.13.post2"}, {"3.13.post1"}, "unless it names one"},
           {pep440,
            ">3.14a1",
            {"3.14a2", "3.14"},
            {"3.14a1", "3.14a1.post1"},
            "posts of a1 are out"},
           {pep440, "<=3.14", {"3.14", "3.14+deb1"}, {"3.14.post1"}, "its locals are in"},
           {pep440, "<3.14", {"3.13.9"}, {"3.14", "3.14rc1"}, "nor its prereleases"},
           {pep440, "<3.14rc2", {"3.14rc1", "3.13.0a1"}, {"3.14rc2"}, "unless it names one"},
           {pep440,
            ">=3.14.0a1,<3.15",
            {"3.14.0a1", "3.14.2rc1"},
            {"3.15", "3.15.0a1"},
            "one prerelease named lets all in"},
           {pep440, ">=1!2.0", {"1!2.1"}, {"3.0"}, "epochs"},
           {pep440, "==1!2.*", {"1!2.1"}, {"2.1", "1!3.0"}, "epochs"},
           {pep440, "", {"3.14"}, {"3.14rc1"}, "no specifier, any final"},
           {pep440, ">=3.12,", {"3.12"}, {"3.11"}, "a comma too many"},
       });
  refuse(
      Grammar::pep440, pep440,
      {"3.14", "^3.12", "~=3", ">=3.14.*", "==3.14rc1.*", ">=3.14+deb1", "=>3.12", "==", "> 3 4"});
}

TEST_CASE("Poetry constraints") {
  hold(Grammar::poetry,
       {
           {pep440, "^3.12", {"3.12", "3.99.1"}, {"4.0", "3.11", "3.13.0rc1"}, "keeps the major"},
           {pep440, "^0.2.3", {"0.2.9"}, {"0.3"}, "keeps the first number that is not zero"},
           {pep440, "~3.12", {"3.12.9"}, {"3.13"}, "keeps the minor"},
           {pep440, "~3", {"3.99"}, {"4.0"}, "keeps the major"},
           {pep440, "~3.12.4", {"3.12.4", "3.12.9"}, {"3.13", "3.12.3"}, "keeps the minor"},
           {pep440, "3.12.*", {"3.12.0", "3.12.7"}, {"3.13"}, "wildcard"},
           {pep440, "3.12", {"3.12.0"}, {"3.12.1"}, "bare is exact"},
           {pep440, ">=3.10, <3.13 || ^3.14", {"3.12", "3.15"}, {"3.13", "4.0"}, "either"},
           {pep440, ">=3.10 <3.13", {"3.12"}, {"3.13"}, "a space joins as well"},
           {pep440, "~=3.12.1", {"3.12.9"}, {"3.13"}, "PEP 440's own"},
           {pep440, ">=3.12.*", {"3.12"}, {"3.11"}, "a wildcard too many is overlooked"},
           {pep440, "*", {"3.12"}, {"3.13rc1"}, "any"},
           {pep440, "^3.14.0rc1", {"3.14.0rc2", "3.15.0a1"}, {"4.0.0a1"}, "a prerelease is named"},
       });
  refuse(Grammar::poetry, pep440,
         {"", "^", "^3.*", "3.12 ||", "=>3.12", "foo", "<>3.12", "^3.12 +"});
}

TEST_CASE("Ruby requirements") {
  hold(
      Grammar::ruby,
      {
          {ruby,
           "~> 3.4",
           {"3.4", "3.99", "3.5.0.preview1"},
           {"4.0", "4.0.0.preview1", "3.4.a"},
           "keeps the major; the prereleases of 4 are out"},
          {ruby, "~> 3.4.0", {"3.4.9"}, {"3.5", "3.5.0.preview1"}, "keeps the minor"},
          {ruby, "~> 3", {"3.9"}, {"4.0"}, "a lone number keeps itself"},
          {ruby, "~> 4.0.0.preview1", {"4.0.0.preview2", "4.0.1"}, {"4.1"}, "from a prerelease on"},
          {ruby,
           ">= 3.2, < 3.5",
           {"3.2", "3.5.0.preview1"},
           {"3.5.0"},
           "prereleases by plain order"},
          {ruby, "3.4.1", {"3.4.1"}, {"3.4.2"}, "bare is exact"},
          {ruby, "= 3.4", {"3.4.0"}, {"3.4.1"}, "zeros that end it count for nothing"},
          {ruby, "!= 3.4.1", {"3.4.0", "3.4.1.rc1"}, {"3.4.1"}, "one left out"},
          {ruby, ">3.4.1", {"3.4.2"}, {"3.4.1", "3.4.1.rc1"}, "no space needed"},
      });
  refuse(Grammar::ruby, ruby, {"", ">=", "^3.4", "==3.4", ">= 3.2,", "latest", ">= 3 < 4"});
}

TEST_CASE("Composer constraints") {
  hold(Grammar::composer,
       {
           {composer,
            "^8.2",
            {"8.2.0", "8.5.9"},
            {"9.0.0", "8.1.9", "8.3.0RC1", "9.0.0-dev"},
            "stable only"},
           {composer, "~8.2", {"8.9.0"}, {"9.0.0", "8.1.0"}, "tilde of two keeps the first"},
           {composer, "~8.2.1", {"8.2.9"}, {"8.3.0", "8.2.0"}, "tilde of three keeps two"},
           {composer, "8.2.*", {"8.2.0", "8.2.99"}, {"8.3.0"}, "wildcard"},
           {composer, "^7.4 || ^8.1", {"7.4.1", "8.5"}, {"7.3", "9.0"}, "either"},
           {composer, "^7.4|^8.1", {"7.4.1", "8.5"}, {"7.3", "9.0"}, "one bar does as well"},
           {composer, ">=8.1 <8.4", {"8.3.30"}, {"8.4.0"}, "a space joins"},
           {composer, ">=8.1,<8.4", {"8.3.30"}, {"8.4.0"}, "so does a comma"},
           {composer, "8.1 - 8.3", {"8.3.99"}, {"8.4.0"}, "a partial end is whole"},
           {composer, "8.1 - 8.3.0", {"8.3.0"}, {"8.3.1"}, "a complete end is not"},
           {composer, "8.2", {"8.2.0"}, {"8.2.1"}, "bare is exact"},
           {composer, "!=8.2.1", {"8.2.2"}, {"8.2.1"}, "one left out"},
           {composer, ">8.2", {"8.2.1"}, {"8.2.0"}, "above the one"},
           {composer, "^8.4@RC", {"8.4.0RC1", "8.5.0RC2"}, {"9.0.0RC1"}, "flagged"},
           {composer, ">=8.5.0RC1", {"8.5.0RC2", "8.5.0"}, {"8.5.0beta1"}, "a prerelease is named"},
           {composer, "@dev", {"8.5.0-dev"}, {}, "any, flagged"},
           {composer, "*", {"8.5.0"}, {"8.5.0RC1"}, "any"},
           {composer, "^0.0.3", {"0.0.3"}, {"0.0.4"}, "caret of 0.0.x"},
           {composer, "8.2.0 as 8.3.0", {"8.2.0"}, {"8.3.0"}, "an alias is for others"},
       });
  refuse(Grammar::composer, composer,
         {"", "~>8.2", "dev-main", "8.2.x-dev", "^8.*", ">=", "8.2 ||", "foo", "=>8.2", "8.2@foo",
          "~ 8.2", "8.2,", "^8.2.3.4.5"});
}

TEST_CASE("Cargo requirements") {
  hold(Grammar::cargo,
       {
           {go, "1.22", {"1.22.0", "1.99.1"}, {"2.0.0", "1.21.9", "1.23rc1"}, "bare is a caret"},
           {go, "=1.21", {"1.21.0", "1.21.13"}, {"1.22.0", "1.21rc2"}, "exact is the series"},
           {go, "go1.23", {"1.23.4"}, {"1.24.0"}, "the buildpack reads Go's spelling as exact"},
           {go, "go1.23.4", {"1.23.4"}, {"1.23.5"}, "exact"},
           {go, "=1.22.0-rc1", {"1.22rc1"}, {"1.22.0", "1.22rc2"}, "a prerelease named"},
           {go, ">=1.22, <1.24", {"1.22.0", "1.23.9"}, {"1.24.0"}, "both hold"},
           {go, "~1.21.4", {"1.21.9"}, {"1.22.0", "1.21.3"}, "tilde keeps the minor"},
           {go, "*", {"1.26.3"}, {"1.26rc1"}, "any"},
           {semver, ">1.2", {"1.3.0"}, {"1.2.9"}, "above all of 1.2"},
           {semver, "<=1.2", {"1.2.9"}, {"1.3.0"}, "up to all of 1.2"},
           {semver, "1.*", {"1.9.0"}, {"2.0.0"}, "wildcard"},
           {semver, "^1.2.3-rc.1", {"1.2.3-rc.2", "1.9.0"}, {"1.2.4-rc.1"}, "of the tuple only"},
       });
  refuse(Grammar::cargo, go,
         {"", "1.22rc1", "go1.22rc1", ">=1.22 <1.24", "1.22,", "v1.22", "01.2", "*, 1", "1.*.3",
          "=1.22.0-", "go", "1.22 || 1.23"});
  refuse(Grammar::cargo, semver, {"go1.23"});
}

TEST_CASE("Maven ranges") {
  hold(Grammar::maven,
       {
           {maven, "[3.9,4)", {"3.9", "3.9.9", "4-alpha-1"}, {"4", "3.8.8"}, "plain order"},
           {maven, "(,3.9]", {"3.9", "1"}, {"3.9.1"}, "no beginning"},
           {maven, "(3.9,)", {"3.9.1"}, {"3.9"}, "no end"},
           {maven, "[3.9.4]", {"3.9.4"}, {"3.9.5"}, "one"},
           {maven, "[1,2),[3,4)", {"1.5", "3"}, {"2", "4"}, "either"},
           {maven, "3.9.4", {"3.9.4"}, {"3.9.5"}, "bare is exact here"},
           {Scheme::java, "[17,22)", {"17.0.9", "21.0.2"}, {"22", "11.0.2"}, "another scheme"},
       });
  refuse(
      Grammar::maven, maven,
      {"", "[1,2", "(1)", "[1,2,3]", "[2,1]", "[1,3),[2,4)", "[1,),[2,3]", "[]", "[1,2) 3", "1,2"});
}

TEST_CASE("rollForward of global.json as the buildpack reads it") {
  constexpr auto old_reading = RollForwardReading::before_0_12;
  constexpr auto new_reading = RollForwardReading::since_0_12;
  struct Row {
    const char* sdk;
    const char* policy;
    RollForwardReading reading;
    Words admitted, refused;
  };
  const std::vector<Row> rows = {
      {"10.0.105", "", new_reading, {"10.0.105", "10.0.199"}, {"10.0.104", "10.0.200"}},
      {"10.0.105", "patch", new_reading, {"10.0.110"}, {"10.0.200", "10.0.110-rc.1"}},
      {"10.0.105", "latestPatch", new_reading, {"10.0.110"}, {"10.0.200"}},
      {"8.0.5", "", new_reading, {"8.0.99"}, {"8.0.100"}},
      {"10.0.105", "latestFeature", new_reading, {"10.0.100", "10.0.300"}, {"10.1.100"}},
      {"9.0.105", "minor", new_reading, {"9.0.105", "9.1.100"}, {"10.0.100", "8.0.100"}},
      {"9.0.105", "latestMajor", new_reading, {"8.0.100", "10.0.100"}, {"10.0.100-rc.1.1"}},
      {"9.0.105", "disable", new_reading, {"9.0.105"}, {"9.0.106"}},
      {"10.0.100-rc.1.25451.107",
       "",
       new_reading,
       {"10.0.100-rc.1.25451.107", "10.0.100-rc.2", "10.0.100", "10.0.103"},
       {"10.0.100-preview.7", "10.0.101-rc.1", "10.0.200"}},
      {"9.0.105", "", old_reading, {"9.0.105", "9.1.100"}, {"9.0.104", "10.0.100"}},
      {"9.0.105", "latestPatch", old_reading, {"9.0.300"}, {"9.1.100", "9.0.104"}},
      {"9.0.105", "unheard-of", old_reading, {"9.1.100"}, {"10.0.100"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.sdk);
    CAPTURE(row.policy);
    const auto set = dotnet_roll_forward(version(Scheme::dotnet, row.sdk), row.policy, row.reading);
    REQUIRE(set);
    expect(*set, Scheme::dotnet, row.admitted, row.refused);
  }
  const Version sdk = version(Scheme::dotnet, "9.0.105");
  CHECK(!dotnet_roll_forward(sdk, "unheard-of", new_reading));
  CHECK(!dotnet_roll_forward(sdk, "Patch", new_reading));
  CHECK(!dotnet_roll_forward(version(Scheme::dotnet, "9.0"), "", new_reading));
}
