// What `apply` is to write: from the arguments, the settings and the policy of the track.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "apply/dependabot.h"
#include "apply/preset_reference.h"
#include "cli/context.h"
#include "cli/repository_check.h"

namespace buildable {

// Which preset Renovate is to extend on that track: --preset, else the configured preset, else that
// of the tree at the configured base_url. Fails where there is none of these, and where it names
// another track.
Result<PresetWish> preset_wish(const Context& context, const ApplyArguments& arguments,
                               const std::string& track, const std::vector<std::string>& tracks);

// The ids of the runtimes that the repository's pins name. Fails where a file that may hold pins
// cannot be read: what is in it is not to be taken for absent.
Result<std::set<std::string>> runtimes_in(const ReadRepository& repository,
                                          const PinFinder& finder);

// What Dependabot is to ignore of these runtimes, by ecosystem.
Result<std::vector<EcosystemIgnores>> ignores_of(const Policy& policy, const TrackPolicy& track,
                                                 const std::set<std::string>& runtimes);

}  // namespace buildable
