#include <algorithm>
#include <array>
#include <map>
#include <set>

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

struct SlnReference {
  std::string_view path;
  std::string_view id;  // without its braces
};

// Project("{…}") = "name", "path.csproj", "{id}"
std::optional<SlnReference> reference_at(std::string_view text) {
  if (!take(text, "Project(\"{") || !take_until(text, '}')) return std::nullopt;
  if (!take(text, "}\") = \"") || !take_until(text, '"') || !take(text, "\", \""))
    return std::nullopt;
  const auto path = take_until(text, '"');
  if (!path || !looks_like_file(*path) || !take(text, "\", \"{")) return std::nullopt;
  const auto id = take_until(text, '}');
  if (!id || !take(text, "}\"")) return std::nullopt;
  return SlnReference{*path, *id};
}

std::optional<SlnReference> reference_in(std::string_view line) {
  constexpr int max_tries = 16;  // a line holds one; each try may look at the whole line
  std::size_t at = line.find("Project(");
  for (int tries = 0; at != std::string_view::npos && tries < max_tries; ++tries) {
    if (const auto reference = reference_at(line.substr(at))) return reference;
    at = line.find("Project(", at + 1);
  }
  return std::nullopt;
}

// Which projects MSBuild builds in every configuration of a .sln: of others it passes over those
// that the configuration does not name with Build.0. https://github.com/dotnet/msbuild,
// src/Build/Construction/Solution.
class SlnConfigurations {
 public:
  void read(std::string_view line) {
    constexpr std::string_view begin = "GlobalSection(";
    const std::string_view text = trim(line);
    if (text.starts_with(begin))
      section_ = text.substr(begin.size(), text.find(')', begin.size()) - begin.size());
    else if (text == "EndGlobalSection")
      section_ = {};
    else if (const std::size_t equals = text.find('='); equals != std::string_view::npos)
      add(to_lower_ascii(trim(text.substr(0, equals))));
  }

  // The ids, in small letters.
  std::set<std::string> always_built() const {
    std::map<std::string, std::size_t> built;
    for (const std::string& entry : entries_) {
      constexpr std::string_view end = ".build.0";
      const std::size_t dot = entry.find('.');  // behind "{id}"
      if (!entry.ends_with(end) || dot < 2 || dot + end.size() >= entry.size()) continue;
      const std::string project = entry.substr(0, entry.size() - end.size());
      if (configurations_.contains(project.substr(dot + 1)) &&
          entries_.contains(project + ".activecfg"))
        ++built[entry.substr(1, dot - 2)];
    }
    std::set<std::string> always;
    for (const auto& [id, count] : built)
      if (count == configurations_.size()) always.insert(id);
    return always;
  }

 private:
  void add(std::string key) {
    if (section_ == "SolutionConfigurationPlatforms")
      configurations_.insert(std::move(key));
    else if (section_ == "ProjectConfigurationPlatforms")
      entries_.insert(std::move(key));
  }

  std::string_view section_;
  std::set<std::string> configurations_;  // "debug|any cpu"
  std::set<std::string> entries_;         // "{id}.debug|any cpu.build.0"
};

std::vector<ProjectReference> in_sln(const SourceFile& solution) {
  std::vector<ProjectReference> references;
  std::vector<std::string> ids;
  SlnConfigurations configurations;
  int number = 0;
  for (const std::string_view line : rust::lines(solution.text)) {
    ++number;
    configurations.read(line);
    const auto reference = reference_in(line);
    if (!reference) continue;
    references.push_back({replace_all(reference->path, "\\", "/"), number});
    ids.push_back(to_lower_ascii(reference->id));
  }
  const std::set<std::string> built = configurations.always_built();
  for (std::size_t i = 0; i < ids.size(); ++i) references[i].built = built.contains(ids[i]);
  return references;
}

bool holds_element(const XmlPiece& parent, std::string_view name) {
  return std::any_of(parent.children.begin(), parent.children.end(),
                     [&](const XmlPiece& child) { return child.name == name; });
}

std::optional<XmlProblem> add_projects(const XmlPiece& parent,
                                       std::vector<ProjectReference>& references) {
  const auto projects = xml_list(parent, "Project");
  if (!projects) return projects.error();
  for (const XmlPiece* project : *projects) {
    const auto path = xml_attribute(*project, "Path");
    if (!path) return path.error();
    if (!*path) return XmlProblem{"missing field `@Path`", project->line};
    references.push_back(
        {replace_all(**path, "\\", "/"), project->line, !holds_element(*project, "Build")});
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
  // It may say of whole types of projects that they are not built.
  if (holds_element(root, "Configurations"))
    for (ProjectReference& each : references) each.built = false;
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

// A folder that is there, of which no file is known: it is passed over.
bool is_closed_folder(const Files& files, std::string_view name) {
  const std::string folder = std::string(name) + '/';
  const auto& all = files.all();
  const auto at = std::lower_bound(
      all.begin(), all.end(), std::string_view(folder),
      [](const SourceFile& file, std::string_view path) { return file.path < path; });
  if (at == all.end() || at->path != folder) return false;
  return at + 1 == all.end() || !(at + 1)->path.starts_with(folder);
}

// Folders that are passed over below the root, too, where it is not known whether they are there.
bool is_often_closed(std::string_view name) {
  constexpr std::array<std::string_view, 7> names{
      ".venv", "Pods", "bower_components", "node_modules", "target", "vendor", "venv"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Whether there may be a file that is not among those that are known: of a kind that is not asked
// for, behind a link to a folder, or in a folder that is passed over. Of the root all is known.
bool may_be_there(const Files& files, std::string_view path) {
  const std::size_t first = path.find('/');
  if (first == std::string_view::npos) return false;
  if (!path.ends_with("proj") || is_closed_folder(files, path.substr(0, first))) return true;
  for (std::size_t begin = 0, end = first; end != std::string_view::npos;
       begin = end + 1, end = path.find('/', begin)) {
    const SourceFile* link = files.find(path.substr(0, end));
    if (link && !link->known) return true;
    if (begin > 0 && is_often_closed(path.substr(begin, end - begin))) return true;
  }
  return false;
}

tl::unexpected<Answer> perhaps_there(const SourceFile& solution,
                                     const ProjectReference& reference) {
  return tl::unexpected(unknown("dotnet", "dotnet-solution", {solution.path, reference.line},
                                std::string(solution.path) + " lists " + in_quotes(reference.path) +
                                    ", which lies where this check does not look"));
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

DotnetResult<std::vector<TargetFramework>> target_frameworks_of_solution(const Context& context,
                                                                         const SourceFile& solution,
                                                                         ProjectReader& reader) {
  const auto references = projects_of_solution(solution);
  if (!references) return tl::unexpected(references.error());
  std::vector<TargetFramework> frameworks;
  std::map<std::string, std::size_t> known;  // by path, where among the frameworks
  for (const ProjectReference& reference : *references) {
    if (context.stopped()) break;
    const std::string path = path_from(folder_of(solution.path), reference.path);
    if (const auto at = known.find(path); at != known.end()) {
      frameworks[at->second].decides |= reference.built && reader.project(path)->decides;
      continue;
    }
    if (path.empty() || !context.files.exists(path)) {
      if (may_be_there(context.files, path)) return perhaps_there(solution, reference);
      return not_found(solution, reference, context.files);
    }
    const auto& framework = reader.project(path);
    if (!framework) return tl::unexpected(framework.error());
    known.emplace(path, frameworks.size());
    frameworks.push_back(*framework);
    frameworks.back().decides &= reference.built;
  }
  return frameworks;
}

}  // namespace buildable::build
