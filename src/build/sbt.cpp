// heroku/sbt. Sources: heroku/buildpacks-jvm, buildpacks/sbt/src/main.rs, detect.rs,
// configuration.rs and sbt/version.rs at the release tags.
#include <algorithm>

#include "base/text.h"
#include "build/model.h"
#include "build/rust_semver.h"
#include "build/system_properties.h"

namespace buildable::build {
namespace {

constexpr std::string_view properties_file = "project/build.properties";

bool wants(std::string_view path) {
  return path == properties_file || path == system_properties_file;
}

// Rust's Path::extension: a name that only begins with the dot has none.
bool has_extension(std::string_view path, std::string_view extension) {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return name.size() > extension.size() && name.ends_with(extension);
}

bool any_in(const Files& files, std::string_view folder, std::string_view extension) {
  const auto found = files.in_folder(folder);
  return std::any_of(found.begin(), found.end(),
                     [&](const SourceFile* each) { return has_extension(each->path, extension); });
}

Detection detect(const Context& context) {
  const Files& files = context.files;
  if (!any_in(files, "", ".sbt") && !any_in(files, "project", ".scala") &&
      !any_in(files, ".sbt", ".scala") && !files.exists(properties_file))
    return {};
  return {
      .passes = true, .provides = {"jvm-application"}, .requirements = {"jdk", "jvm-application"}};
}

struct Setting {
  std::string_view key;
  std::string_view error;
};
constexpr Setting lists[] = {{"sbt.pre-tasks", "InvalidPreTaskList"},
                             {"sbt.tasks", "InvalidTaskList"}};
constexpr Setting choices[] = {{"sbt.clean", "InvalidSbtClean"},
                               {"sbt.available-at-launch", "InvalidAvailableAtLaunch"}};

// Whether the Rust crate shell-words 1.1 can split the text: every quote has its end. A "#" at the
// beginning of a word makes the rest of the line a comment.
bool can_be_split(std::string_view text) {
  char quote = '\0';
  bool in_word = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != '\0' && c == quote) {
      quote = '\0';
    } else if (c == '\\' && quote != '\'') {
      // A line that goes on begins no word, and ends none.
      in_word = in_word || text.substr(at + 1, 1) != "\n";
      ++at;
    } else if (quote != '\0') {
      continue;
    } else if (c == '"' || c == '\'') {
      quote = c;
      in_word = true;
    } else if (c == ' ' || c == '\t' || c == '\n') {
      in_word = false;
    } else if (c == '#' && !in_word) {
      at = std::min(text.find('\n', at), text.size());
    } else {
      in_word = true;
    }
  }
  return quote == '\0';
}

// The settings of system.properties, in the order of the build.
std::optional<Answer> refused_setting(const SystemProperties& read) {
  for (const Setting& list : lists) {
    const Property* property = read.find(list.key);
    if (!property || can_be_split(property->value)) continue;
    return fails("sbt", "sbt-configuration", std::string(list.error),
                 {system_properties_file, property->line},
                 std::string(list.key) + " is " + in_quotes(property->value) +
                     ", in which a quote has no end",
                 "end the quote, or write \\\\ before a quote that is meant as such");
  }
  for (const Setting& choice : choices) {
    const Property* property = read.find(choice.key);
    if (!property || property->value == "true" || property->value == "false") continue;
    return fails("sbt", "sbt-configuration", std::string(choice.error),
                 {system_properties_file, property->line},
                 std::string(choice.key) + " is " + in_quotes(property->value) +
                     "; the build takes only true or false",
                 "write true or false with nothing after it");
  }
  return std::nullopt;
}

const char* const help =
    "write a released version with three numbers, for example sbt.version=1.10.7";

Answer judge(const Context& context, const Property& property) {
  const Place place{properties_file, property.line};
  const auto parsed = rust::parse_semver(property.value);
  if (!parsed)
    return fails("sbt", "sbt-version", "CouldNotParseVersion", place,
                 "project/build.properties holds " + in_quotes(property.value) +
                     ", which is not a version for the build: it takes X.Y.Z",
                 help);
  const Alternative* facts = context.state.runtime("sbt");
  if (!facts || facts->mechanism != Mechanism::supported || !facts->span)
    return unknown("sbt", "sbt-version", place,
                   "which versions of sbt this builder supports is not known");
  const auto version = Version::parse(facts->scheme, property.value);
  if (version && parsed->prerelease.empty() && facts->span->contains(*version))
    return builds("sbt", "sbt-version", property.value, place,
                  "project/build.properties asks for sbt " + property.value);
  return fails("sbt", "sbt-version", "UnsupportedSbtVersion", place,
               "this builder does not support sbt " + property.value, help);
}

Answer by_file(const Context& context, const SourceFile& file) {
  if (!file.known)
    return unknown("sbt", "file-not-read", {file.path}, std::string(file.path) + " was not read");
  const auto read = read_java_properties(file.text);
  if (!read)
    return fails("sbt", "sbt-version", "CouldNotParseBuildProperties",
                 {file.path, read.error().line},
                 "project/build.properties is not a properties file: " + read.error().message,
                 "write \\\\ where a backslash is meant");
  const auto property = read->find("sbt.version");
  if (property == read->end() || property->second.value.empty())
    return fails("sbt", "sbt-version", "MissingVersionProperty",
                 {file.path, property == read->end() ? 0 : property->second.line},
                 "project/build.properties does not say which sbt.version to use", help);
  return judge(context, property->second);
}

void build(const Context& context, std::vector<Answer>& answers) {
  const SystemProperties read = read_system_properties(context.files);
  const SourceFile* file = context.files.find(properties_file);
  if (auto refused = refusal(read, "sbt", "ReadSystemPropertiesError"))
    answers.push_back(std::move(*refused));
  else if (auto setting = refused_setting(read))
    answers.push_back(std::move(*setting));
  else if (file)
    answers.push_back(by_file(context, *file));
  else
    answers.push_back(fails("sbt", "sbt-version", "UnknownSbtVersion", {},
                            "the build needs project/build.properties with the version of sbt",
                            help));
}

}  // namespace

const Model sbt_model{"heroku/sbt", wants, detect, build};

}  // namespace buildable::build
