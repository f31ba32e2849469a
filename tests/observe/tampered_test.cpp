// One fact at a time is tampered with, as by somebody between us and one source. For each it is
// refused, while the sources are read or when the snapshot is judged; or the fact is not taken, or
// is, with a warning, where no second source could tell.
#include "base/digest.h"
#include "observe/sample_platform.h"
#include "policy/compile.h"
#include "policy/judgement.h"

using namespace buildable;
using namespace buildable::observe;
using namespace buildable::testing;

namespace {

const std::string snake = "https://git.test/snake/6.0.0/series.rs";
const std::string band = "https://git.test/band/5.0.0/inventory.toml";
const std::string band_default = "https://git.test/band/5.0.0/default.rs";
const std::string gem_archives =
    "https://store.test/?list-type=2&prefix=heroku-24/amd64/gem-&continuation-token=a%20b%2B";
const std::string jar = "https://git.test/jar/4.0.0/aliases.rs";
const std::string tool = "https://git.test/tool/4.0.0/buildpack.toml";
const std::string pile_packages =
    "https://store.test/heroku-24-amd64/packages-" + pile_hash + ".json";

enum class Outcome : std::uint8_t { refused, judged, warned };

struct Row {
  const char* name;
  std::string url;
  std::string from;
  std::string to;
  Outcome outcome;
  const char* code;
  const char* says;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string aliases(int first, int last) {
  std::string text;
  for (int minor = first; minor <= last; ++minor) {
    const std::string number = std::to_string(minor);
    text += "const LATEST_3_" + number + ": V = V::new(3, " + number + ", 1);\n";
  }
  return text;
}

Judgement judged(const Rules& rules, const Snapshot& last, const Snapshot& fresh) {
  const auto policy_of = [&](const Snapshot& snapshot) {
    auto policy = compile(snapshot, rules, sample_now, sha256_digest(write_snapshot(snapshot)));
    REQUIRE_MESSAGE(policy, policy.error().to_text());
    return *policy;
  };
  const Policy before = policy_of(last), now = policy_of(fresh);
  return judge_change(rules, &last, &before, fresh, now);
}

void check(const Row& row, const Rules& rules, const Snapshot& last) {
  Table table = sample_world();
  FakeAnswer& answer = table.at(row.url);
  const std::string tampered = replace_all(answer.body, row.from, row.to);
  REQUIRE(tampered != answer.body);
  answer.body = tampered;
  FakeFetcher fetcher(table);
  ObserveOptions options{.now = sample_now};
  options.last_good = &last;
  const auto observation = observe::observe(rules, fetcher, options);
  if (row.outcome == Outcome::refused) {
    REQUIRE_FALSE(observation);
    const std::string text = observation.error().to_text();
    CHECK_MESSAGE(has(text, row.code), text);
    CHECK_MESSAGE(has(text, row.says), text);
    return;
  }
  REQUIRE_MESSAGE(observation, observation.error().to_text());
  const Judgement judgement = judged(rules, last, observation->snapshot);
  CHECK(judgement.acceptable() == (row.outcome == Outcome::warned));
  bool told = false;
  for (const Finding& finding : judgement.findings)
    told = told || (finding.code == row.code && has(finding.text, row.says));
  for (const Remark& remark : observation->remarks)
    told = told || (remark.code == row.code && has(remark.text, row.says));
  CHECK(told);
}

}  // namespace

TEST_CASE("the world as it is contradicts itself nowhere") {
  const Rules rules = sample_rules();
  const Snapshot snapshot = observed(sample_world()).snapshot;
  CHECK(judged(rules, snapshot, snapshot).findings.size() == 1);  // a track has ended
  for (const Remark& remark : observed(sample_world(), &snapshot).remarks)
    CHECK(remark.code == "injection_unreviewed");
}

TEST_CASE("a single fact that was tampered with is not believed") {
  const Rules rules = sample_rules();
  const Snapshot last = observed(sample_world()).snapshot;
  const std::string newest = "const NEWEST: u16 = 14;\n";
  const Row rows[] = {
      {"the default is a series that nobody has released", snake, "minor: 14", "minor: 99",
       Outcome::refused, "sources_disagree", "the default 3.99"},
      {"the newest series is 3.99, with an alias for each", snake, newest,
       "const NEWEST: u16 = 99;\n" + aliases(15, 99), Outcome::refused, "sources_disagree",
       "https://dates.test/snake"},
      {"the newest series is the next one", snake, newest,
       "const NEWEST: u16 = 15;\n" + aliases(15, 15), Outcome::refused, "sources_disagree", "3.15"},
      {"the newest series without its aliases", snake, newest, "const NEWEST: u16 = 99;\n",
       Outcome::refused, "LATEST_3_15", "missing"},
      {"an alias outside of the series", snake, newest, newest + aliases(99, 99), Outcome::refused,
       "LATEST_3_", "outside of the span"},
      {"an alias of another series", snake, "V::new(3, 14, 4)", "V::new(3, 99, 4)",
       Outcome::refused, "LATEST_3_14", "3.99.4"},
      {"an alias that upstream has not released", snake, "V::new(3, 14, 4)", "V::new(3, 14, 99)",
       Outcome::warned, "newer_than_upstream", "3.14.99"},
      {"an alias that was another one", snake, "V::new(3, 14, 4)", "V::new(3, 14, 5)",
       Outcome::warned, "fact_changed", "3.14=3.14.5"},
      {"the default is older than all series", snake, "minor: 14", "minor: 8", Outcome::judged,
       "facts_contradict", "3.8"},
      {"the default is a patch of no series", snake, "minor: 14, patch: None",
       "minor: 12, patch: Some(1)", Outcome::judged, "facts_contradict", "3.12.1"},
      {"a series is taken away", snake, "const OLDEST: u16 = 13;\n", "const OLDEST: u16 = 14;\n",
       Outcome::refused, "LATEST_3_", "outside of the span"},
      {"an inventory's release that is not in the image", band, "version = \"24.2.0\"",
       "version = \"99.0.0\"", Outcome::warned, "image_differs_from_git", "99.0.0"},
      {"a default that the inventory lacks", band_default, "24.x", "99.x", Outcome::judged,
       "facts_contradict", "99.x"},
      {"a default that is not a version", band_default, "24.x", "../24", Outcome::judged,
       "facts_contradict", "is not a version"},
      {"an archive of a series that nobody has released", gem_archives, "gem-4.0.0", "gem-9.9.9",
       Outcome::refused, "sources_disagree", "9.9.9"},
      {"an archive that upstream has not released", gem_archives, "gem-4.0.0.tgz",
       "gem-4.0.0.tgz</Key></Contents><Contents><Key>heroku-24/amd64/gem-4.0.99.tgz",
       Outcome::warned, "newer_than_upstream", "4.0.99"},
      {"an alias table that leads to another series", jar, "1.8.0_392", "11.0.2", Outcome::judged,
       "facts_contradict", "is not of that series"},
      {"a default that has no tarball", tool, "default-version = \"3.9.4\"",
       "default-version = \"9.9.9\"", Outcome::refused, "tool_descriptor", "9.9.9"},
      {"a package that came into a frozen repository", pile_packages, "\"8.5.5\"", "\"9.0.0\"",
       Outcome::judged, "fact_changed", "8.4.20 9.0.0"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    check(row, rules, last);
  }
}

TEST_CASE("where upstream's releases are held back, those known last still count") {
  const Rules rules = sample_rules();
  const Snapshot last = observed(sample_world()).snapshot;
  Table table = sample_world();
  table["https://dates.test/snake"] = {.error = "time-out"};
  REQUIRE(observe_sample(table, &last));
  std::string& body = table.at(snake).body;
  body = replace_all(body, "NEWEST: u16 = 14;\n", "NEWEST: u16 = 15;\n" + aliases(15, 15));
  const auto observation = observe_sample(table, &last);
  REQUIRE_FALSE(observation);
  CHECK(has(observation.error().to_text(), "3.15"));
}

TEST_CASE("a version that is installed by name must be in the store") {
  // The alias of a runtime whose archives are listed.
  Rules rules = sample_rules();
  for (RuntimeRules& runtime : rules.runtimes)
    if (runtime.id == "gem") runtime.buildpacks[0].default_version = "3.4.2";
  FakeFetcher good(sample_world());
  CHECK(observe::observe(rules, good, {.now = sample_now}));
  for (RuntimeRules& runtime : rules.runtimes)
    if (runtime.id == "gem") runtime.buildpacks[0].default_version = "3.4.99";
  FakeFetcher bad(sample_world());
  const auto observation = observe::observe(rules, bad, {.now = sample_now});
  REQUIRE_FALSE(observation);
  CHECK(has(observation.error().to_text(), "3.4.99, which is not in the store"));
}
