// Dependabot's ignore strings: by table, against the sets that they are made of, and read by
// RubyGems.
#include <doctest/doctest.h>

#include "version/range.h"
#include "version/render.h"
#include "version/render_support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using G = DependabotGrammar;

const Scheme schemes[] = {Scheme::pep440, Scheme::semver,   Scheme::go,  Scheme::java,
                          Scheme::dotnet, Scheme::composer, Scheme::ruby};

// What each class makes of one string, as far as the strings that we emit use it.
bool matches(G grammar, const std::string& string, const std::string& candidate) {
  switch (grammar) {
    case G::conda: {
      const std::size_t length = string.find_first_of("0123456789");
      const std::string op = string.substr(0, length);
      const auto compared = order(version_of(Scheme::pep440, candidate),
                                  version_of(Scheme::pep440, string.substr(length)));
      REQUIRE((op == ">=" || op == "<"));
      return op == ">=" ? compared >= 0 : compared < 0;
    }
    case G::maven: {
      if (string == ">= 0") return true;
      const Result<VersionSet> range = parse_range(Grammar::maven, Scheme::maven, string);
      REQUIRE_MESSAGE(range, string);
      return range->contains(version_of(Scheme::maven, candidate));
    }
    default: {  // RubyGems' operators over RubyGems' versions
      const Result<VersionSet> range = parse_range(Grammar::ruby, Scheme::ruby, string);
      REQUIRE_MESSAGE(range, string);
      return range->contains(version_of(Scheme::ruby, candidate));
    }
  }
}

bool ignores(G grammar, const Texts& strings, const std::string& candidate) {
  bool ignored = false;
  for (const std::string& string : strings)
    ignored = matches(grammar, string, candidate) || ignored;
  return ignored;
}

// Nothing in the release's series can be built from it on.
bool lies_above_its_series(const VersionSet& set, const Texts& numbers, std::size_t components) {
  const Texts series(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(components));
  const VersionSet above = VersionSet::finals_between(
      set.scheme(), Cut{version_of(set.scheme(), dotted_numbers(numbers)), Cut::Side::floor}, {});
  return !set.intersects(above.intersect(VersionSet::series(set.scheme(), series)).finals_only());
}

bool has_newer_run(const VersionSet& set, const Texts& numbers) {
  const VersionSet above = VersionSet::finals_between(
      set.scheme(), Cut{version_of(set.scheme(), dotted_numbers(numbers)), Cut::Side::after}, {});
  return set.finals_only().intersect(above) != above;
}

void check_candidates(const VersionSet& set, const Texts& numbers, G grammar, int components,
                      const IgnoreVersions& ignored) {
  const auto count = static_cast<std::size_t>(components);
  const std::string text = dotted_numbers(numbers);
  INFO(text << " of " << to_string(set) << ", series of " << components << ": "
            << dotted_numbers(ignored.versions) << " (" << ignored.remark << ")");
  const bool forbids_more = grammar == G::conda && has_newer_run(set, numbers);
  if (set.contains(version_of(set.scheme(), text)) && !forbids_more)
    CHECK_FALSE(ignores(grammar, ignored.versions, text));
  if (lies_above_its_series(set, numbers, count)) {
    CHECK(ignores(grammar, ignored.versions, text));
    const std::string prerelease = text + (grammar == G::maven ? "-rc-1" : "rc1");
    const bool lowest = text == "0.0.0";  // ">= 0" takes no prerelease of 0
    if (grammar != G::nuget && !lowest) CHECK(ignores(grammar, ignored.versions, prerelease));
  }
  // Tags with two numbers and one.
  for (std::size_t length = count; length < 3; ++length) {
    const Texts short_numbers(numbers.begin(),
                              numbers.begin() + static_cast<std::ptrdiff_t>(length));
    const VersionSet series = VersionSet::series(set.scheme(), short_numbers).finals_only();
    if (set.intersects(series) && !forbids_more)
      CHECK_FALSE(ignores(grammar, ignored.versions, dotted_numbers(short_numbers)));
  }
}

}  // namespace

TEST_CASE("ecosystems have their grammars") {
  CHECK(dependabot_grammar_of("docker") == G::gem);
  CHECK(dependabot_grammar_of("docker-compose") == G::gem);
  CHECK(dependabot_grammar_of("uv") == G::python);
  CHECK(dependabot_grammar_of("sbt") == G::maven);
  const auto unknown = dependabot_grammar_of("elm");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().to_text().find("docker") != std::string::npos);
}

