#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "emit/sample.h"
#include "report/builder_text.h"
#include "report/table.h"
#include "report/versions_text.h"

using namespace buildable;
using namespace buildable::report;
using namespace buildable::testing;

TEST_CASE("columns are aligned by characters, not by bytes") {
  TextTable table({"A", "B", "C"});
  table.add({"–", "x", ""});
  table.add({"long", "é→", "z", "dropped"});
  CHECK(table.to_text() ==
        "A     B   C\n"
        "–     x\n"
        "long  é→  z\n");
}

TEST_CASE("the summary has a line a track and governed runtime") {
  const Sample sample;
  const std::string text = summary_table(sample.policy);
  CHECK(text.find("default  Snake") != std::string::npos);
  CHECK(text.find("3.14.0   3.14 (3.14.0)  3.12, 3.14") != std::string::npos);
  CHECK(text.find("latest   Gem") != std::string::npos);
  CHECK(text.find("Tool") == std::string::npos);
}

TEST_CASE("one runtime is shown with its series, pins and refusals") {
  const Sample sample;
  const TrackPolicy& track = sample.policy.tracks[0];
  const std::string text = versions_table(track, *track.find("snake"));
  CHECK(text.find("Pinned in: .snake-version\n") != std::string::npos);
  CHECK(text.find("Fails the build: snake.txt (no longer read)\n") != std::string::npos);
  CHECK(text.find("3.14    3.14.0        build when released\n") != std::string::npos);
}

TEST_CASE("versions as JSON have the documented shape") {
  const Sample sample;
  const TrackPolicy& track = sample.policy.tracks[0];
  const auto all = nlohmann::json::parse(versions_json({{track}}, Instant{}, false));
  CHECK(all["track"] == "default");
  CHECK(all["runtimes"].size() == 5);
  CHECK(all["runtimes"]["snake"]["set"] == to_string(track.find("snake")->buildable));
  CHECK(all["runtimes"]["snake"]["default"] == "3.14");
  CHECK(all["runtimes"]["snake"]["versions"] == nlohmann::json::parse(R"(["3.12.9","3.14.0"])"));
  CHECK(all["runtimes"]["snake"]["series"] == nlohmann::json::parse(R"(["3.12","3.14"])"));
  CHECK(nlohmann::json::parse(
            versions_json({{track, track.find("knot")}}, Instant{}, false))["runtimes"]
            .size() == 1);
}

namespace {

Builder sample_builder() {
  Builder builder;
  builder.reference = "registry.example/builder:24_1.14";
  builder.candidates = {
      {"0.21.7", {{"example/snake", "1.0.0", false}}, {}, {}},
      {"0.21.7", {{"example/snake", "1.1.0", false}, {"example/knot", "2.0.0", false}}, {}, {}}};
  return builder;
}

// The first track, as it is where these candidates of the builder are possible.
TrackPolicy track_with(const Sample& sample, std::initializer_list<std::size_t> candidates) {
  TrackPolicy track = sample.policy.tracks[0];
  for (const std::size_t place : candidates) track.states.push_back({.candidate = place});
  return track;
}

}  // namespace

TEST_CASE("the builder's text names the buildpacks of every possible state") {
  const Sample sample;
  const Builder builder = sample_builder();
  const TrackPolicy track = track_with(sample, {0, 1});
  const std::string text = builder_text({sample.rules.platform, track, &builder});
  CHECK(text.find("example/snake  1.0.0 or 1.1.0\n") != std::string::npos);
  CHECK(text.find("Lifecycle: 0.21.7\n") != std::string::npos);
  CHECK(text.find("old/apt") == std::string::npos);  // of another distribution
  CHECK(text.find("not known: which buildpack builds it") != std::string::npos);
  CHECK(builder_text({sample.rules.platform, sample.policy.tracks[0], nullptr})
            .find("What is inside this image is not known.") != std::string::npos);
}

TEST_CASE("a builder that a witness settled is shown as that state, with the witness") {
  const Sample sample;
  const Builder builder = sample_builder();
  TrackPolicy track = track_with(sample, {1});
  track.witnesses = {
      {"a build on 2026-03-01 installed Snake 3.14.1", {.source = "example/tool@1"}}};
  const std::string text = builder_text({sample.rules.platform, track, &builder});
  CHECK(text.find("example/snake  1.1.0\n") != std::string::npos);
  const std::string told =
      "itnessed: a build on 2026-03-01 installed Snake 3.14.1 (example/tool@1)";
  CHECK(text.find("\nW" + told + ".\n") != std::string::npos);
  CHECK(versions_table(track).find("\nw" + told + "\n") != std::string::npos);
  const auto json = nlohmann::json::parse(builder_json({sample.rules.platform, track, &builder}));
  REQUIRE(json["candidates"].size() == 1);
  CHECK(json["candidates"][0]["buildpacks"][0]["version"] == "1.1.0");
  CHECK(json["witnesses"][0]["evidence"]["source"] == "example/tool@1");
  const auto versions = nlohmann::json::parse(versions_json({{track}}, Instant{}, false));
  CHECK(versions["witnesses"] == json["witnesses"]);
}

TEST_CASE("the shell form is one command and comments") {
  const Sample sample;
  const std::string text = builder_shell({sample.rules.platform, sample.policy.tracks[0], nullptr});
  CHECK(text ==
        "# Example Cloud, track default\n"
        "pack build app \\\n"
        "  --path . \\\n"
        "  --builder registry.example/builder:24_1.14 \\\n"
        "  --run-image registry.example/run:24 \\\n"
        "  --trust-builder\n"
        "# Added by the platform: example/apt: apt packages, when there is Aptfile. Then add: "
        "--pre-buildpack registry.example/apt:1\n"
        "# Added by the platform, not reproduced here: Rust builds, when there is Cargo.toml\n"
        "# Not known: which buildpack builds it\n"
        "# Not known: which versions of the buildpacks are inside this image.\n");
}

TEST_CASE("the shell form quotes what a shell would take apart") {
  Sample sample;
  sample.policy.tracks[0].builder = "x; rm -rf 'y' $(z)";
  const std::string text = builder_shell({sample.rules.platform, sample.policy.tracks[0], nullptr});
  CHECK(text.find("--builder 'x; rm -rf '\\''y'\\'' $(z)' \\\n") != std::string::npos);
}

TEST_CASE("the shell form shows what cannot be printed in a form that a shell reads back") {
  Sample sample;
  sample.policy.tracks[0].builder = "a\x1b[2Jb";
  sample.policy.tracks[0].builder_digest = "sha256:\x1b[2J\nrm -rf /";
  const std::string text = builder_shell({sample.rules.platform, sample.policy.tracks[0], nullptr});
  CHECK(text.find("--builder \"$(printf '\\141\\033\\133\\062\\112\\142')\" \\\n") !=
        std::string::npos);
  CHECK(text.find("# The builder image was seen as sha256:\\x1b[2J rm -rf /\n") !=
        std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("the builder as JSON") {
  const Sample sample;
  const Builder builder = sample_builder();
  const auto json = nlohmann::json::parse(
      builder_json({sample.rules.platform, track_with(sample, {0, 1}), &builder}));
  CHECK(json["builder"] == "registry.example/builder:24_1.14");
  CHECK(json["candidates"][1]["buildpacks"][1]["id"] == "example/knot");
  CHECK(json["injected"].size() == 2);
}
