// Builder images as the platform's registry holds them: made from the facts of a tag, with a layer
// a buildpack, and in the layers' programs the inventories as they are compiled in.
#pragma once

#include <map>
#include <string>

#include "support/heroku_facts.h"

namespace buildable::world {

struct BuilderImage {
  std::string labels;                        // a JSON object
  std::string config;                        // the image's configuration
  std::string manifest;                      // OCI
  std::string digest;                        // of the manifest
  std::map<std::string, std::string> blobs;  // by digest, the configuration included
};

// The tag is "24_0.21.7" or another of which there are facts; of several states that fit it the
// best is taken.
BuilderImage make_builder_image(testing::HerokuFacts& facts, const std::string& tag);

// The same image with other labels.
BuilderImage with_labels(const BuilderImage& image, const std::string& labels);

}  // namespace buildable::world
