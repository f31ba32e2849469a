// Regular expressions for Renovate: by table, against the sets that they are made of, and read by
// both RE2 and JavaScript.
#include <doctest/doctest.h>
#include <re2/re2.h>

#include "version/regex_digits.h"
#include "version/regex_tail.h"
#include "version/render.h"
#include "version/render_support.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

// Without what every expression has in common.
std::string core(const VersionSet& set) {
  const std::string text = to_regex(set);
  const std::string tail = tail_pattern(set.scheme()) + "$";
  if (text == "^$") return text;
  REQUIRE(text.substr(0, 3) == "^v?");
  REQUIRE(text.size() > tail.size() + 3);
  REQUIRE(text.substr(text.size() - tail.size()) == tail);
  return text.substr(3, text.size() - tail.size() - 3);
}

// Admits, in RE2. All questions are kept, for JavaScript.
class Reader {
 public:
  void set_expression(const std::string& text) {
    expression_ = std::make_unique<RE2>(text, RE2::Quiet);
    REQUIRE_MESSAGE(expression_->ok(), text << ": " << expression_->error());
    lines_ += "R" + text + "\n";
  }
  bool admits(const std::string& text) {
    const bool admitted = RE2::PartialMatch(text, *expression_);
    (lines_ += admitted ? "+" : "-") += text + "\n";
    ++asked_;
    return admitted;
  }
  void check_javascript() const { check_with("node", "regex.mjs", lines_, asked_); }
  std::size_t asked() const { return asked_; }

 private:
  std::unique_ptr<RE2> expression_;
  std::string lines_;
  std::size_t asked_ = 0;
};

const Texts variants = {"-slim",          "-slim-bookworm",
                        "-alpine3.20",    "-fpm-alpine",
                        "-bookworm",      "-bullseye",
                        "-cli",           "-apache",
                        "-noble",         "-nanoserver",
                        "-jammy",         "-windowsservercore-ltsc2022",
                        "-trixie-slim",   "-eclipse-temurin-21",
                        "-azurelinux3.0", "-zts",
                        "-buster",        "-stretch",
                        "-ubi9-minimal",  "-al2023",
                        "-chiseled",      "-debian",
                        "-musl",          "-perl"};
const Texts builds = {"+9.0.LTS", "_7-jre", "+6", "_12-jdk-alpine"};
const Texts foreign_prereleases = {"-rc.1",
                                   "-rc1",
                                   "rc1",
                                   "-alpha",
                                   "-alpha.2",
                                   "a1",
                                   ".a1",
                                   "-a1",
                                   "-beta1",
                                   "-BETA.1",
                                   "-RC1",
                                   "-Rc1",
                                   "-preview.1",
                                   ".preview1",
                                   "-pre",
                                   "-dev",
                                   ".dev1",
                                   "-ea",
                                   "-EA",
                                   "+ea",
                                   "_rc1",
                                   "-nightly20250101",
                                   "-v8-canary20250101",
                                   "-SNAPSHOT",
                                   "-snapshot",
                                   "-M1",
                                   "-m2",
                                   "-cr1",
                                   "-canary1",
                                   "-next",
                                   "-test2",
                                   "-unstable",
                                   "-0",
                                   "-0.1",
                                   "-milestone-1",
                                   "-rc-slim",
                                   "-rc77-slim-bookworm",
                                   "-dev-alpine"};

bool is_expected(const VersionSet& set, const std::string& numbers) {
  const Version version = version_of(set.scheme(), numbers);
  if (!is_partial(version)) return set.contains(version);
  return set.finals_only().intersects(VersionSet::series(set.scheme(), version.release()));
}

void check_numbers(const VersionSet& set, const Texts& numbers, Random& random, Reader& reader) {
  for (std::size_t count = 1; count <= numbers.size(); ++count) {
    const std::string text = dotted_numbers({numbers.begin(), numbers.begin() + count});
    const bool expected = is_expected(set, text);
    INFO(text << " in " << to_string(set) << ": " << to_regex(set));
    CHECK(reader.admits(text) == expected);
    CHECK(reader.admits("v" + text) == expected);
    CHECK(reader.admits(text + random.pick(variants)) == expected);
    if (count == 3) CHECK(reader.admits(text + random.pick(builds)) == expected);
    CHECK_FALSE(reader.admits(text + "."));
    CHECK_FALSE(reader.admits(text + "x"));
    const std::string& word = random.pick(foreign_prereleases);
    const Result<Version> prerelease = Version::parse(set.scheme(), text + word);
    if (!prerelease || !set.contains(*prerelease)) CHECK_FALSE(reader.admits(text + word));
  }
  const std::string word = random.pick(prerelease_words(set.scheme()));
  const std::string text = dotted_numbers(numbers) + word;
  INFO(text << " in " << to_string(set) << ": " << to_regex(set));
  const bool expected = set.contains(version_of(set.scheme(), text));
  CHECK(reader.admits(text) == expected);
  CHECK(reader.admits(text + "-slim") == expected);
}

