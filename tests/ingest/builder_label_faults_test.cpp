#include "ingest/builder_image.h"
#include "ingest/support.h"

namespace buildable::ingest {
namespace {

using testing::check_error;

ImageConfig good_image() {
  auto artifact = parse_harbor_artifact(testing::ingest_file("good_harbor_artifact.json"));
  REQUIRE_MESSAGE(artifact, artifact.error().to_text());
  REQUIRE(artifact->config.has_value());
  return *artifact->config;
}

TEST_CASE("a label that is missing or is not what it should be is named in the error") {
  REQUIRE(parse_builder_labels(good_image()));
  for (const char* label : {"io.buildpacks.builder.metadata", "io.buildpacks.buildpack.layers",
                            "io.buildpacks.buildpack.order"}) {
    CAPTURE(label);
    std::string good = good_image().labels.at(label);
    bool object = good.front() == '{';
    for (const std::string& bad :
         {std::string("not JSON"), good.substr(0, good.size() - 1), good + "x", std::string("3"),
          std::string("null"), std::string("[]"), std::string("{}"), std::string(100000, '['),
          object ? R"({"a":1,"a":2,)" + good.substr(1) : R"([{"a":1,"a":2}])",
          std::string("<html></html>"), good + std::string(5U << 20U, ' ')}) {
      CAPTURE(bad.substr(0, 60));
      ImageConfig image = good_image();
      image.labels[label] = bad;
      check_error(parse_builder_labels(image), label);
    }
    ImageConfig image = good_image();
    image.labels.erase(label);
    check_error(parse_builder_labels(image), std::string(label) + ": the label is missing");
  }
}

}  // namespace
}  // namespace buildable::ingest
