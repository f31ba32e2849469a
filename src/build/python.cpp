// heroku/python. Sources: heroku/buildpacks-python, src/detect.rs, package_manager.rs,
// python_version.rs, python_version_file.rs and runtime_txt.rs at the release tags.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "build/model.h"
#include "build/python_requirement.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::string_view version_file = ".python-version";
constexpr std::string_view runtime_txt = "runtime.txt";

struct Manager {
  std::string_view name;
  std::string_view file;
};
constexpr std::array<Manager, 3> managers{
    {{"pip", "requirements.txt"}, {"poetry", "poetry.lock"}, {"uv", "uv.lock"}}};

struct Requested {
  std::uint64_t major = 0;
  std::uint64_t minor = 0;
  std::optional<std::uint64_t> patch;
  Place place;  // empty: the default

  std::string series() const { return std::to_string(major) + '.' + std::to_string(minor); }
  std::string text() const { return patch ? series() + '.' + std::to_string(*patch) : series(); }
};

bool wants(std::string_view path) {
  return path == version_file || path == runtime_txt || path == "uv.lock" ||
         path == "pyproject.toml" || path.ends_with("/pyproject.toml");
}

// The file by which the buildpack takes part; empty: it does not.
std::string_view detected_by(const Context& context) {
  for (const std::string_view name : split(context.value("detects"), ' '))
    if (!name.empty() && context.files.exists(name)) return name;
  return {};
}

Place place_of_project(const Context& context) {
  const std::string_view name = detected_by(context);
  return {context.files.find(name) ? name : std::string_view()};
}

Detection detect(const Context& context) { return {.passes = !detected_by(context).empty()}; }

std::vector<Manager> supported_managers(const Context& context) {
  std::vector<Manager> supported;
  for (const std::string_view name : split(context.value("package-managers"), ' '))
    for (const Manager& each : managers)
      if (each.name == name) supported.push_back(each);
  return supported;
}

// "requirements.txt, poetry.lock or uv.lock"
std::string names_of(const std::vector<Manager>& some, const std::string& last) {
  std::string text;
  for (std::size_t i = 0; i < some.size(); ++i) {
    if (i > 0) text += i + 1 < some.size() ? ", " : " " + last + " ";
    text += some[i].file;
  }
  return text;
}

// The newest series that this state builds, for help texts: "3.14".
std::string example(const Context& context) {
  const Alternative* facts = context.state.runtime("python");
  if (facts && !facts->series.empty()) return facts->series.back();
  return facts && !facts->default_version.empty() ? facts->default_version : "3.13";
}

std::optional<Requested> numbers_of(std::string_view text, bool two_allowed) {
  std::vector<std::uint64_t> numbers;
  for (const std::string_view piece : split(text, '.')) {
    const auto number = rust::parse_unsigned(piece, 0xFFFF);
    if (!number) return std::nullopt;
    numbers.push_back(*number);
  }
  if (numbers.size() == 3) return Requested{numbers[0], numbers[1], numbers[2], {}};
  if (numbers.size() == 2 && two_allowed)
    return Requested{numbers[0], numbers[1], std::nullopt, {}};
  return std::nullopt;
}

using Reading = tl::expected<Requested, Answer>;

tl::unexpected<Answer> refuse(std::string rule, std::string error, Place place, std::string reason,
                              std::string help) {
  return tl::unexpected(fails("python", std::move(rule), std::move(error), place, std::move(reason),
                              std::move(help)));
}

Reading not_read(const SourceFile& file) {
  return tl::unexpected(
      unknown("python", "file-not-read", {file.path}, std::string(file.path) + " was not read"));
}

struct Line {
  std::string_view text;
  int number = 0;
};

std::string why_invalid(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF"))
    return ".python-version begins with a byte order mark, which the build takes for a part of "
           "the version";
  return ".python-version holds " + in_quotes(text) +
         ", which is not a version for the build: it takes X.Y or X.Y.Z, digits only";
}

Reading read_version_file(const Context& context, const SourceFile& file) {
  if (!file.known) return not_read(file);
  if (!is_valid_utf8(file.text))
    return refuse("python-version-file", "ReadPythonVersionFile", {file.path},
                  ".python-version is not UTF-8 text", "save the file as UTF-8 without a mark");
  std::vector<Line> found;
  int number = 0;
  for (const std::string_view line : rust::lines(file.text)) {
    ++number;
    const std::string_view text = rust::trim(line);
    if (!text.empty() && !text.starts_with('#')) found.push_back({text, number});
  }
  if (found.empty())
    return refuse("python-version-file", "NoVersion", {file.path},
                  ".python-version holds no version; the build takes exactly one",
                  "write one line, for example " + example(context) + ", or delete the file");
  if (found.size() > 1)
    return refuse("python-version-file", "MultipleVersions", {file.path, found[1].number},
                  ".python-version holds " +
                      (found.size() == 2 ? std::string("two") : std::to_string(found.size())) +
                      " versions; the build takes exactly one",
                  "keep one line, for example " + example(context));
  const Place place{file.path, found[0].number};
  auto requested = numbers_of(found[0].text, true);
  if (!requested)
    return refuse("python-version-file", "InvalidVersion", place, why_invalid(found[0].text),
                  "write only a version, for example " + example(context));
  requested->place = place;
  return *requested;
}

