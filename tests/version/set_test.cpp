#include "version/set.h"

#include "scheme_cases.h"

namespace buildable {
namespace {

using Side = Cut::Side;

VersionSet set_of(Scheme scheme, std::string_view text) {
  auto set = parse_set(scheme, text);
  if (!set) FAIL("no set: " << std::string(text) << ": " << set.error().to_text());
  return *std::move(set);
}

void check_members(const VersionSet& set, const Texts& members, const Texts& others) {
  INFO(to_string(set));
  for (auto text : members)
    CHECK_MESSAGE(set.contains(version(set.scheme(), text)), std::string(text));
  for (auto text : others)
    CHECK_MESSAGE(!set.contains(version(set.scheme(), text)), std::string(text));
}

VersionSet series(Scheme scheme, std::vector<std::string> numbers) {
  return VersionSet::series(scheme, numbers);
}

TEST_CASE("a series holds its prereleases and not those of the next") {
  check_members(series(Scheme::pep440, {"3", "14"}),
                {"3.14", "3.14.0", "3.14.99", "3.14a1", "3.14.0rc1", "3.14.dev0", "3.14.1.post1",
                 "3.14+local"},
                {"3.13.99", "3.15.dev0", "3.15a1", "3.15", "3.1", "3.140", "1!3.14"});
  check_members(series(Scheme::semver, {"22"}), {"22.0.0", "22.99.0", "22.0.0-0", "22.1.0-rc.1"},
                {"21.99.99", "23.0.0-0", "23.0.0", "220.0.0"});
  check_members(series(Scheme::go, {"1", "22"}), {"1.22", "1.22rc1", "1.22.9"},
                {"1.21.9", "1.23rc1", "1.23", "1.2.2"});
  check_members(series(Scheme::java, {"8"}), {"8u442", "1.8.0_442", "8", "8-ea"},
                {"7u352", "9", "9-ea", "80", "18"});
  check_members(series(Scheme::java, {"1", "1"}), {"1.1", "1.1.8"}, {"1.0.2", "1.2", "2", "1"});
  check_members(series(Scheme::dotnet, {"10", "0"}), {"10.0.100", "10.0.100-rc.1.25451.107"},
                {"10.1.100", "9.0.300", "10.1.100-preview.1"});
  check_members(series(Scheme::composer, {"8", "4"}), {"8.4.0RC1", "8.4", "8.4-dev", "8.4.1-p1"},
                {"8.5.0alpha1", "8.3.99", "8.5-dev"});
  check_members(series(Scheme::ruby, {"3", "4"}), {"3.4.0-preview1", "3.4", "3.4.9", "3.4.0.1"},
                {"3.5.0-preview1", "3.3.99", "3.40.0"});
  check_members(series(Scheme::maven, {"3", "9"}), {"3.9", "3.9.9", "3.9-alpha-1", "3.9-foo-1"},
                {"3.8.99", "3.10-alpha-1", "3.90"});
  check_members(series(Scheme::docker, {"3", "14"}), {"3.14", "3.14-slim", "3.14.0a1", "3.14.2_7"},
                {"3.13-slim", "3.15.0a1", "3.140"});
}

TEST_CASE("a series of numbers that are no release is empty") {
  CHECK(series(Scheme::semver, {"1", "2", "3", "4"}).empty());
  CHECK(series(Scheme::pep440, {"x"}).empty());
  CHECK(series(Scheme::pep440, {}).empty());
}

TEST_CASE("the next series after nines, of any length") {
  const std::string nines(150, '9');
  check_members(series(Scheme::semver, {"9"}), {"9.99.0"}, {"10.0.0-0", "10.0.0"});
  check_members(series(Scheme::pep440, {nines}), {nines + ".1"}, {"1" + std::string(150, '0')});
  const auto longest = series(Scheme::ruby, {std::string(200, '9')});
  CHECK(longest.contains(version(Scheme::ruby, std::string(200, '9'))));
  CHECK(set_of(Scheme::ruby, to_string(longest)) == longest);
}

TEST_CASE("discrete schemes: the same members make the same set") {
  for (Scheme scheme : {Scheme::semver, Scheme::dotnet, Scheme::go}) {
    CHECK(set_of(scheme, "{1.2.3, 1.2.4}") == set_of(scheme, "[1.2.3, 1.2.5)"));
    CHECK(set_of(scheme, "{1.2.3, 1.2.4}") == set_of(scheme, "[1.2.3, 1.2.4]"));
    CHECK(set_of(scheme, "{1.2.3, 1.2.4}") == set_of(scheme, "(1.2.2, ~1.2.5)"));
    CHECK(set_of(scheme, "[1.2.9, 1.2.10]") == set_of(scheme, "{1.2.10, 1.2.9}"));
    CHECK(set_of(scheme, "{1.2}") == set_of(scheme, "{1.2.0}"));
    CHECK(set_of(scheme, "(1.2.3, 1.2.4)").empty());
    CHECK(set_of(scheme, "[0.0.0, *)") == set_of(scheme, "[*, *)"));
    CHECK(to_string(set_of(scheme, "(1.2.2, 1.2.3]")) == "{1.2.3}");
    CHECK(set_of(scheme, "none; pre [~1.2.3, 1.2.3)") ==
          set_of(scheme, "none; pre [~1.2.3, ~1.2.4)"));
    CHECK(set_of(scheme, "none; pre (1.2.3, ~1.2.4)").empty());
    CHECK(set_of(scheme, "none; pre [1.2.3, 1.2.3]").empty());
  }
  CHECK(set_of(Scheme::semver, "none; pre [~1.2.3, 1.2.4-0)") ==
        set_of(Scheme::semver, "none; pre [1.2.3-0, 1.2.3]"));
  CHECK(set_of(Scheme::semver, "[1.2.3-rc.1, 2.0.0-rc.1)") == set_of(Scheme::semver, "[1.2.3, 2)"));
  CHECK(set_of(Scheme::go, "none; pre {1.22rc1, 1.22rc2}") ==
        set_of(Scheme::go, "none; pre [1.22rc1, 1.22rc3)"));
}

TEST_CASE("dense schemes: cuts at prereleases and floors move to the release") {
  CHECK(set_of(Scheme::pep440, "[3.14a1, 3.15rc1)") == set_of(Scheme::pep440, "[3.14, 3.15)"));
  CHECK(set_of(Scheme::pep440, "[~3.14, ~3.15)") == set_of(Scheme::pep440, "[3.14.0, 3.15.0)"));
  CHECK(set_of(Scheme::pep440, "(3.14a1, 3.14)").empty());
  CHECK_FALSE(set_of(Scheme::pep440, "(3.14, 3.14.1)").empty());
  CHECK(set_of(Scheme::pep440, "{3.14, 3.14.post0}") ==
        set_of(Scheme::pep440, "[3.14, 3.14.post1)"));
  CHECK(set_of(Scheme::pep440, "[3.14, 3.14.post1.dev3)") ==
        set_of(Scheme::pep440, "[3.14, 3.14.post0]"));
  CHECK(set_of(Scheme::pep440, "none; pre (3.14, *)") ==
        set_of(Scheme::pep440, "none; pre [3.14, *)"));
  CHECK(set_of(Scheme::pep440, "[0.dev0, *)") == set_of(Scheme::pep440, "[*, *)"));
  CHECK(set_of(Scheme::java, "[21-ea, 21.0.2]") == set_of(Scheme::java, "[21.0, 21.0.2]"));
  CHECK(set_of(Scheme::ruby, "[3.4.0.preview1, 3.5.a)") == set_of(Scheme::ruby, "[3.4, 3.5)"));
  CHECK(set_of(Scheme::maven, "[1-foo-alpha, 2-rc1)") == set_of(Scheme::maven, "[1-foo, 2)"));
  CHECK(set_of(Scheme::maven, "[1-foo1-a1, 2)") == set_of(Scheme::maven, "[1-foo-1, 2)"));
  CHECK(set_of(Scheme::composer, "[8.2-dev, 8.3RC1]") == set_of(Scheme::composer, "[8.2, 8.3)"));
  CHECK(set_of(Scheme::docker, "[3.14a1-slim, 3.15)") == set_of(Scheme::docker, "[3.14, 3.15)"));
}

TEST_CASE("a PEP 440 version in a set stands for its local versions") {
  check_members(set_of(Scheme::pep440, "{3.14.1}"), {"3.14.1", "3.14.1+local", "3.14.1.0"},
                {"3.14.1.post1", "3.14.1rc1", "3.14.1.1"});
  check_members(set_of(Scheme::pep440, "{3.14.1+b}"), {"3.14.1+b"},
                {"3.14.1", "3.14.1+a", "3.14.1+b.1"});
  check_members(set_of(Scheme::pep440, "(3.14.1, *)"), {"3.14.1.post1"}, {"3.14.1+local"});
}

TEST_CASE("intervals hold finals or prereleases, never both") {
  check_members(set_of(Scheme::semver, "[1.2.0, 2.0.0)"), {"1.2.0", "1.99.0"},
                {"2.0.0-rc.1", "1.3.0-rc.1", "2.0.0"});
  check_members(set_of(Scheme::semver, "none; pre [~1.2.0, ~2.0.0)"), {"1.2.0-0", "1.3.0-rc.1"},
                {"1.2.0", "2.0.0-0", "1.1.0-rc.1"});
}

TEST_CASE("cuts in the wrong order, or in one place, hold nothing") {
  const Version low = version(Scheme::maven, "1"), high = version(Scheme::maven, "2");
  const auto between = VersionSet::finals_between;
  CHECK(between(Scheme::maven, Cut{high, Side::before}, Cut{low, Side::before}).empty());
  CHECK(between(Scheme::maven, Cut{low, Side::after}, Cut{low, Side::before}).empty());
  CHECK(between(Scheme::maven, Cut{low, Side::before}, Cut{low, Side::before}).empty());
  CHECK_FALSE(between(Scheme::maven, Cut{low, Side::before}, Cut{low, Side::after}).empty());
}

TEST_CASE("none, all and their texts") {
  const VersionSet none = VersionSet::none(Scheme::go), all = VersionSet::all(Scheme::go);
  CHECK(none.empty());
  CHECK(to_string(none) == "none");
  CHECK(to_string(all) == "all");
  CHECK(none.complement() == all);
  CHECK(set_of(Scheme::go, "[*, *); pre [*, *)") == all);
  CHECK(to_string(all.finals_only()) == "[*, *)");
  CHECK(VersionSet::of(Scheme::go, {}) == none);
}

TEST_CASE("texts of sets stay as they are") {
  struct Case {
    Scheme scheme;
    std::string_view text;
  };
  const Case cases[] = {
      {Scheme::pep440, "[3.10, 3.15)"},
      {Scheme::pep440, "[*, 3.9.2)"},
      {Scheme::pep440, "(3.9, 3.10] | {3.11.1, 3.12} | [3.14, *)"},
      {Scheme::pep440, "[3.10, 3.15); pre [~3.10, 3.14)"},
      {Scheme::semver, "none; pre {1.22.0-rc1}"},
      {Scheme::semver, "{1.0.0, 1.0.2} | [1.1.0, 2.0.0) | {3.0.0}; pre (1.0.0-a, ~2.0.0)"},
      {Scheme::java, "{8.0.442, 21.0.2} | [25, 26]"},
      {Scheme::docker, "{3.14-slim, 3.14.1-slim}"},
  };
  for (const Case& c : cases) CHECK(to_string(set_of(c.scheme, c.text)) == c.text);
}

TEST_CASE("texts that are no set") {
  for (std::string_view text : {"",
                                " ",
                                "3.14",
                                "[3.14",
                                "3.14]",
                                "[3.14]",
                                "[3.14, 3.15",
                                "[3.14, 3.15, 3.16)",
                                "{}",
                                "{3.14",
                                "{3.14,}",
                                "{,3.14}",
                                "[3.14, 3.15) [4, 5)",
                                "[3.14, 3.15) | ",
                                "| [3.14, 3.15)",
                                "[3.14, 3.15); pre ",
                                "none none",
                                "[~, 3)",
                                "[x, y)",
                                "[3.14, 3.15); pre all",
                                "[3, 4); pre [3, 4); pre [5, 6)",
                                "none; none",
                                "(3.14; 3.15)",
                                "{3.14 3.15}"}) {
    INFO(text);
    CHECK_FALSE(parse_set(Scheme::pep440, text).has_value());
  }
  for (std::size_t length : {201, 205, 206, 250, 70000}) {
    const std::string number(length, '9');
    INFO(length);
    CHECK(parse_set(Scheme::semver, "{" + number + "}").has_value() == (length <= 205));
  }
  CHECK(parse_set(Scheme::pep440, "[3.14").error().message() == "no set of versions: \"[3.14\"");
}

}  // namespace
}  // namespace buildable
