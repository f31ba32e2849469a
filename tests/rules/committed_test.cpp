// The committed snapshots against what the releases of Heroku's builders and buildpacks say
// (tests/data/heroku).
#include <doctest/doctest.h>

#include <algorithm>

#include "rules/embedded.h"
#include "support/heroku_facts.h"
#include "version/set.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

using Json = nlohmann::json;
using Texts = std::vector<std::string>;

struct Named {
  std::string name;  // the day that it stands from
  Snapshot snapshot;
};

std::vector<Named> committed() {
  std::vector<Named> all;
  for (const EmbeddedSnapshot& each : embedded_snapshots())
    all.push_back({each.name, embedded_snapshot(each)});
  return all;
}

std::string key_of(Scheme scheme, const std::string& text) {
  const auto version = Version::parse(scheme, text);
  REQUIRE_MESSAGE(version, text);
  return version->key();
}

VersionSet set_of(Scheme scheme, const Texts& texts) {
  std::vector<Version> versions;
  for (const std::string& text : texts) {
    const auto version = Version::parse(scheme, text);
    REQUIRE_MESSAGE(version, text);
    versions.push_back(*version);
  }
  return VersionSet::of(scheme, versions);
}

// "heroku/nodejs-engine" -> the table that has its releases.
std::string table_of(const std::string& buildpack) {
  if (buildpack == "heroku/nodejs-engine") return "nodejs";
  if (buildpack == "heroku/maven") return "jvm";
  return buildpack.substr(buildpack.find('/') + 1);
}

Scheme scheme_of(const std::string& runtime) {
  for (const RuntimeRules& rules : embedded_rules().runtimes)
    if (rules.id == runtime) return rules.scheme;
  FAIL("no runtime " << runtime);
  return {};
}

// The packages that the releases up to this one brought to the same bucket.
Texts php_packages(HerokuFacts& facts, const Capability& capability) {
  const auto bucket_of = [](const Json& row) {
    const std::string url = row.at("repository_url");
    return url.substr(0, url.find('.'));
  };
  const Json& release = *facts.release("php", capability.version);
  Texts packages;
  for (const Json& row : facts.rows("php")) {
    for (const char* brought : {"announced", "recipes"})
      for (const std::string& version : row.value(brought, Texts{}))
        if (bucket_of(row) == bucket_of(release) &&
            std::any_of(
                capability.series.begin(), capability.series.end(),
                [&](const std::string& series) { return version.starts_with(series + "."); }))
          packages.push_back(version);
    if (row.at("version") == capability.version) break;
  }
  return packages;
}

void check_php(HerokuFacts& facts, const Capability& capability, const std::string& stack) {
  const Json& row = *facts.release("php", capability.version);
  const Texts served = facts.table("php").at("stack_series").at(stack);
  CHECK(capability.repository == row.value("snapshot", ""));
  Texts series = row.value("series", served);
  std::erase_if(series, [&](const std::string& each) {
    return std::find(served.begin(), served.end(), each) == served.end();
  });
  CHECK(capability.series == series);
  if (!capability.repository.empty())
    CHECK(set_of(Scheme::composer, capability.versions) ==
          set_of(Scheme::composer, php_packages(facts, capability)));
}

void check_capability(HerokuFacts& facts, const Capability& capability, const std::string& stack) {
  const std::string table = table_of(capability.buildpack);
  const Json* row = facts.release(table, capability.version);
  REQUIRE(row);
  CHECK(row->value("part", capability.buildpack) == capability.buildpack);
  const std::string commit = facts.table(table).at("repository").get<std::string>() + "@" +
                             row->at("commit").get<std::string>();
  CHECK_MESSAGE(capability.evidence.source.starts_with(commit), capability.evidence.source);
  CHECK(capability.evidence.seen == row->at("date"));

  if (table == "php") return check_php(facts, capability, stack);
  if (capability.buildpack == "heroku/maven") {
    CHECK(capability.versions == Texts{row->at("maven")});
    CHECK(capability.default_version == row->at("maven"));
    return;
  }
  if (!capability.default_version.empty()) CHECK(capability.default_version == row->at("default"));
  CHECK(capability.oldest_series == row->value("oldest", ""));
  CHECK(capability.newest_series == row->value("newest", ""));
  CHECK(capability.aliases == row->value("alias", std::map<std::string, std::string>{}));
  CHECK(capability.versions.empty() == !row->contains("added"));
  if (row->contains("added")) {
    const Scheme scheme = scheme_of(capability.runtime);
    CHECK(set_of(scheme, capability.versions) ==
          set_of(scheme, facts.inventory(table, capability.version)));
  }
}

