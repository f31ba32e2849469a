#include "build/dotnet_project_toml.h"

#include <algorithm>
#include <array>

#include "base/document.h"
#include "base/text.h"
#include "build/newer_toml.h"

namespace buildable::build {
namespace {

constexpr std::string_view settings_file = "project.toml";

tl::unexpected<Answer> bad_setting(int line, std::string error, std::string reason,
                                   std::string help) {
  return tl::unexpected(fails("dotnet", "dotnet-project-toml", std::move(error),
                              {settings_file, line}, "project.toml: " + std::move(reason),
                              std::move(help)));
}

tl::unexpected<Answer> unclear_setting(int line, std::string reason, std::string help) {
  return tl::unexpected(unknown("dotnet", "dotnet-project-toml", {settings_file, line},
                                "project.toml: " + std::move(reason), std::move(help)));
}

// The buildpack reads TOML 1.1, our reader 1.0.
DotnetResult<Node> settings_document(const SourceFile& file) {
  if (!file.known || file.text.size() > max_toml_size)
    return tl::unexpected(
        unknown("dotnet", "file-not-read", {settings_file}, "project.toml was not read"));
  auto root = parse_toml(file.text, settings_file);
  if (root) return std::move(*root);
  const std::string problem = "cannot be read: " + root.error().message();
  if (may_be_newer_toml(file.text))
    return unclear_setting(0, problem + "; if it is TOML 1.1, the build may take it",
                           "write it in TOML 1.0");
  return bad_setting(0, "ParseProjectToml", problem, "correct the TOML");
}

struct DotnetSettings {
  std::optional<std::string> solution;
  std::optional<std::string> verbosity;
  int solution_line = 0;
  int verbosity_line = 0;
};

// Null where there is no such table. For a struct serde takes a list as well, field by field, and a
// date, which it passes over.
DotnetResult<const Node*> settings_table(const Node& parent, const char* name) {
  const Node* node = parent.find(name);
  if (!node || node->is(Node::Kind::object)) return node;
  if (node->is(Node::Kind::array) || node->is(Node::Kind::date))
    return unclear_setting(node->line,
                           std::string(name) +
                               " is not a table; what the build makes of it is not "
                               "known",
                           "make it a table");
  return bad_setting(node->line, "ParseProjectToml", std::string(name) + " is not a table",
                     "make it a table");
}

DotnetResult<std::optional<std::string>> settings_text(const Node& table, const char* name,
                                                       int& line) {
  const Node* node = table.find(name);
  if (!node) return std::nullopt;
  line = node->line;
  if (!node->is(Node::Kind::string))
    return bad_setting(line, "ParseProjectToml", std::string(name) + " is not a string",
                       "write it in quotes");
  return node->text;
}

// serde reads the whole file before anything in it is looked at.
DotnetResult<DotnetSettings> settings_of_dotnet(const Node& root, bool takes_solution) {
  const Node* table = &root;
  for (const char* step : {"com", "heroku", "buildpacks", "dotnet"}) {
    const auto next = settings_table(*table, step);
    if (!next) return tl::unexpected(next.error());
    if (!*next) return DotnetSettings();
    table = *next;
  }
  DotnetSettings settings;
  const auto msbuild = settings_table(*table, "msbuild");
  if (!msbuild) return tl::unexpected(msbuild.error());
  if (*msbuild) {
    int line = 0;
    if (const auto configuration = settings_text(**msbuild, "configuration", line); !configuration)
      return tl::unexpected(configuration.error());
    auto verbosity = settings_text(**msbuild, "verbosity", settings.verbosity_line);
    if (!verbosity) return tl::unexpected(std::move(verbosity.error()));
    settings.verbosity = std::move(*verbosity);
  }
  if (!takes_solution) return settings;
  auto solution = settings_text(*table, "solution_file", settings.solution_line);
  if (!solution) return tl::unexpected(std::move(solution.error()));
  settings.solution = std::move(*solution);
  return settings;
}

std::optional<Answer> bad_solution_name(const std::string& name, int line) {
  if (name.find('/') != std::string::npos)
    return bad_setting(line, "SolutionFileContainsPath",
                       "solution_file " + in_quotes(name) + " is a path",
                       "write the name of a file in the root")
        .value();
  // Rust's Path::extension, which tells capitals from small letters: ".sln" has none.
  const std::size_t dot = name.rfind('.');
  const std::string extension = dot == 0 || dot == std::string::npos ? "" : name.substr(dot + 1);
  if (extension == "sln" || extension == "slnx") return std::nullopt;
  return bad_setting(line, "SolutionFileInvalidExtension",
                     "solution_file " + in_quotes(name) + " is not a solution",
                     "name a .sln or .slnx file, or take solution_file out")
      .value();
}

std::optional<Answer> bad_verbosity(const std::string& verbosity, int line) {
  constexpr std::array<std::string_view, 10> known{
      "q", "quiet", "m", "minimal", "n", "normal", "d", "detailed", "diag", "diagnostic"};
  if (std::find(known.begin(), known.end(), to_lower_ascii(verbosity)) != known.end())
    return std::nullopt;
  return bad_setting(line, "ParseVerbosityLevelError",
                     "msbuild.verbosity is " + in_quotes(verbosity),
                     "write quiet, minimal, normal, detailed or diagnostic")
      .value();
}

}  // namespace

DotnetResult<const SourceFile*> configured_solution(const Context& context) {
  const SourceFile* file = context.files.find(settings_file);
  if (!file || !context.behaves("reads-project-toml")) return nullptr;
  const auto root = settings_document(*file);
  if (!root) return tl::unexpected(root.error());
  const auto settings = settings_of_dotnet(*root, context.behaves("takes-solution-file-setting"));
  if (!settings) return tl::unexpected(settings.error());
  if (settings->solution)
    if (auto bad = bad_solution_name(*settings->solution, settings->solution_line))
      return tl::unexpected(std::move(*bad));
  if (settings->verbosity)
    if (auto bad = bad_verbosity(*settings->verbosity, settings->verbosity_line))
      return tl::unexpected(std::move(*bad));
  if (!settings->solution) return nullptr;
  const SourceFile* solution = context.files.find(*settings->solution);
  if (solution) return solution;
  return bad_setting(settings->solution_line, "ConfiguredSolutionFileNotFound",
                     "solution_file " + in_quotes(*settings->solution) + " is not there",
                     "name a solution file in the root");
}

}  // namespace buildable::build
