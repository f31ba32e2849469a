#include "version/version.h"

#include <string>

#include "scheme_cases.h"

using namespace std::literals;

namespace buildable {
namespace {

constexpr Scheme every_scheme[] = {Scheme::pep440, Scheme::semver, Scheme::go,
                                   Scheme::java,   Scheme::dotnet, Scheme::composer,
                                   Scheme::ruby,   Scheme::maven,  Scheme::docker};

TEST_CASE("every scheme has the name that rules and reports use") {
  CHECK(name_of(Scheme::pep440) == "pep440");
  CHECK(name_of(Scheme::semver) == "semver");
  CHECK(name_of(Scheme::docker) == "docker");
}

TEST_CASE("every scheme refuses what is not a version, and reads zero") {
  for (Scheme scheme : every_scheme) {
    check_bad(scheme,
              {"", " ", "v", ".", "-", "1 2", "1.2 ", "\t1", "1.2\n", "latest", "1.2.", "1/2",
               "\xEF\xBC\x91", "1.2\xE2\x80\xA6", "1\0"sv, "1.2\0.3"sv, "1.2.3-", "$1"});
    CHECK(version(scheme, "0").release() == std::vector<std::string>{"0"});
  }
}

TEST_CASE("numbers and texts of the longest length") {
  for (Scheme scheme : every_scheme) {
    const std::string nines(max_version_length, '9');
    const std::string eights = std::string(max_version_length - 1, '9') + "8";
    CHECK((order(version(scheme, nines), version(scheme, eights)) > 0));
    CHECK((order(version(scheme, nines), version(scheme, "10")) > 0));
    CHECK(version(scheme, version(scheme, nines).text()).release().front() == nines);
    check_bad(scheme, {nines + "9"});
  }
  std::string zeros = "1";
  while (zeros.size() + 2 < max_version_length) zeros += ".0";
  check_equal(Scheme::ruby, {zeros, "1"});
  CHECK((order(version(Scheme::ruby, zeros + "1"), version(Scheme::ruby, "1")) > 0));
  CHECK((order(version(Scheme::ruby, zeros + "a"), version(Scheme::ruby, "1")) < 0));
  CHECK((order(version(Scheme::maven, zeros + "1"), version(Scheme::maven, "1-1")) > 0));
  CHECK((order(version(Scheme::maven, zeros + "1"), version(Scheme::maven, "1.0.1")) < 0));
}

TEST_CASE("an error quotes the text, at most 60 characters of it, and says what to write") {
  const auto bad = Version::parse(Scheme::go, "1.22 \x01\xC3\xA9");
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().message() == "\"1.22 ???\" is not a valid go version");
  CHECK(bad.error().diagnostics().front().hint == "write it like \"1.24.2\"");