// The stack of the builders that hold this release.
std::string stack_of(const Snapshot& snapshot, const Capability& capability) {
  for (const Builder& builder : snapshot.builders)
    for (const Candidate& candidate : builder.candidates)
      for (const BuildpackReference& buildpack : candidate.buildpacks)
        if (buildpack.id == capability.buildpack && buildpack.version == capability.version)
          return builder.target.stack;
  FAIL("no builder holds " << capability.buildpack << " " << capability.version);
  return {};
}

}  // namespace

TEST_CASE("one committed state follows the other without a gap, each named after its first day") {
  std::optional<Instant> end;
  for (const auto& [day, snapshot] : committed()) {
    const std::string& name = day;
    CAPTURE(name);
    CHECK(format_day(snapshot.effective) == name);
    if (end) CHECK(snapshot.effective == *end);
    end = snapshot.observed;
  }
}

TEST_CASE("each builder of a committed state may be in the states that Heroku's builder was in") {
  HerokuFacts facts;
  std::set<std::string> tags;
  for (const auto& [day, snapshot] : committed()) {
    const std::string& name = day;
    for (const Builder& builder : snapshot.builders) {
      const std::string tag = builder.reference.substr(builder.reference.rfind(':') + 1);
      const Json* row = facts.builder(tag);
      if (row == nullptr) continue;
      tags.insert(tag);
      CAPTURE(name);
      CAPTURE(tag);
      CHECK(builder.target.stack == "heroku-" + tag.substr(0, 2));
      REQUIRE(builder.candidates.size() == row->at("candidates").size());
      for (std::size_t i = 0; i < builder.candidates.size(); ++i) {
        const Candidate& candidate = builder.candidates[i];
        const Json& state = row->at("candidates")[i];
        CHECK(candidate.lifecycle == state.at("lifecycle"));
        const std::string commit = "@" + state.at("commit").get<std::string>();
        CHECK(candidate.evidence.source.find(commit) != std::string::npos);
        std::map<std::string, std::string> versions;
        for (const BuildpackReference& each : candidate.buildpacks)
          versions[each.id] = each.version;
        for (const auto& each : state.at("buildpacks").items())
          CHECK_MESSAGE(versions[each.key()] == each.value(), each.key());
      }
    }
  }
  CHECK(tags.size() == facts.rows("builders").size());
}

TEST_CASE("what a committed state says of a buildpack's release is what that release says") {
  HerokuFacts facts;
  int checked = 0;
  std::set<std::string> runtimes;
  for (const auto& [day, snapshot] : committed()) {
    const std::string& name = day;
    CAPTURE(name);
    for (const Capability& capability : snapshot.capabilities) {
      CAPTURE(capability.buildpack);
      CAPTURE(capability.version);
      check_capability(facts, capability, stack_of(snapshot, capability));
      runtimes.insert(capability.runtime);
      ++checked;
    }
  }
  MESSAGE("checked " << checked << " releases");
  CHECK(checked >= 110);
  CHECK(runtimes ==
        std::set<std::string>{"dotnet", "go", "java", "maven", "node", "php", "python", "ruby"});
}

TEST_CASE("the archives of a committed state are those that are known, each from its day on") {
  HerokuFacts facts;
  int pythons = 0, rubies = 0;
  std::map<std::string, std::string> announced;
  for (const Json& row : facts.table("ruby").at("available"))
    announced.emplace(key_of(Scheme::ruby, row.at("version")), row.at("announced"));
  for (const auto& [day, snapshot] : committed()) {
    const std::string& name = day;
    for (const ArchiveStore& store : snapshot.stores) {
      CAPTURE(name);
      CAPTURE(store.id);
      Texts versions;
      for (const Archive& archive : store.archives) versions.push_back(archive.version);
      if (store.id == "python/heroku-22") {
        VersionSet known = VersionSet::none(Scheme::pep440);
        for (const auto& [series, span] : facts.table("python")["archives"]["heroku-22"].items()) {
          const int last = std::stoi(span[1].get<std::string>().substr(series.size() + 1));
          for (int patch = std::stoi(span[0].get<std::string>().substr(series.size() + 1));
               patch <= last; ++patch)
            known = known.unite(set_of(Scheme::pep440, {series + "." + std::to_string(patch)}));
        }
        CHECK(store.complete);
        CHECK(set_of(Scheme::pep440, versions) == known);
        ++pythons;
      } else {
        CHECK_FALSE(store.complete);
        std::size_t expected = 0;
        for (const auto& entry : announced)
          expected += entry.second <= format_instant(snapshot.observed) ? 1 : 0;
        CHECK(store.archives.size() == expected);
        for (const Archive& archive : store.archives)
          CHECK(archive.since == announced[key_of(Scheme::ruby, archive.version)]);
        ++rubies;
      }
    }
  }
  CHECK(pythons >= 4);
  CHECK(rubies >= 8);
}
