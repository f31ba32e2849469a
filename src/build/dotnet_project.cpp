#include "build/dotnet_project.h"

#include "base/text.h"
#include "build/quick_xml.h"
#include "build/roxmltree.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::string_view props_name = "Directory.Build.props";
// Of a framework, so that a thousand projects may share one text. No range is longer.
constexpr std::size_t longest_framework = 1200;

tl::unexpected<Answer> refuse(std::string rule, std::string error, Place place, std::string reason,
                              std::string help) {
  return tl::unexpected(fails("dotnet", std::move(rule), std::move(error), place, std::move(reason),
                              std::move(help)));
}

tl::unexpected<Answer> not_xml(std::string_view file, const XmlProblem& problem) {
  if (problem.too_large)
    return tl::unexpected(unknown("dotnet", "file-not-read", {file, problem.line},
                                  std::string(file) + ": " + problem.message));
  const bool twice = problem.message.starts_with("duplicate field");
  return refuse("dotnet-project", "XmlParse", {file, problem.line},
                "the build cannot read " + std::string(file) + ": " + problem.message,
                twice ? "keep the elements of that name side by side, with nothing between them"
                      : "correct the XML");
}

tl::unexpected<Answer> missing(std::string_view project) {
  return refuse("dotnet-project", "MissingTargetFramework", {project},
                std::string(project) +
                    " names no TargetFramework that the build sees (TargetFrameworks, and groups "
                    "in Choose or Target, do not count)",
                "add one <TargetFramework>, for example net8.0, to a PropertyGroup of the project");
}

DotnetResult<const SourceFile*> readable(const Context& context, std::string_view path) {
  const SourceFile* file = context.files.find(path);
  if (!file)
    return refuse("dotnet-project", "ReadProjectFile", {path}, std::string(path) + " is not a file",
                  "name a project file there");
  if (!file->known)
    return tl::unexpected(
        unknown("dotnet", "file-not-read", {path}, std::string(path) + " was not read"));
  if (!is_valid_utf8(file->text))
    return refuse("dotnet-project", "ReadProjectFile", {path},
                  std::string(path) + " is not UTF-8 text", "save the file as UTF-8");
  return file;
}

using Found = XmlResult<std::optional<TargetFramework>>;

// Of one element that the buildpack takes as text, as it does with three of a property group.
XmlResult<std::optional<std::string>> text_field(const XmlPiece& group, std::string_view name,
                                                 int& line) {
  const auto field = xml_field(group, name);
  if (!field) return tl::unexpected(field.error());
  if (!*field) return std::nullopt;
  line = (*field)->line;
  auto text = xml_text(**field);
  if (!text) return tl::unexpected(std::move(text.error()));
  return std::move(*text);
}

bool is_conditional(const XmlPiece& element) {
  return element.attributes.find("Condition") != std::string_view::npos;
}

// How often the text names a framework; MSBuild passes over capitals. Many where it takes in
// another file, which may name one, too.
int frameworks_named(std::string_view text) {
  const std::string lower = to_lower_ascii(text);
  if (lower.find("<import") != std::string::npos) return 2;
  const std::size_t first = lower.find("<targetframework");
  if (first == std::string::npos) return 0;
  return lower.find("<targetframework", first + 1) == std::string::npos ? 1 : 2;
}

// The last TargetFramework of the property groups right below the root.
Found in_groups(const XmlPiece& root, std::string_view file) {
  const auto groups = xml_list(root, "PropertyGroup");
  if (!groups) return tl::unexpected(groups.error());
  std::optional<TargetFramework> found;
  for (const XmlPiece* group : *groups) {
    if (const auto attributes = xml_attribute(*group, ""); !attributes)
      return tl::unexpected(attributes.error());
    int line = 0;
    for (const char* other : {"OutputType", "AssemblyName"})
      if (const auto text = text_field(*group, other, line); !text)
        return tl::unexpected(text.error());
    auto framework = text_field(*group, "TargetFramework", line);
    if (!framework) return tl::unexpected(std::move(framework.error()));
    if (!*framework) continue;
    const bool always =
        !is_conditional(*group) && !is_conditional(**xml_field(*group, "TargetFramework"));
    found = TargetFramework{(*framework)->substr(0, longest_framework), std::string(file), line,
                            always};
  }
  return found;
}

// A project may name its SDK in an attribute or in an element, which has to name it then. Empty: it
// names none.
XmlResult<std::string> sdk_of(const XmlPiece& root) {
  const auto sdk = xml_attribute(root, "Sdk");
  if (!sdk) return tl::unexpected(sdk.error());
  const auto element = xml_field(root, "Sdk");
  if (!element) return tl::unexpected(element.error());
  if (!*element) return sdk->value_or("");
  const auto name = xml_attribute(**element, "Name");
  if (!name) return tl::unexpected(name.error());
  if (!*name) return tl::unexpected(XmlProblem{"missing field `@Name`", (*element)->line});
  return sdk->value_or(**name);
}

