// What `explain --format json` and /v1/check say.
#pragma once

#include "emit/json_writer.h"
#include "policy/explain.h"

namespace buildable::report {

// A whole object; "newest_buildable" and "nearest_buildable" are null where there is none.
void write_explanation(emit::JsonWriter& json, const Explanation& explanation);

}  // namespace buildable::report
