// What bots are to be limited to on a track: the preset for Renovate, ranges for Dependabot.
#pragma once

#include <string>
#include <vector>

#include "app/bot_dependencies.h"
#include "app/settings.h"
#include "apply/dependabot.h"
#include "apply/preset_reference.h"

namespace buildable::app {

// How repositories name our preset, with "{track}" for the track: as it is given, else as
// configured, else in the tree at the configured base_url. Empty where there is none of these.
std::string preset_template(const std::string& given, const Settings& settings);

// The preset that Renovate is to extend on that track. Fails where the template is empty, and where
// it names another track.
Result<apply::WantedPreset> preset_on_track(const std::string& written, const std::string& track,
                                            const std::vector<std::string>& tracks);

// What Dependabot is to ignore of these, for each entry of `updates`: only what it could reach from
// where it is. Ranges below that may stay where they stand. `moved` is as long as `updates`.
Result<std::vector<apply::EcosystemIgnores>> ignores_of(
    const TrackPolicy& track, const std::vector<apply::UpdateScope>& updates,
    const std::vector<bots::UpdatedByName>& moved);

// Where the entries come from, for a comment.
std::string source_of_ignores(const Policy& policy, const TrackPolicy& track);

}  // namespace buildable::app
