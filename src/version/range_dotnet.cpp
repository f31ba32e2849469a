// global.json of .NET, read as the buildpack does: as one requirement of Rust's semver crate.
#include "version/range.h"
#include "version/range_grammars.h"
#include "version/range_parts.h"

namespace buildable {
namespace {

enum class Reach : std::uint8_t { band, feature, minor, major, disable, unset };

// The old reading took a policy that it did not know for none.
Result<Reach> reach_of(std::string_view policy, RollForwardReading reading) {
  constexpr std::pair<std::string_view, Reach> policies[] = {{"", Reach::unset},
                                                             {"patch", Reach::band},
                                                             {"latestPatch", Reach::band},
                                                             {"feature", Reach::feature},
                                                             {"latestFeature", Reach::feature},
                                                             {"minor", Reach::minor},
                                                             {"latestMinor", Reach::minor},
                                                             {"major", Reach::major},
                                                             {"latestMajor", Reach::major},
                                                             {"disable", Reach::disable}};
  for (const auto& [name, reach] : policies) {
    if (name == policy) return reach;
  }
  if (reading == RollForwardReading::before_0_12) return Reach::unset;
  return fail(in_quotes(policy) + " is not a rollForward policy",
              "use disable, patch, feature, minor, major, or one of them with \"latest\"");
}

// The first patch of the next feature band: SDK 10.0.107 is in the band 10.0.1xx.
std::string next_band(const std::string& patch) {
  const std::string band = patch.size() > 2 ? patch.substr(0, patch.size() - 2) : "0";
  return increment(band) + "00";
}

std::string requirement(const Version& sdk, const Numbers& numbers, Reach reach,
                        RollForwardReading reading) {
  const std::string series = numbers[0] + "." + numbers[1];
  switch (reach) {
    case Reach::feature:
      return "~" + series;
    case Reach::minor:
      return "^" + series;
    case Reach::major:
      return "*";
    case Reach::disable:
      return "=" + sdk.text();
    case Reach::unset:
      if (reading == RollForwardReading::before_0_12) return "^" + sdk.text();
      break;
    case Reach::band:
      if (reading == RollForwardReading::before_0_12) return "~" + sdk.text();
      break;
  }
  return ">=" + sdk.text() + ", <" + series + "." + next_band(numbers[2]);
}

}  // namespace

Result<VersionSet> dotnet_roll_forward(const Version& sdk, std::string_view policy,
                                       RollForwardReading reading) {
  const Numbers numbers = sdk.release();
  if (numbers.size() != 3) {
    return fail(in_quotes(sdk.text()) + " is not a complete SDK version",
                "write all three numbers, as in 10.0.100");
  }
  const Result<Reach> reach = reach_of(policy, reading);
  if (!reach) return fail(reach.error());
  return parse_cargo_range(sdk.scheme(), requirement(sdk, numbers, *reach, reading));
}

}  // namespace buildable