Reading read_runtime_txt(const Context& context, const SourceFile& file) {
  if (!file.known) return not_read(file);
  constexpr std::string_view prefix = "python-";
  const bool short_form = context.behaves("runtime-txt-takes-series");
  const std::string_view text = rust::trim(file.text);
  auto requested = text.starts_with(prefix) ? numbers_of(text.substr(prefix.size()), short_form)
                                            : std::optional<Requested>();
  if (!requested) {
    const Alternative* facts = context.state.runtime("python");
    const std::string known =
        facts && !facts->known.empty() ? facts->known.back()->text() : "3.12.1";
    return refuse("python-runtime-txt", std::string(context.value("runtime-txt")), {file.path, 1},
                  "runtime.txt holds " + in_quotes(text) + "; the build takes only python-X.Y.Z" +
                      (short_form ? " or python-X.Y" : ""),
                  "write python-" + known + " and nothing else");
  }
  requested->place = {file.path, 1};
  return *requested;
}

Reading read_default(const Context& context) {
  const Alternative* facts = context.state.runtime("python");
  const auto requested = numbers_of(facts ? facts->default_version : std::string(), true);
  if (requested) return *requested;
  return tl::unexpected(
      unknown("python", "python-default", {}, "which Python is the default is not known"));
}

bool all_accept(const PythonRequirement& requirement, const Version& python) {
  return std::all_of(requirement.demands.begin(), requirement.demands.end(),
                     [&](const PythonDemand& each) { return each.accepts.contains(python); });
}

// The newest series of this state that the project accepts; empty: none.
std::string newest_accepted(const Context& context, const PythonRequirement& requirement) {
  const Alternative* facts = context.state.runtime("python");
  std::string series;
  if (!facts) return series;
  for (const std::string& each : facts->series) {
    const auto alias = facts->aliases.find(each);
    const auto taken =
        Version::parse(Scheme::pep440, alias == facts->aliases.end() ? each + ".0" : alias->second);
    if (taken && all_accept(requirement, *taken)) series = each;
  }
  return series;
}

std::string example_for_uv(const Context& context) {
  const std::string accepted = newest_accepted(context, uv_requirement(context.files));
  return accepted.empty() ? example(context) : accepted;
}

Reading requested_version(const Context& context, std::string_view manager) {
  const SourceFile* old = context.files.find(runtime_txt);
  if (context.behaves("refuses-runtime-txt") && context.files.exists(runtime_txt))
    return refuse(
        "python-runtime-txt", "RuntimeTxtNotSupported", {runtime_txt, 1},
        "runtime.txt fails the build: this builder reads only .python-version",
        context.files.exists(version_file)
            ? "delete runtime.txt"
            : "delete runtime.txt and write the version to .python-version, for example " +
                  example(context));
  if (old && !context.value("runtime-txt").empty()) return read_runtime_txt(context, *old);
  const SourceFile* file = context.files.find(version_file);
  if (file && context.behaves("reads-python-version-file"))
    return read_version_file(context, *file);
  if (manager == "uv")
    return refuse("python-uv-version-file", "PythonVersionFileRequiredWithUv", {"uv.lock"},
                  "a project with uv.lock needs a .python-version file",
                  "add .python-version with one line, for example " + example_for_uv(context));
  return read_default(context);
}

std::string where(const Requested& requested) {
  return requested.place.file.empty() ? "the builder's default" : std::string(requested.place.file);
}

std::string spans(const Alternative& facts) {
  return facts.takes.empty() ? std::string("versions that are not recorded") : facts.takes;
}

// Looked for in the archive store by its exact number, whatever the buildpack knows.
Answer from_archives(const Context& context, const Alternative& facts, const Requested& requested) {
  const std::string text = requested.text();
  const auto version = Version::parse(facts.scheme, text);
  const bool known = version && std::any_of(facts.known.begin(), facts.known.end(),
                                            [&](const Version* each) { return *each == *version; });
  if (known)
    return builds("python", "python-version", text, requested.place,
                  where(requested) + " asks for Python " + text);
  if (version && facts.cannot_build(*version))
    return fails("python", "python-version", "archive 404", requested.place,
                 "Python " + text + " is not available for this builder",
                 "write python-" +
                     (facts.known.empty() ? std::string("3.12.1") : facts.known.back()->text()));
  return unknown("python", "python-version", requested.place,
                 "whether Python " + text + " is in the archives for " +
                     context.state.target().stack + " is not known");
}

// -1: before the oldest series, 1: after the newest, 0: among them.
int beside(const Alternative& facts, const Requested& requested) {
  const auto oldest = numbers_of(facts.series.front(), true);
  const auto newest = numbers_of(facts.series.back(), true);
  const std::pair asked{requested.major, requested.minor};
  if (asked < std::pair{oldest->major, oldest->minor}) return -1;
  return asked > std::pair{newest->major, newest->minor} ? 1 : 0;
}

