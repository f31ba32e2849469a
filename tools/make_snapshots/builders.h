// Builders with the states that they may be in.
#pragma once

#include "facts.h"
#include "plan.h"

namespace buildable {

// Each candidate's buildpacks by id, parts of composites included. Fails where builder.toml and the
// history contradict each other.
Result<Builder> read_builder(const Facts& facts, const SnapshotPlan& plan,
                             const BuilderPlan& builder);

}  // namespace buildable
