// What cannot be believed is refused, with the source and the reason; what is optional is left out.
#include "observe/sample_platform.h"
#include "support/instants.h"

using namespace buildable;
using namespace buildable::observe;
using namespace buildable::testing;

namespace {

const std::string harbor = "https://images.test/api/builder/";
const std::string registry = "https://images.test/v2/tools/builder/";
const std::string listing_url = "https://store.test/?list-type=2&prefix=heroku-24/amd64/gem-";

std::string refusal(const Table& table, const Snapshot* last = nullptr) {
  const auto observation = observe_sample(table, last);
  return observation ? std::string("accepted") : observation.error().to_text();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> codes(const Observation& observation) {
  std::vector<std::string> found;
  for (const Remark& remark : observation.remarks)
    if (remark.code != "injection_unreviewed") found.push_back(remark.code);
  return found;
}

Table with(const std::string& url, FakeAnswer answer) {
  Table table = sample_world();
  table[url] = std::move(answer);
  return table;
}

Observation observed_by(const Rules& rules, const Table& table) {
  FakeFetcher fetcher(table);
  auto observation = observe::observe(rules, fetcher, {.now = sample_now});
  REQUIRE_MESSAGE(observation, observation.error().to_text());
  return *observation;
}

}  // namespace

TEST_CASE("a source that is not optional and fails, or says nonsense, is refused by name") {
  const MadeImage image = make_image(current_image());
  const std::string config = registry + "blobs/" + sha256_digest(image.config);
  struct Row {
    const char* name;
    std::string url;
    FakeAnswer answer;
    const char* says;
  };
  const Row rows[] = {
      {"values: no connection",
       "https://git.test/values.yaml",
       {.error = "connection refused"},
       "values: connection refused"},
      {"values: a new layout",
       "https://git.test/values.yaml",
       {.body = "settings:\n  builder: x\n"},
       "values: the values file has no mapping"},
      {"values: HTML",
       "https://git.test/values.yaml",
       {.body = "<html><body>login</body></html>"},
       "values: "},
      {"harbor: the tag is gone", harbor + "24_1", {.status = 404}, "harbor: answered 404"},
      {"harbor: no JSON", harbor + "24_1", {.body = "{\"digest\": "}, "harbor: "},
      {"registry: the tag is gone", registry + "manifests/24_1", {.status = 404}, "answered 404"},
      {"registry: other bytes than the digest says",
       config,
       {.body = image.config + " "},
       "registry: "},
      {"inventory: gone",
       "https://git.test/band/5.0.0/inventory.toml",
       {.status = 404},
       "band_inventory: answered 404"},
      {"inventory: empty",
       "https://git.test/band/5.0.0/inventory.toml",
       {.body = "\n"},
       "band_inventory: "},
      {"constants: renamed",
       "https://git.test/snake/6.0.0/series.rs",
       {.body = "const OTHER: u16 = 13;\n"},
       "DEFAULT: "},
      {"aliases: none",
       "https://git.test/jar/4.0.0/aliases.rs",
       {.body = "fn f() {}\n"},
       "jar_aliases: "},
      {"descriptor: garbled",
       "https://git.test/tool/4.0.0/buildpack.toml",
       {.body = "= 3"},
       "tool_descriptor: "},
      {"repository: the hash is gone",
       "https://git.test/pile/2.0.0/bootstrap.rs",
       {.body = "const SNAPSHOT: &str = \"tomorrow\";\n"},
       "pile_constant: "},
      {"repository: empty",
       "https://store.test/heroku-24-amd64/packages-" + pile_hash + ".json",
       {.body = R"({"packages":[]})"},
       "pile_packages: the repository has no package"},
      {"listing: the second page is gone",
       listing_url + "&continuation-token=a%20b%2B",
       {.status = 500},
       "gem_archives: answered 500"},
      {"listing: nothing in it",
       listing_url,
       {.body = listing({})},
       "gem_archives: the listing has no archive"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const std::string text = refusal(with(row.url, row.answer));
    CHECK_MESSAGE(has(text, row.says), text);
  }
}

TEST_CASE("every reason is told, each once") {
  Table table = sample_world();
  table.erase("https://git.test/band/5.0.0/inventory.toml");
  table.erase("https://git.test/tool/4.0.0/buildpack.toml");
  const auto observation = observe_sample(table);
  REQUIRE_FALSE(observation);
  CHECK(observation.error().diagnostics().size() == 2);
}

TEST_CASE("an optional source that fails is left out") {
  const Snapshot whole = observed(sample_world()).snapshot;
  struct Row {
    const char* url;
    FakeAnswer answer;
    const char* source;
  };
  const Row rows[] = {
      {"https://git.test/commits", {.error = "time-out"}, "history"},
      {"https://git.test/commits", {.body = "[]"}, "history"},
      {"https://api.test/supported", {.status = 500}, "api"},
      {"https://api.test/supported", {.body = R"({"tomorrow":{}})"}, "api"},
      {"https://git.test/chart.yaml", {.body = "chartVersion: none\n"}, "script"},
      {"https://dates.test/snake", {.body = "[]"}, "cycles"},
      {"https://git.test/band/5.0.0/default.rs", {.body = "let other = 1;"}, "band_default"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.source);
    CAPTURE(row.url);
    const Observation observation = observed(with(row.url, row.answer));
    bool told = false;
    for (const SourceReport& source : observation.sources)
      told = told || (source.source == row.source && source.outcome == SourceOutcome::failed);
    CHECK(told);
    CHECK(observation.snapshot.builders == whole.builders);
    CHECK(observation.snapshot.stores == whole.stores);
  }
  CHECK(observed(with("https://git.test/commits", {.error = "x"})).snapshot.effective ==
        instant("2026-08-20T12:00:00Z"));
}

TEST_CASE("sources that contradict each other are refused") {
  MadeImage other = make_image(old_image());
  CHECK(has(refusal(with(harbor + "24_1", {.body = harbor_answer(other)})),
            "sources_disagree: the digest of images.test/tools/builder:24_1"));
  MadeImage relabelled = make_image(current_image());
  Json labels = Json::parse(relabelled.labels);
  labels["io.buildpacks.stack.id"] = "heroku-26";
  relabelled.labels = labels.dump();
  CHECK(has(refusal(with(harbor + "24_1", {.body = harbor_answer(relabelled)})),
            "sources_disagree: a label of"));
  const char* const one = R"({"default":{"builder":"images.test/tools/builder:24_9",)"
                          R"("runner":"images.test/tools/runner:24_1"}})";
  CHECK(has(refusal(with("https://api.test/supported", {.body = one})),
            "sources_disagree: the builder of the track default"));
}

TEST_CASE("the build API may agree, and may answer for tracks that are not configured") {
  Table table = with("https://api.test/supported",
                     {.body = R"({"default":{"builder":"images.test/tools/builder:24_1"},)"
                              R"("deprecated":{"builder":"images.test/tools/builder:22",)"
                              R"("is_valid":false,"valid_until":"2026-04-27T00:00:00Z"}})"});
  CHECK(codes(observed(table)).empty());
  table["https://git.test/values.yaml"].body =
      "config:\n  builder: images.test/tools/builder:24_1\n";
  CHECK(observed(table).snapshot.tracks.size() == 1);
}

TEST_CASE("the rules can let a contradiction pass with a warning") {
  Rules rules = sample_rules();
  rules.platform.judgement.sources_disagree = Severity::warn;
  const Table table = with("https://api.test/supported",
                           {.body = R"({"default":{"builder":"images.test/tools/builder:24_9"}})"});
  const Observation observation = observed_by(rules, table);
  CHECK(codes(observation) == std::vector<std::string>{"sources_disagree"});
  CHECK(observation.snapshot.tracks[0].builder == "images.test/tools/builder:24_1");
}

TEST_CASE(
    "labels that are missing are refused, or leave the builder unknown where the rules allow") {
  SampleImage sample = current_image();
  sample.stack = "noble";
  Table table = sample_world();
  add_image(table, "24_1", make_image(sample));
  CHECK(has(refusal(table), "label_missing: images.test/tools/builder:24_1"));
  Rules rules = sample_rules();
  rules.platform.judgement.label_missing = Severity::warn;
  const Observation observation = observed_by(rules, table);
  CHECK(codes(observation) == std::vector<std::string>{"label_missing"});
  CHECK(observation.snapshot.builders[0].candidates.empty());
  CHECK(observation.snapshot.builders[1].candidates.size() == 1);
}

TEST_CASE("an image of another registry is not taken for one of ours") {
  Table table = sample_world();
  std::string& values = table["https://git.test/values.yaml"].body;
  values = replace_all(values, "latestBuilder: images.test", "latestBuilder: beta.images.test");
  CHECK(has(refusal(table), "no source describes images of beta.images.test"));
}

TEST_CASE("the image is right where it differs from git") {
  SampleImage sample = current_image();
  sample.in_band = {"24.2.0", "24.3.0"};
  Table table = sample_world();
  add_image(table, "24_1", make_image(sample));
  add_image(table, "24_2", make_image(sample));
  const Observation observation = observed(table);
  REQUIRE(codes(observation) == std::vector<std::string>{"image_differs_from_git"});
  CHECK(has(observation.remarks[1].text + observation.remarks[0].text,
            "only in the image: 24.3.0; only at the tag: 24.1.0"));
  for (const Capability& each : observation.snapshot.capabilities) {
    if (each.runtime != "band" || each.version != "5.0.0") continue;
    CHECK(each.versions == sample.in_band);
    CHECK(each.evidence.digest == make_image(sample).layer_digest);
  }
}

TEST_CASE("an image that cannot be heard leaves git's word, and is told") {
  const MadeImage image = make_image(current_image());
  const std::string blob = registry + "blobs/" + image.layer_digest;
  for (const FakeAnswer& answer :
       {FakeAnswer{.status = 404}, FakeAnswer{.body = "other bytes"}, FakeAnswer{.error = "x"}}) {
    const Observation observation = observed(with(blob, answer));
    CHECK(codes(observation) == std::vector<std::string>{"image_unheard"});
    CHECK(observation.snapshot == observed(sample_world()).snapshot);
  }
}

TEST_CASE("what only an ended track needs may be missing") {
  for (const std::string& url : {harbor + "22", registry + "manifests/22",
                                 std::string("https://git.test/band/2.0.0/inventory.toml")}) {
    CAPTURE(url);
    const Observation observation = observed(with(url, {.status = 404}));
    CHECK(codes(observation) == std::vector<std::string>{"ended_builder_unread"});
    const Builder& builder = observation.snapshot.builders[2];
    CHECK(builder.candidates.empty());
    CHECK_FALSE(builder.reasoning.empty());
    CHECK(observation.snapshot.tracks[2].valid_until == "2026-04-27T00:00:00Z");
    CHECK(parse_snapshot(write_snapshot(observation.snapshot), "it"));
    // A day before its end it is needed.
    CHECK_FALSE(observe_sample(with(url, {.status = 404}), nullptr,
                               *parse_instant("2026-04-26T00:00:00Z")));
  }
}

TEST_CASE("a store that may not be listed is asked for single archives") {
  Table table = sample_world();
  table[listing_url] = {.status = 403};
  table["https://store.test/?list-type=2&prefix=heroku-24/gem-"] = {.status = 403};
  table["HEAD https://store.test/heroku-24/amd64/gem-4.0.1.tgz"] = {};  // upstream's newest
  table["HEAD https://store.test/heroku-24/amd64/gem-3.4.1.tgz"] = {};  // known before
  table["HEAD https://store.test/heroku-24/gem-3.4.2.tgz"] = {.status = 403};
  const Snapshot last = observed(sample_world()).snapshot;
  const Snapshot fresh = observed(table, &last).snapshot;
  REQUIRE(fresh.stores.size() == 1);
  CHECK_FALSE(fresh.stores[0].complete);
  CHECK(fresh.stores[0].archives == std::vector<Archive>{{"3.4.1", ""}, {"4.0.1", "2026-08-20"}});
  table["HEAD https://store.test/heroku-24/amd64/gem-3.4.2.tgz"] = {.error = "time-out"};
  CHECK(has(refusal(table, &last), "gem_archives: time-out"));
}

TEST_CASE("the script that injects buildpacks is compared with the one that was reviewed") {
  const std::string url = "https://git.test/" + script_commit + "/inject.sh";
  Rules rules = sample_rules();
  for (Source& source : rules.platform.sources)
    if (source.kind == SourceKind::injection_script)
      source.digest = sha256_digest(sample_world().at(url).body);
  CHECK(observed_by(rules, sample_world()).remarks.empty());
  const Observation changed = observed_by(rules, with(url, {.body = "echo other/pack@1.2.3\n"}));
  REQUIRE(changed.remarks.size() == 1);
  CHECK(changed.remarks[0].code == "injection_changed");
  CHECK(has(changed.remarks[0].text, "other/pack@1.2.3"));
  CHECK(changed.remarks[0].evidence.digest == sha256_digest("echo other/pack@1.2.3\n"));
  CHECK(observed_by(rules, with(url, {.status = 404})).snapshot.notes.size() == 1);
}
