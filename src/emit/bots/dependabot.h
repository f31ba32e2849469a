// Dependabot: ignore entries. One range a string, one string an entry, always quoted: that reads
// the same in every implementation of the file, and one string that an ecosystem cannot parse would
// void the user's whole file.
// https://docs.github.com/code-security/dependabot/working-with-dependabot/dependabot-options-reference
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "emit/tracks.h"

namespace buildable::emit {

// What one runtime means for one ecosystem: an entry for each dependency and each range. Refers to
// the rules and to the context's cache.
struct IgnoreBlock {
  std::string_view runtime;  // id
  std::string description;
  std::span<const std::string> dependencies;
  const IgnoreVersions& ignored;
};

struct EcosystemBlocks {
  std::string ecosystem;
  std::vector<IgnoreBlock> blocks;  // by runtime id
};

// By ecosystem, sorted. Fails on an ecosystem whose grammar is not known.
Result<std::vector<EcosystemBlocks>> dependabot_blocks(const TrackContext& context);

// A complete dependabot.yml with one `updates` entry an ecosystem, to take the ignore lists from.
std::string emit_dependabot_yaml(const TrackContext& context,
                                 const std::vector<EcosystemBlocks>& ecosystems);
std::string emit_dependabot_json(const TrackContext& context,
                                 const std::vector<EcosystemBlocks>& ecosystems);

}  // namespace buildable::emit
