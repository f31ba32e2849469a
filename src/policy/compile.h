// Snapshot + rules -> policy. Pure; the only time that matters is `at`, against which a track's end
// and an archive's first day are held.
#pragma once

#include <span>
#include <string>

#include "model/policy.h"

namespace buildable {

// Fails, naming what is missing, when the snapshot contradicts itself or the rules: a track whose
// builder is not described, a buildpack version that the rules cover but whose facts are absent.
//
// `tracks`: only these, in the snapshot's order; empty: all.
Result<Policy> compile(const Snapshot& snapshot, const Rules& rules, Instant at,
                       std::string snapshot_digest, std::span<const std::string> tracks = {});

}  // namespace buildable
