// Sets as policies have them, texts as bots see them, and programs that read the strings of
// renderers.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "support/heroku_facts.h"
#include "support/paths.h"
#include "version/oracle.h"
#include "version/set.h"

namespace buildable::testing {

using Texts = std::vector<std::string>;

inline Version version_of(Scheme scheme, const std::string& text) {
  const Result<Version> version = Version::parse(scheme, text);
  REQUIRE_MESSAGE(version, text << " is not a " << name_of(scheme) << " version");
  return *version;
}

inline VersionSet set_of(Scheme scheme, const std::string& text) {
  const Result<VersionSet> set = parse_set(scheme, text);
  REQUIRE_MESSAGE(set, text << " is not a set");
  return *set;
}

inline std::string dotted_numbers(const Texts& numbers) {
  std::string text;
  for (const std::string& number : numbers) (text += text.empty() ? "" : ".") += number;
  return text;
}

// Prereleases as a scheme's sources spell them.
inline Texts prerelease_words(Scheme scheme) {
  switch (scheme) {
    case Scheme::pep440:
      return {"a1", "b2", "rc1", "rc10"};
    case Scheme::go:
      return {"beta1", "rc1", "rc2", "rc3"};
    case Scheme::composer:
      return {"alpha1", "beta2", "RC1", "RC2"};
    case Scheme::ruby:
      return {".preview1", ".preview2", ".rc1"};
    case Scheme::java:
      return {"-ea"};
    case Scheme::maven:
      return {"-alpha-1", "-beta-2", "-rc-1", "-rc-2"};
    default:
      return {"-preview.1.24101.2", "-rc.1", "-rc.2.24474.11"};
  }
}

// Closed lists, spans of series, singles, open ends, some prereleases: on numbers that lie close.
class PolicySets {
 public:
  PolicySets(Scheme scheme, std::uint64_t seed) : scheme_(scheme), random_(seed) {}

  Random& random() { return random_; }

  VersionSet next() {
    VersionSet set = VersionSet::none(scheme_);
    for (std::size_t parts = 1 + random_.below(4); parts > 0; --parts) set = set.unite(part());
    for (std::size_t extra = random_.below(3); extra > 0; --extra)
      set = set.unite(
          VersionSet::of(version_of(scheme_, numbers() + random_.pick(prerelease_words(scheme_)))));
    return set;
  }

  std::string number() {
    static const Texts numbers = {"0",  "1",  "2",  "3",  "8",  "9",
                                  "10", "11", "19", "20", "99", "100"};
    return random_.pick(numbers);
  }
  std::string series() {
    const std::string major = number();
    // "1.8" is Java 8: no numbers begin with 1 there.
    const bool taken = scheme_ == Scheme::java && major == "1";
    return (taken ? "17" : major) + "." + number();
  }
  std::string numbers() { return series() + "." + number(); }

 private:
  Cut floor(const std::string& text) { return {version_of(scheme_, text), Cut::Side::floor}; }

  VersionSet part() {
    const std::string one = series();
    switch (random_.below(5)) {
      case 0: {  // a list
        std::vector<Version> listed;
        for (std::size_t count = 1 + random_.below(8); count > 0; --count)
          listed.push_back(version_of(scheme_, one + "." + number()));
        return VersionSet::of(scheme_, listed);
      }
      case 1:  // a span of series
        return VersionSet::finals_between(scheme_, floor(series()), floor(series()));
      case 2:  // some patches of one
        return VersionSet::finals_between(scheme_, floor(one + "." + number()),
                                          floor(one + "." + number()));
      case 3:
        return VersionSet::of(version_of(scheme_, numbers()));
      default:
        if (!random_.one_in(4)) return VersionSet::none(scheme_);
        return VersionSet::finals_between(scheme_, floor(numbers()), std::nullopt);
    }
  }

  Scheme scheme_;
  Random random_;
};

// The numbers of everything at which a set may change, and their neighbours at each place.
inline std::vector<Texts> neighbourhood(const VersionSet& set) {
  std::vector<Texts> found;
  const auto add = [&](const Version& at) {
    Texts numbers = at.release();
    numbers.resize(3, "0");
    found.push_back(numbers);
    for (std::size_t place = 0; place < 3; ++place) {
      for (const int step : {-1, 1}) {
        Texts neighbour = numbers;
        const int moved = std::stoi(numbers[place]) + step;
        if (moved < 0) continue;
        neighbour[place] = std::to_string(moved);
        found.push_back(neighbour);
        for (std::size_t later = place + 1; later < 3; ++later) neighbour[later] = "0";
        found.push_back(neighbour);
      }
    }
  };
  for (const Interval& interval : set.finals()) {
    if (interval.low) add(interval.low->at);
    if (interval.high) add(interval.high->at);
  }
  for (const Interval& interval : set.prereleases())
    if (interval.low) add(interval.low->at);
  found.push_back({"0", "0", "0"});
  found.push_back({"12345", "0", "1"});
  if (set.scheme() == Scheme::java)
    std::erase_if(found, [](const Texts& numbers) { return numbers[0] == "1"; });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// Runs a script of tests/render_oracles over lines; nothing is returned, with a message, where the
// program is missing, unless the environment variable BUILDABLE_REQUIRE_ORACLES is set.
inline void check_with(const std::string& program, const std::string& script,
                       const std::string& lines, std::size_t expected) {
  if (output_of("command -v " + program).empty()) {
    if (std::getenv("BUILDABLE_REQUIRE_ORACLES")) FAIL("no " << program);
    MESSAGE("skipped: no " << program);
    return;
  }
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("buildable-render-" + std::to_string(getpid()));
  std::ofstream(file, std::ios::binary) << lines;
  const std::string output =
      output_of(program + " '" + source_dir().string() + "/tests/render_oracles/" + script +
                "' < '" + file.string() + "'");
  std::filesystem::remove(file);
  CHECK_MESSAGE(output == "asked " + std::to_string(expected) + "\n", output.substr(0, 3000));
}

// What each release of a buildpack that Toolforge's builders may hold lists, by its version.
inline std::map<std::string, Texts> inventories(const std::string& name) {
  HerokuFacts facts;
  std::map<std::string, Texts> result;
  for (const std::string& version : facts.deployed("heroku/" + name))
    if (const auto* row = facts.release(name, version); row && row->contains("added"))
      result[version] = facts.inventory(name, version);
  REQUIRE(result.size() >= 5);
  return result;
}

}  // namespace buildable::testing
