#pragma once

#include <optional>
#include <string_view>

#include "base/time.h"

namespace buildable {

// From when on the platform refuses a track: of its `valid_until`, an instant or a day, which means
// the beginning of that day. Nothing where it is empty: the track does not end.
Result<std::optional<Instant>> track_end(std::string_view valid_until);

}  // namespace buildable