Answer in_series(const Alternative& facts, const Requested& requested) {
  const std::string text = requested.text();
  const int side = beside(facts, requested);
  if (side < 0)
    return fails("python", "python-version", "EolVersion", requested.place,
                 "Python " + text + " is past its end of life for this builder, which builds " +
                     spans(facts),
                 "write " + facts.series.back());
  if (side > 0)
    return fails("python", "python-version", "UnknownVersion", requested.place,
                 "Python " + text + " is newer than this builder knows; it builds " + spans(facts),
                 "write " + facts.series.back());
  const auto alias = facts.aliases.find(requested.series());
  if (!requested.patch) {
    if (alias == facts.aliases.end())
      return unknown("python", "python-version", requested.place,
                     "which patch of Python " + text + " the build takes is not known");
    return builds("python", "python-version", alias->second, requested.place,
                  where(requested) + " asks for Python " + text + ", which is " + alias->second +
                      " in this builder");
  }
  Answer answer = builds("python", "python-version", text, requested.place,
                         where(requested) + " asks for Python " + text);
  const auto newest =
      alias == facts.aliases.end() ? std::optional<Requested>() : numbers_of(alias->second, true);
  answer.awaited = newest && newest->patch && *requested.patch > *newest->patch;
  return answer;
}

Answer resolve(const Context& context, const Requested& requested) {
  const Alternative* facts = context.state.runtime("python");
  if (!facts)
    return unknown("python", "python-version", requested.place, "nothing is known of this builder");
  if (facts->mechanism == Mechanism::archives) return from_archives(context, *facts, requested);
  if (facts->series.empty() || !numbers_of(facts->series.front(), true) ||
      !numbers_of(facts->series.back(), true))
    return unknown("python", "python-version", requested.place,
                   "which versions of Python this builder takes is not known");
  return in_series(*facts, requested);
}

// Which of the two is to give way.
std::string required_help(const Context& context, const PythonRequirement& requirement) {
  const std::string series = newest_accepted(context, requirement);
  if (series.empty()) return "require a Python in pyproject.toml that this builder has";
  return context.files.exists(version_file) ? "write " + series + " to .python-version"
                                            : "add .python-version with " + series;
}

// Poetry and uv install nothing where the project's own requirement excludes this Python, and
// neither does a project that they cannot read.
Answer require(const Context& context, std::string_view manager, Answer answer) {
  if (answer.outcome != Outcome::builds || manager == "pip") return answer;
  const PythonRequirement requirement = manager == "uv"
                                            ? uv_requirement(context.files, context.stop)
                                            : poetry_requirement(context.files);
  const Place place{requirement.file, requirement.line};
  if (requirement.unknown) return unknown("python", "file-not-read", place, requirement.reason);
  if (!requirement.error.empty())
    return fails("python", "python-requires", requirement.error, place, requirement.reason,
                 requirement.help);
  const auto version = Version::parse(Scheme::pep440, answer.version);
  if (!version) return answer;
  for (const PythonDemand& each : requirement.demands)
    if (!each.accepts.contains(*version))
      return fails("python", "python-requires", "not allowed by requires-python",
                   {each.file, each.line},
                   std::string(each.file) + " requires Python " + in_quotes(each.text) +
                       "; the build takes " + answer.version,
                   required_help(context, requirement));
  return answer;
}

std::string nothing_found_help(const Context& context, const std::vector<Manager>& supported) {
  for (const Manager& each : managers)
    if (context.files.exists(each.file))
      return "this builder knows only " + names_of(supported, "and") +
             ": write the dependencies there";
  if (context.files.exists("Pipfile"))
    return "the builder does not know Pipenv: write the dependencies to requirements.txt";
  return "add requirements.txt; an empty file is enough where nothing is to be installed";
}

void build(const Context& context, std::vector<Answer>& answers) {
  const std::vector<Manager> supported = supported_managers(context);
  std::vector<Manager> found;
  for (const Manager& each : supported)
    if (context.files.exists(each.file)) found.push_back(each);
  if (found.empty()) {
    answers.push_back(
        fails("python", "python-package-manager", "DeterminePackageManager NoneFound",
              place_of_project(context),
              "the build finds no list of packages: it needs " + names_of(supported, "or"),
              nothing_found_help(context, supported)));
    return;
  }
  if (found.size() > 1) {
    answers.push_back(fails("python", "python-package-manager",
                            "DeterminePackageManager MultipleFound", {found[1].file},
                            names_of(found, "and") + " are " +
                                (found.size() == 2 ? "both" : "all") +
                                " there; the build takes exactly one",
                            "keep the one that you use and delete the rest"));
    return;
  }
  const std::string_view manager = found[0].name;
  const Reading requested = requested_version(context, manager);
  answers.push_back(requested ? require(context, manager, resolve(context, *requested))
                              : requested.error());
  if (manager != "pip")
    answers.push_back(
        builds(std::string(manager), "python-package-manager", {}, {found[0].file},
               "the version of " + std::string(manager) + " is the one that the buildpack brings"));
}

}  // namespace

const Model python_model{"heroku/python", wants, detect, build};

}  // namespace buildable::build
