// policy.json: the policy for programs (schemas/policy.schema.json).
#pragma once

#include <string>

#include "emit/render_cache.h"
#include "emit/tree.h"

namespace buildable {

std::string emit_policy(const Policy& policy, RenderCache& cache);

}  // namespace buildable
