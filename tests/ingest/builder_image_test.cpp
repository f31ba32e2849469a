#include <algorithm>

#include "ingest/builder_image.h"
#include "ingest/support.h"

namespace buildable::ingest {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::with;

const std::string& artifact() {
  static const std::string text = ingest_file("good_harbor_artifact.json");
  return text;
}

Result<BuilderImage> builder_in(const std::string& harbor) {
  Result<HarborArtifact> read = parse_harbor_artifact(harbor);
  if (!read) return fail(std::move(read.error()));
  REQUIRE(read->config);
  return parse_builder_labels(*read->config);
}

TEST_CASE("Harbor's answer holds digest, tags and labels") {
  Result<HarborArtifact> read = parse_harbor_artifact(artifact());
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(read->digest == "sha256:" + std::string(64, '1'));
  CHECK(read->tags == std::vector<std::string>{"24_0.21.8", "24_20260511"});
  CHECK(read->children.empty());
  REQUIRE(read->config);
  CHECK(read->config->arch == "amd64");
}

TEST_CASE("an index in Harbor names the image of each platform") {
  Result<HarborArtifact> read = parse_harbor_artifact(ingest_file("good_harbor_index.json"));
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(read->tags.empty());
  CHECK_FALSE(read->config);
  REQUIRE(read->children.size() == 2);
  CHECK(read->children[1].arch == "arm64");
  CHECK(read->children[1].digest == "sha256:" + std::string(64, '3'));
}

TEST_CASE("labels give lifecycle, buildpacks once each, order, layers and target") {
  Result<BuilderImage> image = builder_in(artifact());
  REQUIRE_MESSAGE(image, image.error().to_text());
  CHECK(image->candidate.lifecycle == "0.21.8");
  REQUIRE(image->candidate.buildpacks.size() == 3);
  CHECK(image->candidate.buildpacks[1] == BuildpackReference{"heroku/jvm", "7.0.11", false});
  REQUIRE(image->candidate.order.size() == 1);
  CHECK(image->candidate.order[0][1] == BuildpackReference{"heroku/jvm", "7.0.11", true});
  CHECK(image->target == Target{"linux", "amd64", "ubuntu", "24.04", "heroku-24"});
  REQUIRE(image->layers.size() == 3);
  CHECK(image->layers[0].parts[0][0].id == "heroku/jvm");
}

TEST_CASE("labels that say too little or contradict each other are an error") {
  struct Row {
    const char* piece;
    const char* by;
    const char* says;
  };
  for (
      const Row& row : {
          Row{"builder.metadata", "builder.other",
              "io.buildpacks.builder.metadata: the label is missing"},
          Row{R"({\"id\":\"heroku/jvm\",\"version\":\"7.0.11\"}],\"extensions)",
              R"({\"id\":\"heroku/jvm\",\"version\":\"7.0.12\"}],\"extensions)",
              "two versions of heroku/jvm"},
          Row{R"(\"lifecycle\":{\"version\")", R"(\"lifecycle\":{\"release\")",
              "$.lifecycle: the key 'version' is missing"},
          Row{R"(\"id\":\"heroku/python\",\"version\":\"6.5.0\",\"licenses)",
              R"(\"id\":\"heroku/python\",\"version\":\"6.5\",\"licenses)", "no version: \"6.5\""},
          Row{R"([{\"group\":[{\"id\":\"heroku/python\",\"version\":\"6.5.0\"})",
              R"([{\"group\":[{\"id\":\"heroku/python\",\"version\":\"6.6.0\"})",
              "the builder has no heroku/python 6.6.0"},
          Row{R"(\"heroku/python\":{\"6.5.0\")", R"(\"heroku/python\":{\"6.6.0\")",
              "no layer for heroku/python 6.5.0"},
          Row{R"("io.buildpacks.stack.id":"heroku-24")", R"("io.buildpacks.stack.id":"bionic")",
              "not a known stack"},
          Row{R"("io.buildpacks.stack.id":"heroku-24")", R"("other":"x")", "not a known stack"},
          Row{R"("io.buildpacks.stack.id":"heroku-24")",
              R"("io.buildpacks.stack.id":"heroku-24","io.buildpacks.base.distro.version":"22.04")",
              "the stack is"},
          Row{R"("[{\"group\")", R"("null[{\"group\")", "io.buildpacks.buildpack.order"},
          Row{R"("[{\"group\":[)", R"("[{\"groups\":[)", "the key 'group' is missing"},
          Row{"sha256:2222", "sha256:22222", "no digest"},
      }) {
    CAPTURE(row.by);
    check_error(builder_in(with(artifact(), row.piece, row.by)), row.says);
  }
}

TEST_CASE("answers of another form are an error") {
  struct Row {
    std::string text;
    const char* says;
  };
  for (const Row& row : {
           Row{with(artifact(), "\"extra_attrs\"", "\"attrs\""),
               "the key 'extra_attrs' is missing"},
           Row{with(artifact(), "\"Labels\"", "\"labels\""), "the key 'Labels' is missing"},
           Row{with(artifact(), "\"digest\":\"sha256:1", "\"digest\":\"sha1:1"), "no digest"},
           Row{R"({"errors":[{"code":"NOT_FOUND","message":"artifact not found"}]})",
               "'digest' is missing"},
           Row{with(ingest_file("good_harbor_index.json"), "child_digest", "digest"),
               "'child_digest' is missing"},
           Row{R"([])", "an object is needed, not an array"},
       }) {
    CAPTURE(row.text.substr(0, 60));
    check_error(parse_harbor_artifact(row.text), row.says);
  }
  check_error(
      parse_image_config(R"({"os":"linux","architecture":"amd64","config":{"Labels":{"a":1}}})"),
      "a text is needed");
  check_error(parse_image_config(R"({"os":"linux","architecture":"amd64","config":{"Labels":{}}})"),
              "no labels");
}

TEST_CASE("a stack names its distribution") {
  Result<Target> target = target_of_stack("heroku-22", "amd64");
  REQUIRE(target);
  CHECK(target->distro_version == "22.04");
  for (const char* stack :
       {"", "heroku", "heroku-2", "heroku-2x", "heroku-224", "io.buildpacks.stacks.jammy"}) {
    CHECK_FALSE(target_of_stack(stack, "amd64"));
  }
}

TEST_CASE("image configs as pack writes them, with what real builders hold") {
  for (const char* tag : {"22_20240105", "24_0.21.7"}) {
    CAPTURE(tag);
    Result<ImageConfig> config = parse_image_config(testing::read_file(
        testing::test_data("heroku/image_configs") / (std::string(tag) + ".json")));
    REQUIRE_MESSAGE(config, config.error().to_text());
    Result<BuilderImage> image = parse_builder_labels(*config);
    REQUIRE_MESSAGE(image, image.error().to_text());
    bool old = tag[1] == '2';
    CHECK(image->target.distro_version == (old ? "22.04" : "24.04"));
    CHECK(image->candidate.lifecycle == (old ? "0.18.3" : "0.21.7"));
    CHECK(image->candidate.buildpacks.size() == (old ? 19 : 14));
    CHECK(image->candidate.order.size() > 6);
    auto jvm = std::count_if(image->candidate.buildpacks.begin(), image->candidate.buildpacks.end(),
                             [](const auto& buildpack) { return buildpack.id == "heroku/jvm"; });
    CHECK(jvm == 1);
  }
}

}  // namespace
}  // namespace buildable::ingest
