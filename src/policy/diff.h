// What changed between two policies, per track and runtime.
#pragma once

#include "model/policy.h"

namespace buildable {

struct RuntimeChange {
  std::string runtime;
  std::string name;
  VersionSet gained = VersionSet::none(Scheme::semver);  // became buildable
  VersionSet lost = VersionSet::none(Scheme::semver);    // ceased to be
  std::vector<std::string> gained_series;
  std::vector<std::string> lost_series;
  std::string old_default;
  std::string new_default;
};

struct TrackChange {
  std::string track;
  std::string old_builder;  // empty: the track is new
  std::string new_builder;  // empty: the track is gone
  bool expired_now = false;
  std::vector<RuntimeChange> runtimes;  // only those that changed
};

struct PolicyChange {
  std::vector<TrackChange> tracks;  // only those that changed
  bool empty() const { return tracks.empty(); }
};

PolicyChange diff(const Policy& older, const Policy& newer);

}  // namespace buildable
