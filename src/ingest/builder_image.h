// What a builder image says about itself (facts: buildpacks/pack writes these labels; the CNB
// platform specification names only the base image's).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/snapshot.h"

namespace buildable::ingest {

struct ImageConfig {
  std::string os;
  std::string arch;
  std::map<std::string, std::string> labels;
};

// An OCI image config: `os`, `architecture` and `config.Labels` are needed, the rest is passed
// over.
Result<ImageConfig> parse_image_config(std::string_view json);

// One platform of a multi-arch image.
struct ImageChild {
  std::string digest;
  std::string os;
  std::string arch;
};

// Harbor's answer about one artifact (api/v2.0/swagger.yaml): an image with its config, or an index
// with its children; never neither.
struct HarborArtifact {
  std::string digest;
  std::vector<std::string> tags;
  std::vector<ImageChild> children;
  std::optional<ImageConfig> config;
};
Result<HarborArtifact> parse_harbor_artifact(std::string_view json);

// One buildpack as io.buildpacks.buildpack.layers describes it.
struct BuildpackLayer {
  std::string id;
  std::string version;
  std::string diff_id;            // of its layer, "sha256:…"
  std::vector<OrderGroup> parts;  // of a composite
};

struct BuilderImage {
  Candidate candidate;  // its evidence is the caller's to fill in
  Target target;
  std::vector<BuildpackLayer> layers;
};

// The labels that pack writes. Each is a text that holds JSON. Buildpacks that stand twice (a part
// of two composites) are taken once; two versions of one id are an error, because then the id does
// not say which version builds. Where the base image does not name its distribution, it follows
// from the stack ("heroku-22" is Ubuntu 22.04); where it names both they have to agree.
Result<BuilderImage> parse_builder_labels(const ImageConfig& image);

// The target of a stack: "heroku-24" on "amd64" is Ubuntu 24.04.
Result<Target> target_of_stack(std::string_view stack, std::string_view arch);

}  // namespace buildable::ingest
