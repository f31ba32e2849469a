// heroku/gradle. Sources: heroku/buildpacks-jvm, buildpacks/gradle/src/main.rs, detect.rs,
// gradle_command/daemon.rs and layers/gradle_home.rs at the release tags.
#include <algorithm>
#include <array>
#include <compare>

#include "base/text.h"
#include "build/java_properties.h"
#include "build/model.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::array<std::string_view, 4> scripts{"build.gradle", "settings.gradle",
                                                  "build.gradle.kts", "settings.gradle.kts"};
constexpr std::string_view start_file = "gradlew";
constexpr std::string_view settings_file = "gradle.properties";
constexpr std::string_view daemon_file = "gradle/gradle-daemon-jvm.properties";
constexpr std::string_view wrapper_file = "gradle/wrapper/gradle-wrapper.properties";
constexpr std::string_view wrapper_jar = "gradle/wrapper/gradle-wrapper.jar";

bool wants(std::string_view path) {
  return path == start_file || path == settings_file || path == daemon_file || path == wrapper_file;
}

Detection detect(const Context& context) {
  for (const std::string_view name : scripts)
    if (context.files.exists(name))
      return {.passes = true,
              .provides = {"jvm-application"},
              .requirements = {"jdk", "jvm-application"}};
  return {};
}

struct GradleVersion {
  std::uint64_t major = 0, minor = 0, patch = 0;
  friend auto operator<=>(const GradleVersion&, const GradleVersion&) = default;
};

std::string text_of(const GradleVersion& version) {
  return std::to_string(version.major) + '.' + std::to_string(version.minor) +
         (version.patch > 0 ? '.' + std::to_string(version.patch) : "");
}

// Which Gradle runs on which Java: https://docs.gradle.org/current/userguide/compatibility.html.
// Before `fails_before` it ends for certain, as soon as it meets a script in Groovy: the ASM in its
// Groovy does not know the class files of that Java ("Unsupported class file major version").
// Between the two it is not supported, and may run. On Java 25 its Kotlin ends as well
// ("IllegalArgumentException: 25.0.2"), and a script in Kotlin is what the buildpack itself adds.
struct NewJava {
  std::uint64_t java;
  GradleVersion fails_before;
  GradleVersion supported_from;
  bool in_kotlin = false;
};
constexpr std::array new_javas{
    NewJava{16, {7, 0}, {7, 0}},       NewJava{17, {7, 2}, {7, 3}},
    NewJava{18, {7, 3}, {7, 5}},       NewJava{19, {7, 6}, {7, 6}},
    NewJava{20, {8, 1}, {8, 3}},       NewJava{21, {8, 2}, {8, 5}},
    NewJava{22, {8, 8}, {8, 8}},       NewJava{23, {8, 8}, {8, 10}},
    NewJava{24, {8, 14}, {8, 14}},     NewJava{25, {9, 0}, {9, 1}, true},
    NewJava{26, {9, 0}, {9, 4}, true},
};

// What the daemon needs: "Gradle requires JVM 17 or later to run".
struct OldJava {
  GradleVersion from;
  std::uint64_t java;
};
constexpr std::array old_javas{OldJava{{9, 0}, 17}, OldJava{{5, 0}, 8}};

// --- What the repository says ---

// Gradle's own script, which starts the wrapper's jar and fetches nothing by itself.
bool is_plain_script(const SourceFile& script) {
  const auto says = [&](std::string_view words) {
    return script.text.find(words) != std::string_view::npos;
  };
  const std::size_t jar = script.text.find("gradle-wrapper.jar");
  return script.known && jar != std::string_view::npos &&
         script.text.find("gradle-wrapper.jar", jar + 1) == std::string_view::npos &&
         !says("curl") && !says("wget") && !says("ownload");
}

// Whether the files are those of a repository: of a script the model asks only whether it is there.
// Files that were sent all come with their text, and a jar cannot be sent.
bool was_walked(const Files& files) {
  return std::any_of(scripts.begin(), scripts.end(), [&](std::string_view name) {
    const SourceFile* script = files.find(name);
    return script && !script->known;
  });
}

struct Wrapper {
  GradleVersion version;
  int line = 0;
};

// "…/gradle-8.10.2-bin.zip". What is no release, or not Gradle's own, is not known.
std::optional<GradleVersion> released(std::string_view address) {
  std::string_view name = address.substr(address.rfind('/') + 1);
  const bool whole = name.starts_with("gradle-") && name.ends_with("-all.zip");
  if (!whole && !(name.starts_with("gradle-") && name.ends_with("-bin.zip"))) return std::nullopt;
  name.remove_prefix(7);
  name.remove_suffix(8);
  const auto pieces = split(name, '.');
  std::array<std::uint64_t, 3> numbers{};
  if (pieces.size() < 2 || pieces.size() > numbers.size()) return std::nullopt;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const auto number = rust::parse_unsigned(pieces[i], 9999);
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  return GradleVersion{numbers[0], numbers[1], numbers[2]};
}

