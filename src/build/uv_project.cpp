#include <algorithm>
#include <optional>
#include <utility>

#include "base/ignore.h"
#include "base/text.h"
#include "build/pyproject.h"
#include "build/serde_fields.h"
#include "version/range.h"
#include "version/set_many.h"

namespace buildable::build {
namespace {

constexpr std::string_view root_project = "pyproject.toml";
constexpr std::string_view uv_lock_file = "uv.lock";
// Bounds on what a workspace may hold against each other; beyond them nothing is known. One with a
// hundred globs and a thousand members has a few million steps, and two or three demands.
constexpr std::size_t max_python_demands = 100;
constexpr std::size_t max_glob_steps = 50'000'000;

PythonRequirement unreadable_range(std::string_view file, const Node& node) {
  const bool text = node.is(Node::Kind::string);
  return refused(file, node.line, "Failed to parse: `pyproject.toml`",
                 text ? "requires-python is " + in_quotes(node.text) + ", which uv cannot read"
                      : "requires-python is not a text, which uv cannot read",
                 "write a range, for example \">=3.12\"");
}

bool is_unmanaged(const Node& root) {
  const Node* managed = at_path(root, {"tool", "uv", "managed"});
  return managed && managed->is(Node::Kind::boolean) && !managed->boolean;
}

bool is_demanded(const std::vector<PythonDemand>& demands, std::string_view text) {
  return std::any_of(demands.begin(), demands.end(),
                     [text](const PythonDemand& each) { return each.text == text; });
}

// Adds what the project demands; the error where uv cannot read it.
std::optional<PythonRequirement> add_demand(std::string_view file, const Node& root,
                                            std::vector<PythonDemand>& demands) {
  const Node* node = at_path(root, {"project", "requires-python"});
  if (!node) return std::nullopt;
  if (!node->is(Node::Kind::string)) return unreadable_range(file, *node);
  if (is_demanded(demands, node->text)) return std::nullopt;
  if (demands.size() == max_python_demands)
    return not_known(file, "the members of the workspace require Python in more than " +
                               std::to_string(max_python_demands) +
                               " ways, which are not looked at");
  auto range = parse_range(Grammar::pep440, Scheme::pep440, node->text);
  if (!range) return unreadable_range(file, *node);
  demands.push_back({*std::move(range), node->text, file, node->line});
  return std::nullopt;
}

// Globs from the root, such as "packages/*".
struct WorkspaceGlobs {
  IgnorePatterns patterns;
  std::size_t wild_bytes = 0;  // of those that are held against every folder

