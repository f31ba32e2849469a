// What an ignore condition of Dependabot means, as its ecosystem reads it (facts of
// dependabot-core: the requirement classes).
#pragma once

#include <cstdint>
#include <string_view>

#include "version/render.h"

namespace buildable::bots {

struct Requirement {
  enum class Reading : std::uint8_t {
    versions,    // `set`, which may be empty
    nothing,     // it can be read and matches no version: "23.x" where RubyGems' operators are read
    unreadable,  // GitHub refuses the whole file
    unknown,     // it is not known what it means
  };
  Reading reading = Reading::unknown;
  VersionSet set;
};

Requirement read_requirement(DependabotGrammar grammar, Scheme scheme, std::string_view text);

}  // namespace buildable::bots
