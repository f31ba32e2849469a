// The track that a repository chooses for itself.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/rules.h"
#include "pins/find.h"

namespace buildable::pins {

struct ComponentTrack {
  std::string component;
  std::string track;
};

struct ChosenTrack {
  std::string track;
  std::string reason;                      // "components web and worker of toolforge.yaml"
  std::vector<ComponentTrack> components;  // that are built, by name
};

// From PlatformRules::components_file: components.<name>.build with a true TrackRules::config_key,
// of several the one that stands first in the rules. Components may differ: then the platform's
// default is chosen, and the reason says so. Nothing where no component is built. Fails on what is
// no YAML.
Result<std::optional<ChosenTrack>> track_of_components(const RepositoryFile& file,
                                                       const PlatformRules& platform);

}  // namespace buildable::pins