std::optional<Wrapper> wrapper_of(const Files& files) {
  const SourceFile* file = files.find(wrapper_file);
  if (!file || !file->known) return std::nullopt;
  const auto read = read_java_properties(file->text);
  if (!read) return std::nullopt;
  const auto property = read->find("distributionUrl");
  if (property == read->end()) return std::nullopt;
  const auto version = released(property->second.value);
  return version ? std::optional(Wrapper{*version, property->second.line}) : std::nullopt;
}

// Whether Gradle may run on another Java than the one that the build installs.
bool may_choose_java(const Files& files) {
  const SourceFile* settings = files.find(settings_file);
  return files.exists(daemon_file) ||
         (settings && (!settings->known ||
                       settings->text.find("org.gradle.java.home") != std::string_view::npos));
}

// Of what the buildpack before this one installs: 8 of "1.8.0_482", 21 of "21.0.10".
std::optional<std::uint64_t> installed_java(const std::vector<Answer>& answers) {
  for (const Answer& each : answers) {
    if (each.runtime != "java" || each.outcome != Outcome::builds) continue;
    std::string_view version = each.version;
    if (version.starts_with("1.")) version.remove_prefix(2);
    return rust::parse_unsigned(version.substr(0, version.find_first_not_of("0123456789")), 999);
  }
  return std::nullopt;
}

// --- What follows ---

Answer refused_daemon(const Wrapper& wrapper, std::uint64_t java, std::string help) {
  return fails("gradle", "gradle-wrapper", "StartGradleDaemonError", {wrapper_file, wrapper.line},
               "the wrapper names Gradle " + text_of(wrapper.version) +
                   ", which does not run on Java " + std::to_string(java) +
                   ", the one that the build installs",
               std::move(help));
}

std::optional<Answer> refused_java(const Files& files, const Wrapper& wrapper, std::uint64_t java) {
  for (const OldJava& each : old_javas)
    if (wrapper.version >= each.from && java < each.java)
      return refused_daemon(wrapper, java,
                            "write java.runtime.version=" + std::to_string(each.java) +
                                " or a newer one into system.properties, or take an older Gradle");
  const auto row = std::find_if(new_javas.rbegin(), new_javas.rend(),
                                [&](const NewJava& each) { return each.java <= java; });
  if (row == new_javas.rend() || wrapper.version >= row->fails_before) return std::nullopt;
  const bool groovy = files.exists("build.gradle") || files.exists("settings.gradle");
  if (!groovy && !row->in_kotlin) return std::nullopt;
  return refused_daemon(wrapper, java,
                        "run \"./gradlew wrapper --gradle-version " + text_of(row->supported_from) +
                            "\" or a newer one, or choose an older Java in system.properties");
}

std::optional<Answer> refused_wrapper(const Files& files, const std::vector<Answer>& answers) {
  const SourceFile* script = files.find(start_file);
  if (!script || !is_plain_script(*script)) return std::nullopt;
  if (was_walked(files) && !files.exists(wrapper_jar))
    return fails("gradle", "gradle-wrapper", "StartGradleDaemonError", {start_file},
                 "gradlew starts gradle/wrapper/gradle-wrapper.jar, which is not in the repository",
                 "run \"gradle wrapper\" and commit what it makes, the jar too: "
                 "\"git add --force gradle/wrapper/gradle-wrapper.jar\"");
  const auto java = installed_java(answers);
  const auto wrapper = wrapper_of(files);
  if (!java || !wrapper || may_choose_java(files)) return std::nullopt;
  return refused_java(files, *wrapper, *java);
}

void build(const Context& context, std::vector<Answer>& answers) {
  if (!context.files.exists(start_file))
    answers.push_back(fails("gradle", "gradle-wrapper", "GradleWrapperNotFound", {},
                            "the build needs the Gradle wrapper, and there is no gradlew in the "
                            "root of the repository",
                            "run \"gradle wrapper\" and commit what it makes"));
  else if (auto refused = refused_wrapper(context.files, answers))
    answers.push_back(std::move(*refused));
  else
    answers.push_back(builds("gradle", "gradle-wrapper", "wrapper", {start_file},
                             "the Gradle wrapper fetches the version that it names"));
}

}  // namespace

const Model gradle_model{"heroku/gradle", wants, detect, build};

}  // namespace buildable::build
