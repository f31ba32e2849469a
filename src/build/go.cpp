// heroku/go. Sources: heroku/buildpacks-go, buildpacks/go/src/cfg.rs, main.rs and proc.rs and
// common/go-utils/src/vrs.rs at the release tags (0.1.13: src/cfg.rs, src/vrs.rs).
#include <algorithm>

#include "base/characters.h"
#include "base/text.h"
#include "build/go_mod.h"
#include "build/model.h"
#include "build/rust_requirement.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::string_view module_file = "go.mod";
constexpr std::string_view workspace_file = "go.work";

bool wants(std::string_view path) {
  return path == module_file || path == workspace_file || path == "main.go";
}

Detection detect(const Context& context) {
  Detection detection{.passes = true, .provides = {"go"}};
  if (context.files.exists(module_file)) detection.requirements = {"go"};
  return detection;
}

// What the buildpack itself takes from the file.
struct Configuration {
  std::optional<rust::Requirement> requirement;
  std::string written;
  int line = 0;
  std::string error;                       // in the crate's words
  bool cut = false;                        // more words follow
  std::vector<std::string_view> packages;  // to be installed; empty: those that Go finds
  int packages_line = 0;
};

bool require(Configuration& out, std::string_view written, const std::string& requirement,
             int line) {
  out.written = written;
  out.line = line;
  out.requirement = rust::Requirement::parse(requirement, out.error);
  return out.error.empty();
}

// In the comment "go1.21" is "=1.21"; a go line has no such prefix.
std::string requirement_of(std::string_view word) {
  return word.starts_with("go") ? '=' + std::string(word.substr(2)) : std::string(word);
}

Configuration read(const SourceFile& file) {
  Configuration out;
  int number = 0;
  for (const std::string_view line : rust::lines(file.text)) {
    ++number;
    const auto words = rust::words(line);
    const bool comment = words.size() >= 4 && words[0] == "//" && words[1] == "+heroku";
    if (comment && words[2] == "goVersion") {
      out.cut = words.size() > 4;
      if (!require(out, words[3], requirement_of(words[3]), number)) return out;
    } else if (comment && words[2] == "install") {
      out.packages.assign(words.begin() + 3, words.end());
      out.packages_line = number;
    } else if (words.size() == 2 && words[0] == "go" && !out.requirement) {
      if (!require(out, words[1], '=' + std::string(words[1]), number)) return out;
    }
  }
  return out;
}

// "1.22rc1" is 1.22.0-rc1 for the buildpack.
rust::Numbers numbers_of(const Version& version) {
  const auto release = version.release();
  const auto number = [&](std::size_t i) {
    return i < release.size() ? rust::parse_unsigned(release[i], UINT64_MAX).value_or(0) : 0;
  };
  rust::Numbers numbers{number(0), number(1), number(2), {}};
  const std::string& text = version.text();
  const std::size_t word = text.find_first_not_of("0123456789.");
  if (version.is_prerelease() && word != std::string::npos) numbers.prerelease = text.substr(word);
  return numbers;
}

const Version* newest_in(const Alternative& facts, const rust::Requirement& requirement) {
  for (auto known = facts.known.rbegin(); known != facts.known.rend(); ++known)
    if (requirement.matches(numbers_of(**known))) return *known;
  return nullptr;
}

std::string newest_final(const Alternative& facts) {
  for (auto known = facts.known.rbegin(); known != facts.known.rend(); ++known)
    if (!(*known)->is_prerelease()) return (*known)->text();
  return {};
}

// The series of a version that the builder has: "1.24".
std::string series_of(const std::string& version) {
  const std::size_t second = version.find('.', version.find('.') + 1);
  return version.substr(0, second);
}

Answer unreadable(const Configuration& configuration) {
  return fails("go", "go-version", "GoModConfig " + configuration.error,
               {module_file, configuration.line},
               "go.mod asks for Go " + in_quotes(configuration.written) +
                   (configuration.cut ? " (the build takes only the first word)" : "") +
                   ", which the build cannot read: " + configuration.error,
               "write a version without blanks, for example go 1.24 or "
               "// +heroku goVersion go1.24");
}

Answer without_version(const Alternative& facts, const rust::Requirement& requirement,
                       const Configuration& configuration) {
  const std::string newest = newest_final(facts);
  return fails("go", "go-version", "Couldn't resolve go version for " + requirement.text(),
               {module_file, configuration.line},
               "go.mod asks for Go " + in_quotes(configuration.written) +
                   ", which this builder does not have; its newest is " + newest,
               "write go " + series_of(newest) + " or an older version");
}

// --- What Go itself makes of the repository ---

bool is_since(const Version& installed, std::uint64_t minor) {
  const rust::Numbers numbers = numbers_of(installed);
  return numbers.major > 1 || numbers.minor >= minor;
}

std::optional<Answer> refused_by_go(const GoMod& go_mod, const Version& installed) {
  if (!go_mod.fault || !is_since(installed, 16)) return std::nullopt;
  return fails("go", "go-mod-file", "GoList " + go_mod.fault->message,
               {module_file, go_mod.fault->line},
               "Go itself cannot read go.mod: " + go_mod.fault->message, go_mod.fault->help);
}