TEST_CASE("ignore strings by ecosystem") {
  struct Row {
    Scheme scheme;
    const char* set;
    G grammar;
    int components;
    Texts strings;
  };
  const Row rows[] = {
      {Scheme::pep440, "[3.10, 3.15)", G::gem, 2, {"< 3.10", ">= 3.15.a"}},
      {Scheme::pep440, "[3.10, 3.15)", G::python, 2, {"< 3.10", ">= 3.15.a"}},
      {Scheme::pep440, "[3.10, 3.15)", G::conda, 2, {"<3.10", ">=3.15.0a0"}},
      {Scheme::pep440, "[3.10, 3.15)", G::nuget, 2, {"< 3.10", ">= 3.15"}},
      // The tag "3.9" is 3.9.0: a bound at 3.9.12 would take it away.
      {Scheme::pep440, "[3.9.12, 3.9.20)", G::gem, 2, {"< 3.9", ">= 3.9.20.a"}},
      {Scheme::pep440,
       "[3.9, 3.10) | [3.12, 3.15)",
       G::gem,
       2,
       {"< 3.9", ">= 3.10.a, < 3.12.a", ">= 3.15.a"}},
      {Scheme::pep440, "[3.9, 3.10) | [3.12, 3.15)", G::conda, 2, {"<3.12", ">=3.15.0a0"}},
      {Scheme::semver,
       "[20, 23) | [24, 24.15.1)",
       G::gem,
       1,
       {"< 20", ">= 23.a, < 24.a", ">= 24.15.1.a"}},
      {Scheme::semver,
       "{22.1.0, 22.2.0, 22.4.1, 24.0.0}",
       G::gem,
       1,
       {"< 22", ">= 22.4.2.a, < 24.a", ">= 24.0.1.a"}},
      {Scheme::semver, "[20, 23)", G::npm, 1, {"< 20", ">= 23.a"}},
      {Scheme::go,
       "[1.23.0, 1.23.13) | [1.24.0, 1.24.4)",
       G::gomod,
       2,
       {"< 1.23", ">= 1.23.13.a, < 1.24.a", ">= 1.24.4.a"}},
      // Feature bands get patches side by side.
      {Scheme::dotnet,
       "[9.0.100, 9.0.117) | [9.0.300, 9.0.314) | [10.0.100, 10.0.104)",
       G::dotnet_sdk,
       2,
       {"< 9", ">= 9.0.117.a, < 9.0.300.a", ">= 9.0.314.a, < 10.a", ">= 10.0.104.a"}},
      {Scheme::java,
       "{17, 17.0.1, 21.0.4}",
       G::gem,
       1,
       {"< 17", ">= 17.0.1.1.a, < 21.a", ">= 21.0.4.1.a"}},
      {Scheme::maven, "[3.8, 4)", G::maven, 1, {"(,3.0.0)", "[4.0.0-alpha,)"}},
      {Scheme::maven,
       "[3.8, 3.9) | [4, 5)",
       G::maven,
       2,
       {"(,3.8.0)", "[3.9.0-alpha,4.0.0-alpha)", "[5.0.0-alpha,)"}},
      {Scheme::semver,
       "[1.80, 1.90)",
       G::rust_toolchain,
       2,
       {"< 1.80", ">= 1.90", ">= nightly-1970-01-01", ">= beta-1970-01-01"}},
      {Scheme::semver, "none", G::gem, 1, {">= 0"}},
      {Scheme::semver, "none", G::conda, 1, {">=0"}},
      {Scheme::semver, "none", G::maven, 1, {">= 0"}},
      {Scheme::semver,
       "none",
       G::rust_toolchain,
       1,
       {">= 0", ">= nightly-1970-01-01", ">= beta-1970-01-01"}},
      {Scheme::semver, "all", G::gem, 1, {}},
      {Scheme::semver, "all", G::rust_toolchain, 1, {}},
      {Scheme::semver, "[20, *)", G::gem, 1, {"< 20"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.set);
    CHECK(to_dependabot(set_of(row.scheme, row.set), row.grammar, row.components).versions ==
          row.strings);
  }
}

TEST_CASE("a remark tells what the strings do not") {
  const auto remark = [](Scheme scheme, const char* set, G grammar, int components) {
    return to_dependabot(set_of(scheme, set), grammar, components).remark;
  };
  CHECK(remark(Scheme::semver, "[20, 23)", G::gem, 1).empty());
  CHECK(remark(Scheme::semver, "{22.1.0, 22.1.2}", G::gem, 1).find("gaps") != std::string::npos);
  CHECK(remark(Scheme::pep440, "[3.10, 3.15)", G::gem, 2).find("major") != std::string::npos);
  CHECK(remark(Scheme::pep440, "[3, 4) | [5, 6)", G::conda, 1).find("\"or\"") != std::string::npos);
  CHECK(remark(Scheme::semver, "[20, 23)", G::nuget, 1).find("pass") != std::string::npos);
  const char* beyond = "[1.23.0, 1.23.4); pre {1.24rc1}";
  CHECK(remark(Scheme::go, beyond, G::gem, 2).find("ignored too") != std::string::npos);
}

TEST_CASE("what can be built is let through, what lies beyond it is ignored") {
  std::uint64_t seed = 300;
  for (const Scheme scheme : schemes) {
    PolicySets sets(scheme, ++seed);
    for (int round = 0; round < 60; ++round) {
      const VersionSet set = sets.next();
      const int components = 1 + static_cast<int>(sets.random().below(2));
      const std::vector<Texts> candidates = neighbourhood(set);
      for (const G grammar : {G::gem, G::npm, G::python, G::conda, G::maven, G::nuget}) {
        const IgnoreVersions ignored = to_dependabot(set, grammar, components);
        for (const Texts& numbers : candidates)
          check_candidates(set, numbers, grammar, components, ignored);
      }
    }
  }
}

TEST_CASE("RubyGems reads the strings as the tests do") {
  std::string lines;
  std::size_t asked = 0;
  std::uint64_t seed = 400;
  for (const Scheme scheme : schemes) {
    PolicySets sets(scheme, ++seed);
    for (int round = 0; round < 20; ++round) {
      const VersionSet set = sets.next();
      for (const std::string& string : to_dependabot(set, G::gem, 2).versions) {
        lines += "R" + string + "\n";
        for (const Texts& numbers : neighbourhood(set)) {
          for (const char* end : {"", "rc1", "RC2", ".preview1", "alpha1"}) {
            const std::string candidate = dotted_numbers(numbers) + end;
            (lines += matches(G::gem, string, candidate) ? "+" : "-") += candidate + "\n";
            ++asked;
          }
        }
      }
    }
  }
  CHECK(asked > 10'000);
  check_with("ruby", "gem.rb", lines, asked);
}