struct ProjectContent {
  std::optional<TargetFramework> framework;
  bool may_inherit = false;  // one from Directory.Build.props, which nothing in the project changes
};

XmlResult<ProjectContent> in_project(const SourceFile& file) {
  const auto root = read_quick_xml(file.text);
  if (!root) return tl::unexpected(root.error());
  const auto sdk = sdk_of(*root);
  if (!sdk) return tl::unexpected(sdk.error());
  auto framework = in_groups(*root, file.path);
  if (!framework) return tl::unexpected(std::move(framework.error()));
  const bool of_microsoft = sdk->starts_with("Microsoft.NET.Sdk");
  const int named = frameworks_named(file.text);
  if (*framework) (*framework)->decides &= of_microsoft && named == 1;
  return ProjectContent{std::move(*framework), of_microsoft && named == 0};
}

Found in_props(const SourceFile& file) {
  const auto root = read_quick_xml(file.text);
  if (!root) return tl::unexpected(root.error());
  if (const auto attributes = xml_attribute(*root, ""); !attributes)
    return tl::unexpected(attributes.error());
  auto framework = in_groups(*root, file.path);
  if (framework && *framework) (*framework)->decides &= frameworks_named(file.text) == 1;
  return framework;
}

// Before 0.11.0: the last element of that name, wherever it stands.
DotnetResult<TargetFramework> by_roxmltree(const SourceFile& file) {
  auto found = read_roxmltree(file.text, "TargetFramework");
  if (!found) return not_xml(file.path, found.error());
  if (found->text.empty()) return missing(file.path);
  return TargetFramework{found->text.substr(0, longest_framework), std::string(file.path),
                         found->line};
}

}  // namespace

const ProjectReader::Optional& ProjectReader::props(const std::string& path) {
  const auto known = props_.find(path);
  if (known != props_.end()) return known->second;
  const auto read = [&]() -> Optional {
    const auto file = readable(*context_, path);
    if (!file) return tl::unexpected(file.error());
    auto found = in_props(**file);
    if (!found) return not_xml(path, found.error());
    return std::move(*found);
  };
  return props_.emplace(path, read()).first->second;
}

// The nearest Directory.Build.props of the folders above decides; one further up is not looked for.
ProjectReader::Optional ProjectReader::in_folders_above(std::string_view path) {
  if (!context_->behaves("reads-directory-build-props")) return std::nullopt;
  for (std::string_view folder = path; !folder.empty();) {
    const std::size_t slash = folder.rfind('/');
    folder = slash == std::string_view::npos ? std::string_view() : folder.substr(0, slash);
    const std::string nearest =
        (folder.empty() ? std::string() : std::string(folder) + '/') + std::string(props_name);
    if (context_->files.find(nearest)) return props(nearest);
  }
  return std::nullopt;
}

DotnetResult<TargetFramework> ProjectReader::read_project(const std::string& path) {
  const auto file = readable(*context_, path);
  if (!file) return tl::unexpected(file.error());
  if (!context_->behaves("reads-xml-with-quick-xml")) return by_roxmltree(**file);
  auto found = in_project(**file);
  if (!found) return not_xml(path, found.error());
  if (found->framework) return std::move(*found->framework);
  auto above = in_folders_above(path);
  if (!above) return tl::unexpected(std::move(above.error()));
  if (!*above) return missing(path);
  (*above)->decides &= found->may_inherit;
  return std::move(**above);
}

const DotnetResult<TargetFramework>& ProjectReader::project(const std::string& path) {
  const auto known = projects_.find(path);
  if (known != projects_.end()) return known->second;
  return projects_.emplace(path, read_project(path)).first->second;
}

DotnetResult<TargetFramework> ProjectReader::file(const SourceFile& file) {
  const auto read = readable(*context_, file.path);
  if (!read) return tl::unexpected(read.error());
  constexpr std::string_view directive = "#:property TargetFramework=";
  int number = 0;
  bool decides = true;  // in a comment, for example, it is a directive to the buildpack alone
  for (const std::string_view line : rust::lines(file.text)) {
    ++number;
    const std::string_view text = rust::trim(line);
    if (!text.starts_with(directive)) {
      decides &= text.empty() || text.starts_with("#:") || text.starts_with("#!");
      continue;
    }
    const std::string_view value = text.substr(directive.size());
    const bool trims = context_->behaves("trims-file-directives");
    return TargetFramework{
        std::string((trims ? rust::trim(value) : value).substr(0, longest_framework)),
        std::string(file.path), number, decides};
  }
  auto above = in_folders_above(file.path);
  if (!above) return tl::unexpected(std::move(above.error()));
  if (*above) (*above)->decides = false;
  if (*above) return std::move(**above);
  return TargetFramework{std::string(context_->value("file-based-apps")), {}, 0};
}

}  // namespace buildable::build
