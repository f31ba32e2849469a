// What Dependabot is to ignore, held against every release that it could go to.
#include "bots/ignores.h"

#include <algorithm>
#include <random>

#include "base/text.h"
#include "bots/requirement.h"
#include "bots/support.h"

using namespace buildable;
using namespace buildable::bots;
using namespace buildable::testing;

namespace {

using From = IgnoreRenderer::From;

Version node(unsigned major, unsigned minor) {
  return *Version::parse(Scheme::semver,
                         std::to_string(major) + "." + std::to_string(minor) + ".0");
}

constexpr unsigned majors = 12;
constexpr unsigned minors = 6;

// Some majors with a newest minor each, as inventories are; the rest cannot be built.
struct World {
  explicit World(std::mt19937& random) {
    std::vector<Version> releases;
    for (unsigned major = 1; major < majors; ++major) {
      newest.push_back(random() % 3 == 0 ? 0 : 1 + random() % (minors - 1));
      for (unsigned minor = 0; minor < newest.back(); ++minor)
        releases.push_back(node(major, minor));
    }
    runtime.runtime = "node";
    runtime.scheme = Scheme::semver;
    runtime.buildable = VersionSet::of(Scheme::semver, releases);
  }

  bool has(unsigned major) const { return newest[major - 1] > 0; }

  RuntimePolicy runtime;
  std::vector<unsigned> newest;  // by major from 1 on: its minors that can be built
};

struct Ranges {
  Ranges(const World& world, const UpdatedDependency& dependency) {
    IgnoreRenderer renderer;
    for (const std::string& text :
         renderer.versions(world.runtime, dependency, DependabotGrammar::gem, From::lowest)) {
      const Requirement read = read_requirement(DependabotGrammar::gem, Scheme::semver, text);
      REQUIRE(read.reading == Requirement::Reading::versions);
      sets.push_back(read.set);
      shown += text + "; ";
    }
  }

  bool ignore(const Version& version) const {
    return std::any_of(sets.begin(), sets.end(),
                       [&](const VersionSet& set) { return set.contains(version); });
  }

  std::vector<VersionSet> sets;
  std::string shown;
};

}  // namespace

TEST_CASE("from a place up: what can be built passes, what cannot does not, nothing lies below") {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    const World world(random);
    if (world.runtime.buildable.empty()) continue;
    const unsigned at = 1 + random() % (majors - 1);
    const Version lowest = node(at, random() % minors);
    const Ranges ranges(world, {"node", Granularity::version, Cut{lowest, Cut::Side::before}, 0});
    CAPTURE(lowest.text());
    CAPTURE(ranges.shown);
    CAPTURE(to_string(world.runtime.buildable));
    for (unsigned major = at; major < majors + 2; ++major)
      for (unsigned minor = 0; minor < minors + 2; ++minor) {
        const Version candidate = node(major, minor);
        if (order(candidate, lowest) < 0) continue;
        CAPTURE(candidate.text());
        CHECK(ranges.ignore(candidate) == !world.runtime.buildable.contains(candidate));
      }
    const VersionSet up =
        VersionSet::finals_between(Scheme::semver, Cut{lowest, Cut::Side::before}, std::nullopt);
    for (const VersionSet& set : ranges.sets) CHECK(set.intersects(up));
  }
}

TEST_CASE(
    "from one number to another: the majors that cannot be built, in as few ranges as there are "
    "runs") {
  std::mt19937 random(6);
  for (int round = 0; round < 300; ++round) {
    const World world(random);
    if (world.runtime.buildable.empty()) continue;
    const unsigned at = 1 + random() % (majors - 1);
    const Ranges ranges(world,
                        {"node", Granularity::version, Cut{node(at, 0), Cut::Side::before}, 1});
    CAPTURE(at);
    CAPTURE(ranges.shown);
    CAPTURE(to_string(world.runtime.buildable));
    std::size_t runs = 1;  // that beyond the newest
    bool open = false;
    unsigned last = 0;
    for (unsigned major = 1; major < majors; ++major)
      if (world.has(major)) last = major;
    for (unsigned major = at; major < majors + 2; ++major) {
      const bool builds = major < majors && world.has(major);
      CAPTURE(major);
      CHECK(ranges.ignore(node(major, 0)) == !builds);
      if (!builds && !open && major < last) ++runs;
      open = !builds;
    }
    CHECK(ranges.sets.size() == runs);
  }
}

TEST_CASE("from a tag of two numbers to another: the series that cannot be built") {
  RuntimePolicy php = bounded("php", "PHP", Scheme::composer, 2,
                              "[8.1.0, 8.1.34) | [8.2.0, 8.2.30) | [8.4.0, 8.4.20)", {});
  const auto from_tag = [&](const char* lowest, int parts) {
    IgnoreRenderer renderer;
    return renderer.versions(
        php,
        {"php", Granularity::version,
         Cut{*Version::parse(Scheme::composer, lowest), Cut::Side::before}, parts},
        DependabotGrammar::gem, From::lowest);
  };
  CHECK(from_tag("8.2", 2) == std::vector<std::string>{">= 8.3.a, < 8.4.a", ">= 8.5.a"});
  CHECK(from_tag("8.4", 2) == std::vector<std::string>{">= 8.5.a"});
  CHECK(from_tag("8", 1) == std::vector<std::string>{">= 9.a"});
  CHECK(from_tag("8.2.1", 0) == std::vector<std::string>{">= 8.2.30.a, < 8.4.a", ">= 8.4.20.a"});
  RuntimePolicy node =
      bounded("node", "Node.js", Scheme::semver, 1, "[22.0.0, 22.22.0) | [24.0.0, 24.15.2)", {});
  IgnoreRenderer renderer;
  CHECK(renderer.versions(node,
                          {"node", Granularity::version,
                           Cut{*Version::parse(Scheme::semver, "22.1.0"), Cut::Side::before}, 2},
                          DependabotGrammar::gem, From::lowest) ==
        std::vector<std::string>{">= 22.22.a, < 24.a", ">= 24.16.a"});
}
