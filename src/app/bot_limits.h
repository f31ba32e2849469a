// What bots are to be limited to on a track: the preset for Renovate, ranges for Dependabot.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/repository_check.h"
#include "app/settings.h"
#include "apply/dependabot.h"
#include "apply/preset_reference.h"

namespace buildable {

// How repositories name our preset, with "{track}" for the track: as it is given, else as
// configured, else in the tree at the configured base_url. Empty where there is none of these.
std::string preset_template(const std::string& given, const Settings& settings);

// The preset that Renovate is to extend on that track. Fails where the template is empty, and where
// it names another track.
Result<WantedPreset> preset_on_track(const std::string& written, const std::string& track,
                                     const std::vector<std::string>& tracks);

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
