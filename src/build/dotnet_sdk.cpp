#include "build/dotnet_sdk.h"

#include <algorithm>
#include <array>

#include "base/characters.h"
#include "base/document.h"
#include "base/text.h"
#include "build/rust_semver.h"
#include "build/serde_fields.h"

namespace buildable::build {
namespace {

constexpr std::string_view global_json = "global.json";

tl::unexpected<Answer> refuse(std::string rule, std::string error, Place place, std::string reason,
                              std::string help) {
  return tl::unexpected(fails("dotnet", std::move(rule), std::move(error), place, std::move(reason),
                              std::move(help)));
}

// --- global.json ---

struct SdkSettings {
  std::string version;
  std::optional<std::string> roll_forward;
  bool heeded = false;  // by the `dotnet` command, too, and by the SDKs that are installed alone
};

tl::unexpected<Answer> not_json(const SourceFile& file, const SerdeProblem& problem) {
  return refuse("dotnet-global-json", "ParseGlobalJson", {file.path, problem.line},
                "the build cannot read global.json: " + problem.message, problem.help);
}

// Of what the buildpack does not look at: `dotnet` passes over an sdk whose allowPrerelease is no
// truth value, and may find other SDKs by `paths`.
bool is_heeded(const Node& sdk) {
  const Node* prerelease = sdk.find("allowPrerelease");
  return !sdk.find("paths") && !sdk.find("errorMessage") &&
         (!prerelease || prerelease->is(Node::Kind::boolean) || prerelease->is(Node::Kind::null));
}

SerdeResult<std::optional<SdkSettings>> settings_of(const SourceFile& file) {
  const auto root = read_document(file);
  if (!root) return tl::unexpected(root.error());
  const auto sdk = serde_optional(*root, "sdk", Node::Kind::object);
  if (!sdk) return tl::unexpected(sdk.error());
  if (!*sdk) return std::nullopt;
  const auto version = serde_required(**sdk, "version", Node::Kind::string);
  if (!version) return tl::unexpected(version.error());
  const auto policy = serde_optional(**sdk, "rollForward", Node::Kind::string);
  if (!policy) return tl::unexpected(policy.error());
  SdkSettings settings{(*version)->text, std::nullopt, is_heeded(**sdk)};
  if (*policy) settings.roll_forward = (*policy)->text;
  return settings;
}

enum class Reach : std::uint8_t { band, feature, minor, major, exact };

std::optional<Reach> reach_of(std::string_view policy) {
  constexpr std::pair<std::string_view, Reach> policies[] = {
      {"patch", Reach::band},      {"latestPatch", Reach::band},
      {"feature", Reach::feature}, {"latestFeature", Reach::feature},
      {"minor", Reach::minor},     {"latestMinor", Reach::minor},
      {"major", Reach::major},     {"latestMajor", Reach::major},
      {"disable", Reach::exact}};
  for (const auto& [name, reach] : policies)
    if (name == policy) return reach;
  return std::nullopt;
}

// Before 0.12.0: whatever is written is put together; what it means is asked later.
std::string loose_requirement(const SdkSettings& settings) {
  const auto reach = settings.roll_forward ? reach_of(*settings.roll_forward) : std::nullopt;
  if (!reach) return settings.version;
  const std::size_t dot = settings.version.find('.');
  const std::size_t second = dot == std::string::npos ? dot : settings.version.find('.', dot + 1);
  const std::string two = settings.version.substr(0, second);
  switch (*reach) {
    case Reach::band:
      return "~" + settings.version;
    case Reach::feature:
      return "~" + two;
    case Reach::minor:
      return "^" + two;
    case Reach::major:
      return "*";
    case Reach::exact:
      break;
  }
  return "=" + settings.version;
}

std::string strict_requirement(const rust::SemverVersion& version, const std::string& text,
                               Reach reach) {
  const std::string two = std::to_string(version.major) + "." + std::to_string(version.minor);
  switch (reach) {
    case Reach::feature:
      return "~" + two;
    case Reach::minor:
      return "^" + two;
    case Reach::major:
      return "*";
    case Reach::exact:
      return "=" + text;
    case Reach::band:
      break;
  }
  return ">=" + text + ", <" + two + "." + std::to_string((version.patch / 100 + 1) * 100);
}

constexpr const char* write_sdk =
    "write all three numbers of an SDK that this builder has, for example 8.0.100";

tl::unexpected<Answer> no_policy(const SourceFile& file, std::string_view policy) {
  return refuse(
      "dotnet-global-json", "InvalidRollForward",
      {file.path, line_of(file.text, "\"rollForward\"")},
      "global.json says rollForward " + in_quotes(policy) + ", which the build does not know",
      "use disable, patch, feature, minor, major, or one of them with \"latest\" before");
}

DotnetResult<std::string> text_of(const Context& context, const SourceFile& file,
                                  const SdkSettings& settings) {
  if (!context.behaves("global-json-needs-sdk-version")) return loose_requirement(settings);
  const auto version = rust::parse_semver(settings.version);
  if (!version)
    return refuse("dotnet-global-json", "InvalidVersion",
                  {file.path, line_of(file.text, "\"version\"")},
                  "global.json holds " + in_quotes(settings.version) +
                      ", which is not an SDK version for the build",
                  write_sdk);
  const std::string policy = settings.roll_forward.value_or("patch");
  const auto reach = reach_of(policy);
  if (!reach && context.behaves("global-json-needs-known-policy")) return no_policy(file, policy);
  return reach ? strict_requirement(*version, settings.version, *reach) : settings.version;
}

// --- TargetFramework ---

tl::unexpected<Answer> refuse_framework(const TargetFramework& framework, std::string error,
                                        std::string reason) {
  return refuse("dotnet-target-framework", std::move(error), {framework.file, framework.line},
                std::move(reason),
                "write one framework as netX.0, for example net8.0, with nothing around it, or "
                "name the SDK in global.json");
}

// "8.0" of "net8.0".
DotnetResult<std::string> numbers_of(const TargetFramework& framework) {
  const std::string_view text = framework.text;
  const std::string shown = in_quotes(text);
  const auto invalid = [&] {
    return refuse_framework(framework, "InvalidFormat",
                            "TargetFramework " + shown + " is not one that the build takes");
  };
  if (!text.starts_with("net")) return invalid();
  const std::string_view rest = text.substr(3);
  if (rest.find('-') != std::string_view::npos)
    return refuse_framework(framework, "UnsupportedOSTfm",
                            "TargetFramework " + shown +
                                " is for one operating system, which the "
                                "build does not take");
  const bool numeric =
      std::all_of(rest.begin(), rest.end(), [](char c) { return is_digit(c) || c == '.'; });
  if (rest.empty() || !numeric) return invalid();
  return std::string(rest);
}

}  // namespace

DotnetResult<std::optional<SdkRequirement>> requirement_of_global_json(const Context& context) {
  const SourceFile* file = context.files.find(global_json);
  if (!file) return std::nullopt;
  if (!file->known)
    return tl::unexpected(
        unknown("dotnet", "file-not-read", {file->path}, "global.json was not read"));
  if (!is_valid_utf8(file->text))
    return refuse("dotnet-global-json", "ReadGlobalJsonFile", {file->path},
                  "global.json is not UTF-8 text", "save the file as UTF-8 without a mark");
  const auto settings = settings_of(*file);
  if (!settings) return not_json(*file, settings.error());
  if (!*settings) return std::nullopt;
  auto text = text_of(context, *file, **settings);
  if (!text) return tl::unexpected(std::move(text.error()));
  SdkRequirement requirement{std::move(*text), std::string(file->path),
                             line_of(file->text, "\"version\""), (*settings)->version};
  // Older releases of the buildpack passed over the feature bands; what came of it is not judged.
  if ((*settings)->heeded && context.behaves("global-json-needs-sdk-version"))
    requirement.least = (*settings)->version;
  return requirement;
}

DotnetResult<SdkRequirement> requirement_of(std::span<const TargetFramework> frameworks,
                                            std::string_view source) {
  std::optional<SdkRequirement> greatest;
  std::string most;
  for (const TargetFramework& framework : frameworks) {
    auto numbers = numbers_of(framework);
    if (!numbers) return tl::unexpected(std::move(numbers.error()));
    if (greatest && *numbers < most) continue;
    most = std::move(*numbers);
    greatest = SdkRequirement{"^" + most, framework.file, framework.line, framework.text};
  }
  if (!greatest)
    return refuse("dotnet-solution", "NoSolutionProjects", {source},
                  std::string(source) + " lists no project",
                  "add a project to the solution, or delete the solution file");
  return std::move(*greatest);
}

}  // namespace buildable::build
