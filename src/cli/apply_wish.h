// What `apply` is to write: from the arguments, the settings and the policy of the track.
#pragma once

#include <map>
#include <optional>
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

// By the ids of the runtimes that the repository's pins name: what these accept, together; nothing
// where that is not known of one of them.
using PinnedRuntimes = std::map<std::string, std::optional<VersionSet>>;

// Fails where a file that may hold pins cannot be read: what is in it is not to be taken for
// absent.
Result<PinnedRuntimes> runtimes_in(const ReadRepository& repository);

// What Dependabot is to ignore of these runtimes, by ecosystem. It only ever moves up, so ranges
// below all pins are left out; they may stay where they stand.
Result<std::vector<EcosystemIgnores>> ignores_of(const Policy& policy, const TrackPolicy& track,
                                                 const PinnedRuntimes& runtimes);

}  // namespace buildable
