// What heroku/dotnet takes from .NET projects: their TargetFramework. Sources:
// heroku/buildpacks-dotnet, buildpacks/dotnet/src/dotnet/project.rs, slnx.rs, solution.rs.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "build/model.h"

namespace buildable::build {

template <class T>
using DotnetResult = tl::expected<T, Answer>;

struct TargetFramework {
  std::string text;  // "net8.0"; of a longer one than anything takes, its beginning
  std::string file;  // where it stands; empty: the default of file-based apps
  int line = 0;
  // Whether `dotnet publish` builds for this framework and no other, whatever else it reads.
  bool decides = false;
};

// Reads the projects of one repository; a file that is asked for again is not read again.
class ProjectReader {
 public:
  explicit ProjectReader(const Context& context) : context_(&context) {}

  // Of a project that is there (*.csproj, *.vbproj, *.fsproj, or whatever a solution lists).
  const DotnetResult<TargetFramework>& project(const std::string& path);
  // Of a C# file that is an application by itself.
  DotnetResult<TargetFramework> file(const SourceFile& file);

 private:
  using Optional = DotnetResult<std::optional<TargetFramework>>;

  DotnetResult<TargetFramework> read_project(const std::string& path);
  const Optional& props(const std::string& path);
  Optional in_folders_above(std::string_view path);

  const Context* context_;
  std::map<std::string, DotnetResult<TargetFramework>> projects_;
  std::map<std::string, Optional> props_;
};

// A project as a solution names it.
struct ProjectReference {
  std::string path;  // "src/A/A.csproj", as written but for backslashes
  int line = 0;
  bool built = false;  // in every configuration of the solution: others may only be listed
};
DotnetResult<std::vector<ProjectReference>> projects_of_solution(const SourceFile& solution);
// Of each project of the solution, once.
DotnetResult<std::vector<TargetFramework>> target_frameworks_of_solution(const Context& context,
                                                                         const SourceFile& solution,
                                                                         ProjectReader& reader);

// The path from the application directory that `path`, seen from that folder, leads to; empty where
// it leads out of it.
std::string path_from(std::string_view folder, std::string_view path);

}  // namespace buildable::build