void check_random_sets(Scheme scheme, std::uint64_t seed) {
  PolicySets sets(scheme, seed);
  Reader reader;
  for (int round = 0; round < 60; ++round) {
    const VersionSet set = sets.next();
    reader.set_expression(to_regex(set));
    for (const Texts& numbers : neighbourhood(set))
      check_numbers(set, numbers, sets.random(), reader);
  }
  CHECK(reader.asked() > 10'000);
  reader.check_javascript();
}

}  // namespace

TEST_CASE("numbers become digit patterns") {
  struct Row {
    std::vector<NumberRange> ranges;
    const char* pattern;
  };
  const Row rows[] = {
      {{{"4", "4"}}, "4"},
      {{{"0", "9"}}, "\\d"},
      {{{"0", "15"}}, "\\d|1[0-5]"},
      {{{"1", "2"}}, "[12]"},
      {{{"0", "0"}, {"2", "3"}, {"5", "9"}, {"12", "12"}}, "[0235-9]|12"},
      {{{"0", "3"}, {"5", "9"}}, "[0-35-9]"},
      {{{"0", "4"}, {"5", "15"}}, "\\d|1[0-5]"},
      {{{"10", "39"}}, "[1-3]\\d"},
      {{{"10", "99"}}, "[1-9]\\d"},
      {{{"100", "420"}}, "[1-3]\\d\\d|4(?:[01]\\d|20)"},
      {{{"265", "265"}, {"272", "272"}, {"275", "275"}}, "2(?:65|7[25])"},
      {{{"0", std::nullopt}}, "\\d+"},
      {{{"1", std::nullopt}}, "[1-9]\\d*"},
      {{{"5", std::nullopt}}, "[5-9]|[1-9]\\d+"},
      {{{"15", std::nullopt}}, "1[5-9]|[2-9]\\d|[1-9]\\d{2,}"},
      {{{"100", std::nullopt}}, "[1-9]\\d{2,}"},
      {{{"9", "10"}}, "9|10"},
      {{{"1000", "9999"}}, "[1-9]\\d{3}"},
      {{{"99999999999999999999", "100000000000000000000"}},
       "99999999999999999999|100000000000000000000"},
  };
  for (const Row& row : rows) CHECK(digit_pattern(row.ranges).text == std::string(row.pattern));
}

TEST_CASE("sets become trees of numbers") {
  struct Row {
    Scheme scheme;
    const char* set;
    const char* pattern;
  };
  const Row rows[] = {
      {Scheme::pep440, "none", "^$"},
      {Scheme::pep440, "[3.10, 3.15)", R"(3(?:\.1[0-4](?:\.\d+)*)?)"},
      {Scheme::pep440, "[3.9.12, 3.9.20)", R"(3(?:\.9(?:\.1[2-9])?)?)"},
      {Scheme::pep440, "{3.14.2}", R"(3(?:\.14(?:\.2)?)?)"},
      {Scheme::pep440, "[1, 2)", R"(1(?:\.\d+)*)"},
      {Scheme::pep440, "[1, *)", R"([1-9]\d*(?:\.\d+)*)"},
      {Scheme::pep440, "[3.9, 3.10) | [3.12, 3.15)", R"(3(?:\.(?:9|1[2-4])(?:\.\d+)*)?)"},
      {Scheme::pep440, "{3.14}; pre {3.15.0a1, 3.15.0rc1}",
       R"((?:3(?:\.14(?:\.0)?)?|3\.15\.0-?a(?:lpha)?\.?1|3\.15\.0-?rc\.?1))"},
      {Scheme::semver, "[18, 23) | [24, 24.15.1)",
       R"((?:(?:1[89]|2[0-2])(?:\.\d+)*|24(?:\.(?:(?:\d|1[0-4])(?:\.\d+)*|15(?:\.0)?))?))"},
      {Scheme::semver, "{22.1.0, 22.2.0, 22.4.0, 22.4.1}",
       R"(22(?:\.(?:[12](?:\.0)?|4(?:\.[01])?))?)"},
      {Scheme::go, "[1.24.0, 1.24.4); pre {1.24rc1, 1.24rc2}",
       R"((?:1(?:\.24(?:\.[0-3])?)?|1\.24(?:\.0)?-?rc\.?[12]))"},
      {Scheme::dotnet, "[9.0.300, 9.0.314); pre {10.0.100-rc.1.25451.107}",
       R"((?:9(?:\.0(?:\.3(?:0\d|1[0-3]))?)?|10\.0\.100-rc\.1\.25451\.107))"},
      {Scheme::composer, "{8.4.1}; pre {8.5.0RC1}",
       R"((?:8(?:\.4(?:\.1)?)?|8\.5\.0-?[Rr][Cc]\.?1))"},
      {Scheme::ruby, "[3.3, 3.4); pre {3.4.0.preview1, 3.4.0.preview2}",
       R"((?:3(?:\.3(?:\.\d+)*)?|3\.4\.0(?:-|\.|\.pre\.)preview[12]))"},
      {Scheme::maven, "[3.9, 4)", R"(3\.(?:9|[1-9]\d+)(?:\.\d+)*)"},
      {Scheme::java, "{17, 17.0.1}", R"(17(?:\.0(?:\.[01])?)?(?:[+_]\d[\w.+-]*)?)"},
      {Scheme::java, "{11.0.14, 11.0.14.1}", R"((?:11|11\.0\.14(?:\.1)?(?:[+_]\d[\w.+-]*)?))"},
      {Scheme::java, "{8.0.442}", R"((?:8|1\.8|(?:1\.8\.0_|8u)442|8\.0\.442(?:[+_]\d[\w.+-]*)?))"},
      {Scheme::java, "[8, 9)",
       R"((?:1\.8|1\.8\.0|(?:1\.8\.0_|8u)0?[1-9]\d*|8(?:\.\d+)*(?:[+_]\d[\w.+-]*)?))"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.set);
    CHECK(core(set_of(row.scheme, row.set)) == std::string(row.pattern));
  }
}

