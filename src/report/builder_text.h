// `builder`: the image of a track, what is inside, and how to run it elsewhere.
#pragma once

#include <string>
#include <vector>

#include "model/policy.h"

namespace buildable::report {

struct BuilderView {
  const PlatformRules& platform;
  const TrackPolicy& track;
  const Builder* builder = nullptr;  // the snapshot's description; null: nothing is known of it
  Instant last_seen = {};            // when what is deployed was last looked up
};

// Those that no witness rules out; empty: nothing is known of what is inside.
std::vector<const Candidate*> candidates_of(const BuilderView& view);
std::string builder_text(const BuilderView& view);
std::string builder_json(const BuilderView& view);
// A `pack build` command for POSIX shells that reproduces the track's build, as far as it is known
// what the platform adds; comment lines say what is not known.
// https://buildpacks.io/docs/for-platform-operators/how-to/integrate-ci/pack/cli/pack_build/
std::string builder_shell(const BuilderView& view);
// The same as lines NAME=VALUE: outputs of a step of GitHub Actions ("builder=…", to be appended to
// $GITHUB_OUTPUT), or variables of GitLab CI ("BUILDABLE_BUILDER=…", a dotenv report). The builder
// has its digest where that is known. Values hold no line break, whatever was observed.
std::string builder_outputs(const BuilderView& view);
std::string builder_variables(const BuilderView& view);

}  // namespace buildable::report
