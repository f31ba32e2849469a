// Which buildpacks take part: the builder's order, detection and the build plan.
// https://github.com/buildpacks/spec/blob/main/buildpack.md (detection)
#pragma once

#include <vector>

#include "build/model.h"

namespace buildable::build {

// A buildpack that takes part. `model` is null where the buildpack has none: it can be in a group
// as an optional one only, and nothing is said of it.
struct Participant {
  const Model* model = nullptr;
  BuildpackReference buildpack;
};

// The members of the first group that passes, in order; empty where none does, or once it is told
// to stop.
std::vector<Participant> participants(const State& state, const Files& files,
                                      const StopAsked& stop);

}  // namespace buildable::build