TEST_CASE("a tail names an image variant or a build, never a prerelease") {
  for (const Scheme scheme : {Scheme::pep440, Scheme::java}) {
    const RE2 tail("^" + tail_pattern(scheme) + "$", RE2::Quiet);
    REQUIRE(tail.ok());
    for (const std::string& text : variants) CHECK_MESSAGE(RE2::FullMatch(text, tail), text);
    for (const std::string& text : foreign_prereleases)
      CHECK_MESSAGE(!RE2::FullMatch(text, tail), text);
  }
  CHECK(tail_pattern(Scheme::pep440).size() < 450);
}

TEST_CASE("Java is admitted in all of its spellings") {
  Reader reader;
  reader.set_expression(
      to_regex(set_of(Scheme::java, "{8.0.442, 11.0.14.1, 17, 21.0.4, 21.0.8}; pre {26-ea}")));
  for (const char* text : {"8",
                           "1.8",
                           "8.0.442",
                           "8.0.442+6",
                           "1.8.0_442",
                           "1.8.0_442-b06",
                           "8u442",
                           "8u442-b06-jdk",
                           "8u442-jre",
                           "8-jdk",
                           "11",
                           "11.0.14.1",
                           "11.0.14.1_1-jdk",
                           "17",
                           "17.0",
                           "17.0.0",
                           "17_35-jdk",
                           "17+35",
                           "21",
                           "21-jre-alpine",
                           "21.0.4",
                           "21.0.4_7-jre",
                           "21.0.8+9.0.LTS",
                           "21.0.8+9-LTS",
                           "v21.0.8",
                           "26-ea",
                           "26-ea-jdk"})
    CHECK_MESSAGE(reader.admits(text), text);
  for (const char* text :
       {"8.0.441", "8u44",      "8u4420",  "1.8.0",     "1.8.0_441",     "1.8.1_442", "18.0_442",
        "8_442",   "11.0",      "11.0.14", "11.0.14_9", "11_28-jdk",     "17.0.1",    "21.0",
        "21.0.0",  "21_35-jdk", "21.0.5",  "21-ea",     "21.0.8-beta+9", "25",        "26",
        "26.0.0",  "26-beta",   "26-ea2",  "1.17",      "17u1"})
    CHECK_MESSAGE(!reader.admits(text), text);
  reader.check_javascript();
}

TEST_CASE("an expression admits what its set contains, in RE2 and in JavaScript") {
  std::uint64_t seed = 1;
  for (const Scheme scheme : {Scheme::pep440, Scheme::semver, Scheme::go, Scheme::dotnet,
                              Scheme::composer, Scheme::ruby, Scheme::maven, Scheme::java}) {
    CAPTURE(name_of(scheme));
    check_random_sets(scheme, ++seed);
  }
}

TEST_CASE("real inventories: admitted is what is listed, refused what any other one lists") {
  struct Row {
    const char* buildpack;
    Scheme scheme;
  };
  Reader reader;
  for (const Row& row : {Row{"nodejs", Scheme::semver}, Row{"go", Scheme::go},
                         Row{"dotnet", Scheme::dotnet}, Row{"jvm", Scheme::java}}) {
    std::map<std::string, Version> all;
    std::map<std::string, VersionSet> sets;
    for (const auto& [release, texts] : inventories(row.buildpack)) {
      std::vector<Version> listed;
      for (const std::string& text : texts) {
        listed.push_back(version_of(row.scheme, text));
        all.emplace(listed.back().key(), listed.back());
      }
      sets.emplace(release, VersionSet::of(row.scheme, listed));
    }
    for (const auto& entry : sets) {
      const VersionSet& set = entry.second;
      const std::string expression = to_regex(set);
      CHECK(expression.size() < 2'600);
      reader.set_expression(expression);
      for (const auto& [key, version] : all) {
        std::string text = version.text();
        while (is_partial(version_of(row.scheme, text))) text += ".0";  // "go1.21", the JVM's "17"
        INFO(text << " in " << std::string(row.buildpack) << " " << entry.first);
        CHECK(reader.admits(text) == set.contains(version));
        CHECK(reader.admits(text + "-alpine3.20") == set.contains(version));
      }
    }
  }
  CHECK(reader.asked() > 10'000);
  reader.check_javascript();
}
