#include <algorithm>

#include "base/text.h"
#include "build/dotnet_project.h"
#include "build/quick_xml.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

tl::unexpected<Answer> refuse(std::string error, Place place, std::string reason,
                              std::string help) {
  return tl::unexpected(fails("dotnet", "dotnet-solution", std::move(error), place,
                              std::move(reason), std::move(help)));
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// What stands before the first `end`; at least one character.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const std::size_t length = text.find(end);
  if (length == 0 || length == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

// A dot that is neither the first nor the last character: folders of a solution have none, but for
// those that someone named so.
bool looks_like_file(std::string_view path) {
  const std::size_t dot = path.find('.', 1);
  return dot != std::string_view::npos && dot + 1 < path.size();
}

// Project("{…}") = "name", "path.csproj", "{…}"
std::optional<std::string_view> reference_at(std::string_view text) {
  if (!take(text, "Project(\"{") || !take_until(text, '}')) return std::nullopt;
  if (!take(text, "}\") = \"") || !take_until(text, '"') || !take(text, "\", \""))
    return std::nullopt;
  const auto path = take_until(text, '"');
  if (!path || !looks_like_file(*path) || !take(text, "\", \"{")) return std::nullopt;
  if (!take_until(text, '}') || !take(text, "}\"")) return std::nullopt;
  return path;
}

std::optional<std::string_view> reference_in(std::string_view line) {
  constexpr int max_tries = 16;  // a line holds one; each try may look at the whole line
  std::size_t at = line.find("Project(");
  for (int tries = 0; at != std::string_view::npos && tries < max_tries; ++tries) {
    if (const auto path = reference_at(line.substr(at))) return path;
    at = line.find("Project(", at + 1);
  }
  return std::nullopt;
}

std::vector<ProjectReference> in_sln(const SourceFile& solution) {
  std::vector<ProjectReference> references;
  int number = 0;
  for (const std::string_view line : rust::lines(solution.text)) {
    ++number;
    if (const auto path = reference_in(line))
      references.push_back({replace_all(*path, "\\", "/"), number});
  }
  return references;
}

std::optional<XmlProblem> add_projects(const XmlPiece& parent,
                                       std::vector<ProjectReference>& references) {
  const auto projects = xml_list(parent, "Project");
  if (!projects) return projects.error();
  for (const XmlPiece* project : *projects) {
    const auto path = xml_attribute(*project, "Path");
    if (!path) return path.error();
    if (!*path) return XmlProblem{"missing field `@Path`", project->line};
    references.push_back({replace_all(**path, "\\", "/"), project->line});
  }
  return std::nullopt;
}

// Projects right below the root and in the folders there; folders in folders do not count.
std::optional<XmlProblem> read_slnx(const XmlPiece& root,
                                    std::vector<ProjectReference>& references) {
  if (const auto attributes = xml_attribute(root, ""); !attributes) return attributes.error();
  if (auto problem = add_projects(root, references)) return problem;
  const auto folders = xml_list(root, "Folder");
  if (!folders) return folders.error();
  for (const XmlPiece* folder : *folders) {
    if (const auto attributes = xml_attribute(*folder, ""); !attributes) return attributes.error();
    if (auto problem = add_projects(*folder, references)) return problem;
  }
  return std::nullopt;
}

DotnetResult<std::vector<ProjectReference>> in_slnx(const SourceFile& solution) {
  std::vector<ProjectReference> references;
  const auto root = read_quick_xml(solution.text);
  const auto problem = root ? read_slnx(*root, references) : std::optional(root.error());
  if (!problem) return references;
  if (problem->too_large)
    return tl::unexpected(unknown("dotnet", "file-not-read", {solution.path, problem->line},
                                  std::string(solution.path) + ": " + problem->message));
  return refuse("SlnxParseError", {solution.path, problem->line},
                "the build cannot read " + std::string(solution.path) + ": " + problem->message,
                problem->message.starts_with("duplicate field")
                    ? "keep the elements of that name side by side, with nothing between them"
                    : "correct the XML");
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? std::string_view() : path.substr(0, slash));
}

tl::unexpected<Answer> not_found(const SourceFile& solution, const ProjectReference& reference,
                                 const Files& files) {
  std::string help = "correct the path in " + std::string(solution.path) +
                     " or take the project out of the solution";
  const std::string wanted = to_lower_ascii(path_from(folder_of(solution.path), reference.path));
  for (const SourceFile& file : files.all())
    if (!wanted.empty() && to_lower_ascii(file.path) == wanted)
      help = "the build tells capitals from small letters: write " + std::string(file.path);
  return refuse(
      "ProjectNotFound", {solution.path, reference.line},
      std::string(solution.path) + " lists " + in_quotes(reference.path) + ", which is not there",
      std::move(help));
}

}  // namespace

std::string path_from(std::string_view folder, std::string_view path) {
  if (path.starts_with('/')) return {};
  std::vector<std::string> steps;
  for (const std::string_view text : {folder, path}) {
    for (const std::string_view step : split(text, '/')) {
      if (step.empty() || step == ".") continue;
      if (step != "..") {
        steps.emplace_back(step);
        continue;
      }
      if (steps.empty()) return {};
      steps.pop_back();
    }
  }
  return join(steps, "/");
}

DotnetResult<std::vector<ProjectReference>> projects_of_solution(const SourceFile& solution) {
  if (!solution.known)
    return tl::unexpected(unknown("dotnet", "file-not-read", {solution.path},
                                  std::string(solution.path) + " was not read"));
  if (!is_valid_utf8(solution.text))
    return refuse("ReadSolutionFile", {solution.path},
                  std::string(solution.path) + " is not UTF-8 text", "save the file as UTF-8");
  if (solution.path.ends_with(".slnx")) return in_slnx(solution);
  return in_sln(solution);
}

DotnetResult<std::vector<TargetFramework>> target_frameworks_of_solution(
    const Context& context, const SourceFile& solution) {
  const auto references = projects_of_solution(solution);
  if (!references) return tl::unexpected(references.error());
  std::vector<TargetFramework> frameworks;
  ProjectReader reader(context);
  for (const ProjectReference& reference : *references) {
    const std::string path = path_from(folder_of(solution.path), reference.path);
    if (path.empty() || !context.files.exists(path))
      return not_found(solution, reference, context.files);
    const auto& framework = reader.project(path);
    if (!framework) return tl::unexpected(framework.error());
    frameworks.push_back(*framework);
  }
  return frameworks;
}

}  // namespace buildable::build