  bool match(std::string_view folder) const {
    return patterns.decide(folder, true) == IgnorePatterns::Decision::ignored;
  }
};

WorkspaceGlobs globs_at(const Node& root, std::string_view key) {
  std::string lines;
  std::size_t wild_bytes = 0;
  if (const Node* list = at_path(root, {"tool", "uv", "workspace", key}))
    for (const Node& each : list->children) {
      std::string_view glob = each.text;
      while (glob.starts_with("./")) glob.remove_prefix(2);
      while (glob.ends_with('/')) glob.remove_suffix(1);
      if (glob.find_first_of("*?[\\") != std::string_view::npos) wild_bytes += glob.size();
      if (!glob.empty()) lines.append("/").append(glob).append("\n");
    }
  return {IgnorePatterns(lines), wild_bytes};
}

// The files in folders, which may be those of members.
std::vector<const SourceFile*> projects_below(const Files& files) {
  std::vector<const SourceFile*> projects;
  for (const SourceFile& file : files.all()) {
    const std::size_t slash = file.path.rfind('/');
    if (slash != std::string_view::npos && file.path.substr(slash + 1) == root_project)
      projects.push_back(&file);
  }
  return projects;
}

// Each glob is held against each folder, letter by letter.
bool are_too_many(const WorkspaceGlobs& globs, const std::vector<const SourceFile*>& projects) {
  std::size_t bytes = 0;
  for (const SourceFile* each : projects) bytes += each->path.size();
  return bytes > 0 && globs.wild_bytes > max_glob_steps / bytes;
}

// The pyproject.toml of every member but the root; nothing where there is too much to look at.
std::optional<std::vector<const SourceFile*>> members_of(const Node& root, const Files& files,
                                                         const StopAsked& stop) {
  const WorkspaceGlobs included = globs_at(root, "members"), excluded = globs_at(root, "exclude");
  std::vector<const SourceFile*> members;
  if (included.patterns.empty()) return members;
  const std::vector<const SourceFile*> projects = projects_below(files);
  if (are_too_many(included, projects) || are_too_many(excluded, projects)) return std::nullopt;
  for (const SourceFile* each : projects) {
    if (is_stopped(stop)) break;
    const std::string_view folder = each->path.substr(0, each->path.rfind('/'));
    if (included.match(folder) && !excluded.match(folder)) members.push_back(each);
  }
  return members;
}

// Adds what the members demand; why nothing can be installed, or told.
std::optional<PythonRequirement> add_members(const Node& root, const Files& files,
                                             const StopAsked& stop,
                                             std::vector<PythonDemand>& demands) {
  const auto members = members_of(root, files, stop);
  if (!members)
    return not_known(root_project,
                     "tool.uv.workspace has more globs, or longer ones, than are looked at");
  for (const SourceFile* member : *members) {
    if (is_stopped(stop)) break;
    const auto document = read_toml(*member, TomlReader::uv);
    if (!document) return document.error();
    if (is_unmanaged(*document)) continue;
    if (auto wrong = add_demand(member->path, *document, demands)) return wrong;
  }
  return std::nullopt;
}

// What uv compares: the lowest and the highest that is taken, without what is left out between.
std::pair<std::optional<Cut>, std::optional<Cut>> bounds_of_range(const VersionSet& set) {
  if (set.finals().empty()) return {};
  return {set.finals().front().low, set.finals().back().high};
}

VersionSet common_to(const std::vector<PythonDemand>& demands) {
  std::vector<VersionSet> sets;
  sets.reserve(demands.size());
  for (const PythonDemand& each : demands) sets.push_back(each.accepts);
  return common_to_all(Scheme::pep440, std::move(sets)).finals_only();
}

// The demand that the lock does not keep to: that of a member, where the others fit.
const PythonDemand& differing(const std::vector<PythonDemand>& demands, const VersionSet& locked) {
  for (const PythonDemand& each : demands)
    if (!each.accepts.includes(locked.finals_only())) return each;
  const auto common = bounds_of_range(common_to(demands));
  for (const PythonDemand& each : demands)
    if (bounds_of_range(each.accepts) == common) return each;
  return demands.front();
}

PythonRequirement bad_lock(int line, std::string error, std::string reason) {
  return refused(uv_lock_file, line, std::move(error), std::move(reason),
                 "run \"uv lock\" and commit uv.lock");
}

// The line of the first conflict that git left there; 0: none.
int line_of_conflict(std::string_view text) {
  if (text.starts_with("<<<<<<< ")) return 1;
  const int before = line_of(text, "\n<<<<<<< ");
  return before == 0 ? 0 : before + 1;
}

// "uv sync --locked" installs nothing where the lock is of another project than the files.
std::optional<PythonRequirement> refused_lock(const SourceFile& lock,
                                              const std::vector<PythonDemand>& demands) {
  if (!lock.known) return std::nullopt;
  if (const int line = line_of_conflict(lock.text))
    return bad_lock(line, "Failed to parse `uv.lock`", "uv.lock holds a conflict of a merge");
  // What is said of the whole stands before the packages.
  const auto head = parse_toml(lock.text.substr(0, lock.text.find("\n[[")), lock.path);
  if (!head)
    return bad_lock(head.error().diagnostics().front().line, "Failed to parse `uv.lock`",
                    "uv.lock is not valid TOML: " + head.error().message());
  const Node* version = head->find("version");
  if (version && version->is(Node::Kind::integer) && version->integer != 1)
    return bad_lock(
        version->line, "unsupported lockfile version",
        "uv.lock has the version " + version->text + "; the build's uv reads version 1");
  const Node* written = head->find("requires-python");
  if (!written || !written->is(Node::Kind::string) || demands.empty()) return std::nullopt;
  const auto range = parse_range(Grammar::pep440, Scheme::pep440, written->text);
  if (!range || bounds_of_range(*range) == bounds_of_range(common_to(demands))) return std::nullopt;
  const PythonDemand& other = differing(demands, *range);
  return bad_lock(written->line, "the lockfile needs to be updated, but `--locked` was provided",
                  "uv.lock was made for Python " + in_quotes(written->text) + ", and " +
                      std::string(other.file) + " requires " + in_quotes(other.text) +
                      "; the build installs nothing from a lock file that is out of date");
}

}  // namespace

PythonRequirement uv_requirement(const Files& files, const StopAsked& stop) {
  const SourceFile* project = files.find(root_project);
  if (!project)
    return refused(uv_lock_file, 0, "No `pyproject.toml` found in current directory",
                   "uv.lock is there, but no pyproject.toml; uv installs nothing",
                   "add pyproject.toml, or write the dependencies to requirements.txt and delete "
                   "uv.lock");
  const auto root = read_toml(*project, TomlReader::uv);
  if (!root) return root.error();
  if (is_unmanaged(*root))
    return refused(root_project, 0, "The project is marked as unmanaged",
                   "tool.uv.managed is false, so uv installs nothing", "take it out");
  PythonRequirement requirement;
  if (auto wrong = add_demand(root_project, *root, requirement.demands)) return *std::move(wrong);
  if (auto wrong = add_members(*root, files, stop, requirement.demands)) return *std::move(wrong);
  const SourceFile* lock = files.find(uv_lock_file);
  if (!lock) return requirement;
  auto wrong = refused_lock(*lock, requirement.demands);
  return wrong ? *std::move(wrong) : std::move(requirement);
}

}  // namespace buildable::build
