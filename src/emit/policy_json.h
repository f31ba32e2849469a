// policy.json: the policy for programs (schemas/policy.schema.json).
#pragma once

#include <string>

#include "emit/json_writer.h"
#include "emit/render_cache.h"
#include "emit/tree.h"

namespace buildable::emit {

std::string emit_policy(const Policy& policy, RenderCache& cache);

// The members of a runtime there, into an object that is open.
void write_runtime_members(JsonWriter& json, const RuntimePolicy& runtime, RenderCache& cache);
// The member `witnesses` into an object that is open; nothing where the track has none.
void write_witnesses(JsonWriter& json, const TrackPolicy& track);

}  // namespace buildable::emit
