// Private to src/pins: what sdk.version and sdk.rollForward of global.json let a build take.
#pragma once

#include <string_view>

#include "version/range.h"

namespace buildable::pins {

// The buildpack takes any SDK of the series that the policy names, and the `dotnet` command then
// refuses one that is older than sdk.version.
Result<VersionSet> sdks_by_roll_forward(const Version& sdk, std::string_view policy,
                                        RollForwardReading reading);

}  // namespace buildable::pins
