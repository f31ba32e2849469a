#include "pins/roll_forward.h"

namespace buildable::pins {

Result<VersionSet> sdks_by_roll_forward(const Version& sdk, std::string_view policy,
                                        RollForwardReading reading) {
  auto set = dotnet_roll_forward(sdk, policy, reading);
  if (!set || sdk.is_prerelease()) return set;
  const auto from =
      VersionSet::finals_between(sdk.scheme(), Cut{sdk, Cut::Side::before}, std::nullopt);
  return set->finals_only().intersect(from);
}

}  // namespace buildable::pins
