// What `explain --format json` and /v1/check say.
#pragma once

#include <optional>

#include "base/time.h"
#include "emit/json_writer.h"
#include "policy/explain.h"

namespace buildable::report {

// A whole object; "newest_buildable" and "nearest_buildable" are null where there is none.
// `last_seen`: when what is deployed was last looked up, where that is not said around it.
void write_explanation(emit::JsonWriter& json, const Explanation& explanation,
                       std::optional<Instant> last_seen = {});

}  // namespace buildable::report
