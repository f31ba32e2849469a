// Which builder each track has, from the two places where the platform says so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/rules.h"

namespace buildable::ingest {

struct TrackDeployment {
  std::string track;
  std::string builder;      // an image reference
  std::string runner;       // empty: not configured
  std::string valid_until;  // instant from which on the track is refused; empty: no end
};

struct Deployment {
  std::string chart_version;            // of the values file; empty: not given
  std::vector<TrackDeployment> tracks;  // in the order of the rules; absent tracks are left out
};

// The values file of the platform's chart: a Go template, not YAML. Of the mapping `config:` only
// the keys that the rules name are read; template expressions elsewhere are passed over. Errors:
// no builder for the default track, a runner or an end without a builder, a track that should end
// and says not when, a key twice, an expression, alias or block where a plain or quoted value is
// needed, a template directive on a line of its own (what it encloses would be conditional).
Result<Deployment> parse_values_file(std::string_view text, const PlatformRules& platform);

// The answer of the platform's build API about its builders (facts: builds-api !157): an object
// {track: {builder, runner, is_valid, valid_until}} in which every field may be missing. A name
// that is not known is an error, so that a change of the API is noticed, not misread. Beware: where
// nothing is configured the API answers with defaults of its code.
Result<Deployment> parse_supported_versions(std::string_view text, const PlatformRules& platform);

}  // namespace buildable::ingest
