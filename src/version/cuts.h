// Private to src/version: the canonical place of a cut in one of a set's two worlds.
#pragma once

#include "version/set.h"

namespace buildable {

enum class World : std::uint8_t { finals, prereleases };

// Of all cuts that part the members of this world alike, always the same one.
Cut canonical(Cut cut, World world);

// Below every version of the scheme: a canonical low cut here bounds nothing.
const Cut& bottom(Scheme scheme, World world);

// Whether the key of a version lies above the cut: as `key >= cut.key()`, without making that text.
bool lies_above(std::string_view key, const Cut& cut);

}  // namespace buildable
