// Files of buildpacks in the form that Heroku gives them, written from tests/data/heroku.
#pragma once

#include <optional>
#include <string>

#include "support/heroku_facts.h"

namespace buildable::world {

// inventory.toml of a release, in the form of its day. Checksums are made up, and what there is for
// Linux on amd64 is listed for a second architecture, too. Nothing where the release has none.
std::optional<std::string> inventory_file(testing::HerokuFacts& facts, const std::string& buildpack,
                                          const std::string& version);

// buildpack.toml of heroku/maven. Nothing where the version that it brings is not known.
std::optional<std::string> maven_descriptor(testing::HerokuFacts& facts,
                                            const std::string& version);

// buildpack.toml of any buildpack.
std::string descriptor_file(testing::HerokuFacts& facts, const std::string& buildpack,
                            const std::string& version);

}  // namespace buildable::world
