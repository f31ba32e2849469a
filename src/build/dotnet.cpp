// heroku/dotnet. Sources: heroku/buildpacks-dotnet, buildpacks/dotnet/src/main.rs, app_source.rs
// and detect.rs at the release tags.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "build/dotnet_project_toml.h"
#include "build/dotnet_publish.h"
#include "build/dotnet_sdk.h"
#include "build/model.h"
#include "version/range.h"

namespace buildable::build {
namespace {

constexpr std::array<std::string_view, 2> solutions{"sln", "slnx"};
constexpr std::array<std::string_view, 3> projects{"csproj", "vbproj", "fsproj"};
constexpr std::string_view project_toml = "project.toml";

// Rust's Path::extension, which tells capitals from small letters: ".sln" has none.
std::string_view extension_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  const std::size_t dot = name.rfind('.');
  return dot == 0 || dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

bool is_one_of(std::string_view extension, std::span<const std::string_view> extensions) {
  return std::find(extensions.begin(), extensions.end(), extension) != extensions.end();
}

bool wants(std::string_view path) {
  const std::string_view extension = extension_of(path);
  return path == "global.json" || path == project_toml || is_one_of(extension, solutions) ||
         extension.ends_with("proj") || path.ends_with("Directory.Build.props") ||
         (extension == "cs" && path.find('/') == std::string_view::npos);
}

using Paths = std::vector<const SourceFile*>;

// Files of the root with one of the extensions that this version knows.
Paths in_root(const Context& context, std::span<const std::string_view> extensions) {
  const auto known = split(context.value("detects"), ' ');
  Paths found;
  for (const SourceFile* file : context.files.in_folder("")) {
    const std::string_view extension = extension_of(file->path);
    if (is_one_of(extension, extensions) && is_one_of(extension, known)) found.push_back(file);
  }
  return found;
}

Detection detect(const Context& context) {
  const auto known = split(context.value("detects"), ' ');
  return {.passes = !in_root(context, known).empty()};
}

tl::unexpected<Answer> refuse(std::string rule, std::string error, Place place, std::string reason,
                              std::string help) {
  return tl::unexpected(fails("dotnet", std::move(rule), std::move(error), place, std::move(reason),
                              std::move(help)));
}

std::string names_of(const Paths& files) {
  std::vector<std::string> names;
  for (const SourceFile* file : files) names.emplace_back(file->path);
  const std::string last = std::move(names.back());
  names.pop_back();
  return join(names, ", ") + (names.empty() ? "" : " and ") + last;
}

tl::unexpected<Answer> several(const Paths& files, std::string error, std::string help) {
  return refuse(
      "dotnet-app-source", std::move(error), {files[1]->path},
      "the root of the repository holds " + names_of(files) + "; the build takes exactly one",
      std::move(help));
}

// --- What is built ---

struct Source {
  const SourceFile* file = nullptr;
  DotnetResult<std::vector<TargetFramework>> frameworks;
};

DotnetResult<std::vector<TargetFramework>> alone(DotnetResult<TargetFramework> framework) {
  if (!framework) return tl::unexpected(std::move(framework.error()));
  return std::vector{std::move(*framework)};
}

Source of_solution(const Context& context, const SourceFile& file, ProjectReader& reader) {
  return {&file, target_frameworks_of_solution(context, file, reader)};
}

DotnetResult<Source> project_or_file(const Context& context) {
  ProjectReader reader(context);
  const Paths found = in_root(context, projects);
  if (found.size() > 1)
    return several(found, "MultipleProjectFiles",
                   "add a solution file that lists them, or move all but one into folders");
  if (found.size() == 1)
    return Source{found[0], alone(reader.project(std::string(found[0]->path)))};
  constexpr std::array<std::string_view, 1> extension{"cs"};
  const Paths files = in_root(context, extension);
  if (files.size() > 1)
    return several(files, "MultipleFileBasedApps",
                   "add a project file, or keep one .cs file in the root");
  return Source{files[0], alone(reader.file(*files[0]))};
}

std::string instead(const Alternative& facts, const SdkRequirement& requirement) {
  if (facts.known.empty()) return "write a version that this builder has";
  const Version& newest = *facts.known.back();
  if (requirement.file.ends_with("global.json"))
    return "write an SDK that this builder has, for example " + newest.text();
  return "write a framework that this builder has, for example net" + newest.release().front() +
         ".0";
}

Answer judge(const Context& context, const SdkRequirement& requirement) {
  const Place place{requirement.file, requirement.line};
  const Alternative* facts = context.state.runtime("dotnet");
  if (!facts || facts->mechanism != Mechanism::inventory)
    return unknown("dotnet", "dotnet-sdk", place, "which SDKs this builder has is not known");
  const auto takes = parse_range(Grammar::cargo, facts->scheme, requirement.text);
  if (!takes)
    return fails("dotnet", "dotnet-sdk", "InvalidVersionRequirement", place,
                 in_quotes(requirement.asked) + " is not a version for the build",
                 "write netX.0 as TargetFramework, or all three numbers of an SDK in global.json");
  const auto& known = facts->known;
  const auto at = std::find_if(known.rbegin(), known.rend(),
                               [&](const Version* each) { return takes->contains(*each); });
  const std::string asked =
      requirement.file.empty() ? "the default for .cs files is " : requirement.file + " asks for ";
  if (at != known.rend())
    return builds("dotnet", "dotnet-sdk", (*at)->text(), place,
                  asked + requirement.asked + "; the newest SDK that fits is " + (*at)->text());
  return fails("dotnet", "dotnet-sdk", "ResolveSdkVersion", place,
               asked + requirement.asked + ", and this builder has no SDK that fits " +
                   in_quotes(requirement.text) + "; it has " +
                   (facts->takes.empty() ? std::string("others") : facts->takes),
               instead(*facts, requirement));
}

DotnetResult<SdkRequirement> requirement_for(const Context& context, const Source& source) {
  auto named = requirement_of_global_json(context);
  if (!named) return tl::unexpected(std::move(named.error()));
  if (*named) return std::move(**named);
  return requirement_of(*source.frameworks, source.file->path);
}

Answer answer_for(const Context& context, const Source& source) {
  if (!source.frameworks) return source.frameworks.error();
  const auto requirement = requirement_for(context, source);
  if (!requirement) return requirement.error();
  Answer answer = judge(context, *requirement);
  if (answer.outcome != Outcome::builds) return answer;
  auto refused = refused_by_publish(
      context, {source.file->path, *source.frameworks, *requirement, answer.version});
  return refused ? std::move(*refused) : std::move(answer);
}

// Before 0.8.0 the first that the folder happens to list is taken: known only where all agree.
Answer any_of(const Context& context, const Paths& found) {
  ProjectReader reader(context);
  Answer first = answer_for(context, of_solution(context, *found[0], reader));
  for (const SourceFile* file : found) {
    if (context.stopped()) break;
    const Answer other = answer_for(context, of_solution(context, *file, reader));
    if (other.outcome != first.outcome || other.version != first.version)
      return unknown("dotnet", "dotnet-app-source", {found[1]->path},
                     "the root of the repository holds " + names_of(found) +
                         "; which of them the build takes is left to chance",
                     "keep one solution file in the root");
  }
  return first;
}

DotnetResult<Answer> decide(const Context& context) {
  const auto configured = configured_solution(context);
  if (!configured) return tl::unexpected(configured.error());
  ProjectReader reader(context);
  if (*configured) return answer_for(context, of_solution(context, **configured, reader));
  const Paths found = in_root(context, solutions);
  if (found.size() == 1) return answer_for(context, of_solution(context, *found[0], reader));
  if (found.size() > 1 && context.behaves("takes-any-solution")) return any_of(context, found);
  if (found.size() > 1)
    return several(found, "MultipleSolutionFiles",
                   "keep one, or name it in project.toml: com.heroku.buildpacks.dotnet, "
                   "solution_file");
  const auto source = project_or_file(context);
  if (!source) return tl::unexpected(source.error());
  return answer_for(context, *source);
}

void build(const Context& context, std::vector<Answer>& answers) {
  auto answer = decide(context);
  answers.push_back(answer ? std::move(*answer) : std::move(answer.error()));
}

}  // namespace

const Model dotnet_model{"heroku/dotnet", wants, detect, build};

}  // namespace buildable::build
