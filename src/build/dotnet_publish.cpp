#include "build/dotnet_publish.h"

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"
#include "build/rust_semver.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

std::optional<std::uint64_t> release_number(std::string_view text) {
  constexpr std::size_t longest = 3;
  if (!is_digits(text) || text.size() > longest) return std::nullopt;
  return rust::parse_unsigned(text, 999);
}

// 10 of "net10.0", 8 of "net8.0-windows"; nothing for .NET Framework and .NET Standard, which any
// SDK builds.
std::optional<std::uint64_t> release_of_framework(std::string_view framework) {
  constexpr std::string_view core = "netcoreapp", net = "net";
  constexpr std::uint64_t first_release = 5;
  const std::string name = to_lower_ascii(framework.substr(0, framework.find('-')));
  const bool is_core = name.starts_with(core);
  if (!is_core && !name.starts_with(net)) return std::nullopt;
  const std::string_view numbers =
      std::string_view(name).substr(is_core ? core.size() : net.size());
  const std::size_t dot = numbers.find('.');
  if (dot == std::string_view::npos || !release_number(numbers.substr(dot + 1)))
    return std::nullopt;
  const auto release = release_number(numbers.substr(0, dot));
  return release && (is_core || *release >= first_release) ? release : std::nullopt;
}

std::string newest_sdk(const Alternative& facts, std::uint64_t release) {
  const std::string wanted = std::to_string(release);
  const auto at = std::find_if(facts.known.rbegin(), facts.known.rend(), [&](const Version* each) {
    return !each->is_prerelease() && each->release().front() == wanted;
  });
  return at == facts.known.rend() ? std::string() : (*at)->text();
}

// `dotnet` reads global.json, too, and takes no SDK below the version there, whatever rollForward
// says; the buildpack drops that bound for feature, minor and major.
std::optional<Answer> older_than_asked(const PublishedApp& app, const Alternative& facts) {
  const SdkRequirement& asked = app.requirement;
  if (asked.least.empty()) return std::nullopt;
  const auto least = Version::parse(facts.scheme, asked.least);
  const auto installed = Version::parse(facts.scheme, app.sdk);
  if (!least || !installed || order(*installed, *least) >= 0) return std::nullopt;
  const std::string sdk(app.sdk);
  return fails("dotnet", "dotnet-global-json", "A compatible .NET SDK was not found",
               {asked.file, asked.line},
               asked.file + " asks for SDK " + asked.least + " or newer, the build installs " +
                   sdk + ", and `dotnet publish` refuses an SDK that is older than " + asked.file +
                   " asks for",
               "write an SDK that this builder has, for example " + sdk);
}

std::string name_sdk(const SdkRequirement& asked, const std::string& sdk) {
  if (sdk.empty()) return "write a framework that this builder has an SDK for";
  return (asked.file == "global.json" ? "write a newer SDK in global.json, for example "
                                      : "name the SDK in global.json, for example ") +
         sdk;
}

std::optional<Answer> older_than_framework(const PublishedApp& app, const Alternative& facts,
                                           std::uint64_t release) {
  for (const TargetFramework& each : app.frameworks) {
    const auto target = release_of_framework(each.text);
    if (!each.decides || !target || *target <= release) continue;
    const std::string because =
        app.requirement.file == each.file ? "" : ", which " + app.requirement.file + " asks for,";
    return fails("dotnet", "dotnet-sdk", "NETSDK1045", {each.file, each.line},
                 each.file + " targets " + each.text + ", and SDK " + std::string(app.sdk) +
                     because + " builds for nothing newer than net" + std::to_string(release) +
                     ".0",
                 name_sdk(app.requirement, newest_sdk(facts, *target)));
  }
  return std::nullopt;
}

// A .cs file is an application by itself to SDK 10; those before take it for a project. Where the
// framework of the file leads to SDK 9, the recorded cases (dotnet-2076) say that it builds.
std::optional<Answer> too_old_for_files(const Context& context, const PublishedApp& app,
                                        const Alternative& facts, std::uint64_t release) {
  const auto first = release_of_framework(context.value("file-based-apps"));
  if (!app.source.ends_with(".cs") || !first || release >= *first) return std::nullopt;
  const SdkRequirement& asked = app.requirement;
  if (asked.file != "global.json" && release + 1 == *first) return std::nullopt;
  return fails("dotnet", "dotnet-sdk", "MSB4025", {asked.file, asked.line},
               std::string(app.source) + " has no project, which takes SDK " +
                   std::to_string(*first) + " or newer, and the build installs " +
                   std::string(app.sdk),
               name_sdk(asked, newest_sdk(facts, *first)));
}

}  // namespace

std::optional<Answer> refused_by_publish(const Context& context, const PublishedApp& app) {
  const Alternative* facts = context.state.runtime("dotnet");
  const auto sdk = rust::parse_semver(app.sdk);
  if (!facts || !sdk) return std::nullopt;
  if (auto refused = older_than_asked(app, *facts)) return refused;
  if (auto refused = too_old_for_files(context, app, *facts, sdk->major)) return refused;
  return older_than_framework(app, *facts, sdk->major);
}

}  // namespace buildable::build
