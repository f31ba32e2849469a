#include "fuzz.h"
#include "ingest/builder_image.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  auto [which, text] = fuzz::choice_and_text(data, size, 2);
  Result<ingest::ImageConfig> config = ingest::parse_image_config(text);
  if (which == 1) {
    Result<ingest::HarborArtifact> artifact = ingest::parse_harbor_artifact(text);
    if (!fuzz::parsed(artifact)) return 0;
    fuzz::require(artifact->config.has_value() == artifact->children.empty());
    if (!artifact->config) return 0;
    config = *artifact->config;
  }
  if (!fuzz::parsed(config)) return 0;
  Result<ingest::BuilderImage> image = ingest::parse_builder_labels(*config);
  if (!fuzz::parsed(image)) return 0;
  fuzz::require(!image->candidate.buildpacks.empty() && !image->candidate.order.empty());
  fuzz::require(!image->target.distro_version.empty());
  return 0;
}

static const fuzz::Registered registered{"builder_image", "json", run};
