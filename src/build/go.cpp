// heroku/go. Sources: heroku/buildpacks-go, buildpacks/go/src/cfg.rs and main.rs and
// common/go-utils/src/vrs.rs at the release tags (0.1.13: src/cfg.rs, src/vrs.rs).
#include <algorithm>

#include "base/text.h"
#include "build/model.h"
#include "build/rust_requirement.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::string_view module_file = "go.mod";

bool wants(std::string_view path) { return path == module_file; }

Detection detect(const Context& context) {
  Detection detection{.passes = true, .provides = {"go"}};
  if (context.files.exists(module_file)) detection.requirements = {"go"};
  return detection;
}

// What the build takes from the file, and the go line as Go itself reads it.
struct Configuration {
  std::optional<rust::Requirement> requirement;
  std::string written;
  int line = 0;
  std::string error;  // in the crate's words
  bool cut = false;   // more words follow
  std::string go_line;
  int go_line_number = 0;
};

// "go1.21" is "=1.21".
bool require(Configuration& out, std::string_view written, std::string requirement, int line) {
  if (written.starts_with("go")) requirement = '=' + std::string(written.substr(2));
  out.written = written;
  out.line = line;
  out.requirement = rust::Requirement::parse(requirement, out.error);
  return out.error.empty();
}

// Of a line "go 1.24 // comment" Go reads the version, the buildpack reads nothing.
void note_go_line(Configuration& out, const std::vector<std::string_view>& words, int line) {
  if (words.size() < 2 || words[0] != "go" || !out.go_line.empty()) return;
  if (words.size() > 2 && !words[2].starts_with("//")) return;
  out.go_line = words[1].substr(0, words[1].find("//"));
  out.go_line_number = line;
}

Configuration read(const SourceFile& file) {
  Configuration out;
  int number = 0;
  for (const std::string_view line : rust::lines(file.text)) {
    ++number;
    const auto words = rust::words(line);
    note_go_line(out, words, number);
    const bool comment = words.size() >= 4 && words[0] == "//" && words[1] == "+heroku";
    if (comment && words[2] == "goVersion") {
      out.cut = words.size() > 4;
      if (!require(out, words[3], std::string(words[3]), number)) return out;
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

// Go reads its own line: one that is newer than the Go that is installed is not built with that.
bool asks_for_newer(const Configuration& configuration, const Version& installed) {
  const auto wanted = Version::parse(installed.scheme(), configuration.go_line);
  return wanted && order(*wanted, installed) > 0 &&
         !installed.text().starts_with(configuration.go_line + ".");
}

Answer resolve(const Alternative& facts, const Configuration& configuration) {
  std::string error;
  const rust::Requirement any = *rust::Requirement::parse("*", error);
  const rust::Requirement& requirement = configuration.requirement.value_or(any);
  const Version* version = newest_in(facts, requirement);
  if (!version) return without_version(facts, requirement, configuration);
  if (asks_for_newer(configuration, *version))
    return unknown("go", "go-line-newer", {module_file, configuration.go_line_number},
                   "the build installs Go " + version->text() + ", but the go line asks for " +
                       configuration.go_line + ", which Go then has to download",
                   "write go " + version->text() + " or an older version");
  if (!configuration.requirement) {
    Answer answer = builds("go", "go-default", version->text(), {module_file},
                           "go.mod has no go line that the build reads: it takes its newest Go");
    if (configuration.go_line.empty()) return answer;
    answer.line = configuration.go_line_number;
    answer.reason =
        "the build does not read a go line with a comment behind it, and takes its "
        "newest Go";
    answer.help = "write the comment on a line of its own";
    return answer;
  }
  return builds("go", "go-version", version->text(), {module_file, configuration.line},
                "go.mod asks for Go " + in_quotes(configuration.written));
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
  answers.push_back(configuration.error.empty() ? resolve(*facts, configuration)
                                                : unreadable(configuration));
}

}  // namespace

const Model go_model{"heroku/go", wants, detect, build};

}  // namespace buildable::build