// A go line that is newer than the Go that is installed is not built with that. Of a workspace Go
// takes its own line.
std::optional<Answer> asks_for_newer(const Context& context, const GoMod& go_mod,
                                     const Version& installed) {
  const auto newer = [&](const std::optional<GoModLine>& line) {
    if (!line) return false;
    const auto wanted = Version::parse(installed.scheme(), line->value);
    return wanted && order(*wanted, installed) > 0 &&
           !installed.text().starts_with(line->value + ".");
  };
  const auto told = [&](std::string_view file, const GoModLine& line) {
    const std::string of = file == workspace_file ? " of go.work" : "";
    return unknown("go", "go-line-newer", {file, line.line},
                   "the build installs Go " + installed.text() + ", but the go line" + of +
                       " asks for " + line.value + ", which Go then has to download",
                   "write go " + installed.text() + " or an older version");
  };
  if (newer(go_mod.go)) return told(module_file, *go_mod.go);
  const SourceFile* workspace = context.files.find(workspace_file);
  if (!workspace || !workspace->known || !is_since(installed, 18)) return std::nullopt;
  const GoMod of_workspace = read_go_mod(workspace->text);
  if (!newer(of_workspace.go)) return std::nullopt;
  return told(workspace_file, *of_workspace.go);
}

// --- The processes, each named after a package ---

// Why no process can be named after it; empty: one can.
std::string no_process_of(std::string_view package) {
  const std::size_t slash = package.rfind('/');
  if (slash == std::string_view::npos)
    return "Invalid Go package import path: " + shortened(package, shown_length);
  const std::string_view name = package.substr(slash + 1);
  const auto is_allowed = [](char c) { return is_word_character(c) || c == '.' || c == '-'; };
  if (!name.empty() && std::all_of(name.begin(), name.end(), is_allowed)) return {};
  return "Invalid CNB process name: Invalid Value: " + shortened(name, shown_length);
}

// Whether the package of the root is a program for certain. A "_" in a file's name may keep it out.
bool holds_program(const Files& files) {
  const auto in_root = files.in_folder("");
  return std::any_of(in_root.begin(), in_root.end(), [](const SourceFile* each) {
    return each->known && each->path.ends_with(".go") && !each->path.starts_with('.') &&
           each->path.find('_') == std::string_view::npos && is_go_program(each->text);
  });
}

std::optional<Answer> without_process(const Context& context, const Configuration& configuration,
                                      const GoMod& go_mod, const Version& installed) {
  const bool minds_procfile = context.behaves("procfile-skips-processes");
  if (minds_procfile && context.files.exists("Procfile")) return std::nullopt;
  const std::string or_procfile = minds_procfile ? ", or add a Procfile" : "";
  for (const std::string_view package : configuration.packages) {
    const std::string error = no_process_of(package);
    if (error.empty()) continue;
    return fails(
        "go", "go-process-name", "Proc " + error, {module_file, configuration.packages_line},
        "the build names a process after each package, and cannot after " + in_quotes(package),
        "write the path of the package, for example example.org/tool/cmd/web" + or_procfile);
  }
  if (!configuration.packages.empty() || !go_mod.module_path || !is_since(installed, 16) ||
      go_mod.module_path->value.empty() || !holds_program(context.files))
    return std::nullopt;
  const std::string error = no_process_of(go_mod.module_path->value);
  if (error.empty()) return std::nullopt;
  return fails("go", "go-process-name", "Proc " + error, {module_file, go_mod.module_path->line},
               "the build names a process after each program, and cannot after the module " +
                   in_quotes(go_mod.module_path->value),
               "name the module with a path, for example example.org/tool" + or_procfile);
}

Answer installs(const Version& version, const Configuration& configuration, const GoMod& go_mod) {
  if (configuration.requirement)
    return builds("go", "go-version", version.text(), {module_file, configuration.line},
                  "go.mod asks for Go " + in_quotes(configuration.written));
  Answer answer = builds("go", "go-default", version.text(), {module_file},
                         "go.mod has no go line that the build reads: it takes its newest Go");
  if (!go_mod.go) return answer;
  answer.line = go_mod.go->line;
  answer.reason =
      "the build does not read a go line with a comment behind it, and takes its newest Go";
  answer.help = "write the comment on a line of its own";
  return answer;
}

Answer resolve(const Context& context, const Alternative& facts, const SourceFile& file,
               const Configuration& configuration) {
  std::string error;
  const rust::Requirement any = *rust::Requirement::parse("*", error);
  const rust::Requirement& requirement = configuration.requirement.value_or(any);
  const Version* version = newest_in(facts, requirement);
  if (!version) return without_version(facts, requirement, configuration);
  const GoMod go_mod = read_go_mod(file.text);
  if (auto refused = refused_by_go(go_mod, *version)) return std::move(*refused);
  if (auto refused = without_process(context, configuration, go_mod, *version))
    return std::move(*refused);
  if (auto newer = asks_for_newer(context, go_mod, *version)) return std::move(*newer);
  return installs(*version, configuration, go_mod);
}

void build(const Context& context, std::vector<Answer>& answers) {
  const SourceFile* file = context.files.find(module_file);
  const Alternative* facts = context.state.runtime("go");
  if (!file || !file->known || !facts || facts->known.empty()) {
    answers.push_back(unknown("go", "file-not-read", {module_file},
                              !file || !file->known
                                  ? "go.mod was not read"
                                  : "which versions of Go this builder has is not known"));
    return;
  }
  if (!is_valid_utf8(file->text)) {
    answers.push_back(fails("go", "go-version", "GoModConfig", {module_file},
                            "go.mod is not UTF-8 text", "save the file as UTF-8"));
    return;
  }
  const Configuration configuration = read(*file);
  answers.push_back(configuration.error.empty() ? resolve(context, *facts, *file, configuration)
                                                : unreadable(configuration));
}

}  // namespace

const Model go_model{"heroku/go", wants, detect, build};

}  // namespace buildable::build