  const auto unending = Version::parse(Scheme::semver, std::string(5000, 'x'));
  REQUIRE_FALSE(unending.has_value());
  CHECK(unending.error().message() ==
        "\"" + std::string(60, 'x') + "\"... is too long for a version");
  CHECK(unending.error().diagnostics().front().hint == "at most 200 characters");
  CHECK(Version::parse(Scheme::java, "").error().message() ==
        "an empty text is not a java version");
}

TEST_CASE("partial versions have fewer numbers than the scheme's releases") {
  struct Case {
    Scheme scheme;
    Texts partial;
    Texts complete;
  };
  const Case cases[] = {
      {Scheme::pep440, {"3", "3.14"}, {"3.14.0", "3.14rc1", "3.14.post1", "3.14.dev1", "1!3.14"}},
      {Scheme::semver, {"22", "v22.1"}, {"22.1.0", "22.1.0-rc.1"}},
      {Scheme::go, {"1", "go1.22"}, {"1.22.0", "1.22rc1", "go1.22.1"}},
      {Scheme::java, {"25", "1.8", "8"}, {"25.0", "1.8.0", "8u442", "26-ea", "21.0.2"}},
      {Scheme::dotnet, {"8", "8.0"}, {"8.0.100", "10.0.100-rc.1.25451.107"}},
      {Scheme::composer, {"8", "v8.2"}, {"8.2.1", "8.2-dev", "1.2.3.4", "8.2RC1"}},
      {Scheme::ruby, {"3", "3.4"}, {"3.4.1", "3.4.preview1", "1.2.3.4"}},
      {Scheme::maven, {}, {"3", "3.9", "3.9.9"}},
      {Scheme::docker, {}, {"3", "3.14", "3.14-slim"}},
  };
  for (const Case& c : cases) {
    for (auto text : c.partial)
      CHECK_MESSAGE(is_partial(version(c.scheme, text)), std::string(text));
    for (auto text : c.complete)
      CHECK_MESSAGE(!is_partial(version(c.scheme, text)), std::string(text));
  }
}

TEST_CASE("what pins name: a series") {
  struct Case {
    Scheme scheme;
    std::string_view text;
    std::vector<std::string> series;
  };
  const Case cases[] = {
      {Scheme::pep440, "3.14", {"3", "14"}},
      {Scheme::pep440, "3.14.x", {"3", "14"}},
      {Scheme::pep440, "3.14.*", {"3", "14"}},
      {Scheme::pep440, "3.*.*", {"3"}},
      {Scheme::semver, "v22", {"22"}},
      {Scheme::semver, "22.x", {"22"}},
      {Scheme::semver, "22.X.x", {"22"}},
      {Scheme::semver, "22.1.*", {"22", "1"}},
      {Scheme::go, "go1.24", {"1", "24"}},
      {Scheme::go, "1.24.x", {"1", "24"}},
      {Scheme::java, "25", {"25"}},
      {Scheme::java, "1.8", {"8"}},
      {Scheme::java, "21.0.x", {"21", "0"}},
      {Scheme::dotnet, "8.0.*", {"8", "0"}},
      {Scheme::composer, "8.2.*", {"8", "2"}},
      {Scheme::ruby, "3.4", {"3", "4"}},
      {Scheme::maven, "3.9.x", {"3", "9"}},
      {Scheme::docker, "3.14.x", {"3", "14"}},
  };
  for (const Case& c : cases) {
    INFO(name_of(c.scheme), ": ", c.text);
    const Named named = parse_named(c.scheme, c.text).value();
    CHECK(named.series == c.series);
    CHECK_FALSE(named.exact.has_value());
  }
}

TEST_CASE("what pins name: one version") {
  struct Case {
    Scheme scheme;
    std::string_view text;
    std::string_view own;
  };
  const Case cases[] = {
      {Scheme::pep440, "3.14.2", "3.14.2"},   {Scheme::pep440, "3.14rc1", "3.14rc1"},
      {Scheme::semver, "v22.1.0", "22.1.0"},  {Scheme::go, "go1.24.2", "1.24.2"},
      {Scheme::java, "1.8.0_442", "8.0.442"}, {Scheme::java, "21.0", "21.0"},
      {Scheme::maven, "3.9", "3.9"},          {Scheme::docker, "3.14", "3.14"},
      {Scheme::pep440, "1!3.14", "1!3.14"}};
  for (const Case& c : cases) {
    INFO(name_of(c.scheme), ": ", c.text);
    const Named named = parse_named(c.scheme, c.text).value();
    CHECK(named.series.empty());
    REQUIRE(named.exact.has_value());
    CHECK(named.exact->text() == c.own);
  }
}

TEST_CASE("what pins name: nothing") {
  for (Scheme scheme : every_scheme)
    for (std::string_view bad : {"", "x", "*", ".x", "x.x", "lts/*", "~3.14", "3..x", "stable",
                                 "3.x ", "3.14.x.", "3.14rc1.x", "3.14.0-rc.*"}) {
      INFO(name_of(scheme), ": ", bad);
      CHECK_FALSE(parse_named(scheme, bad).has_value());
    }
  const auto named = parse_named(Scheme::pep440, "3.14rc1.x");
  CHECK(named.error().message() == "\"3.14rc1.x\" is not a valid pep440 version");
}

}  // namespace
}  // namespace buildable
