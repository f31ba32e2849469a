// heroku/nodejs, and before 5.0.0 its parts heroku/nodejs-engine and heroku/nodejs-yarn, which
// stand beside Ruby. Sources: heroku/buildpacks-nodejs at the release tags; since 5.0.0
// src/main.rs, package_json.rs, runtime.rs and package_manager.rs, before that the parts'
// src/main.rs and common/nodejs-utils.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "build/model.h"
#include "build/node_package_managers.h"
#include "build/node_project_toml.h"
#include "build/node_semver.h"
#include "build/package_json.h"
#include "version/range.h"

namespace buildable::build {
namespace {

constexpr std::string_view composite = "heroku/nodejs";

bool wants(std::string_view path) {
  constexpr std::array<std::string_view, 8> names{
      "package.json", "project.toml", "package-lock.json",
      "yarn.lock",    ".yarnrc.yml",  "pnpm-workspace.yaml",
      ".npmrc",       ".yarnrc"};
  return std::find(names.begin(), names.end(), path) != names.end();
}

bool typed(const Context& context) {
  return context.state.behaves(composite, "typed-package-json");
}

bool has_artifacts(const Files& files) {
  constexpr std::array<std::string_view, 3> names{"package.json", "server.js", "index.js"};
  return std::any_of(names.begin(), names.end(), [&](auto name) { return files.exists(name); });
}

// Alone before 5.0.0 it is a composite whose last group is the engine alone: that passes wherever
// one of these files is, whatever is in it.
Detection detect(const Context& context) {
  if (has_artifacts(context.files))
    return {.passes = true, .provides = {composite}, .requirements = {composite}};
  return {.passes = !typed(context), .provides = {composite}};
}

Detection detect_engine(const Context& context) {
  Detection detection{.passes = true, .provides = {"node"}, .may_provide = {"npm"}};
  if (has_artifacts(context.files)) detection.requirements = {"node"};
  return detection;
}

Detection detect_yarn(const Context& context) {
  if (!context.files.exists("yarn.lock")) return {};
  return {.passes = true, .provides = {"yarn"}, .requirements = {"node", "yarn"}};
}

// The newest that the range takes; null where there is none.
const Version* newest_in(const Context& context, const Alternative& facts,
                         const node_semver::Range& range) {
  for (auto known = facts.known.rbegin(); known != facts.known.rend(); ++known) {
    if (context.stopped()) return nullptr;
    const auto version = node_semver::parse_version((*known)->text());
    if (version && range.satisfied_by(*version)) return *known;
  }
  return nullptr;
}

// npm, Renovate and people read some ranges otherwise than the build.
std::string read_otherwise(const Alternative& facts, const Written& range, const Version& taken) {
  const auto npm = parse_range(Grammar::npm, Scheme::semver, range.text);
  if (!npm) return {};
  for (auto known = facts.known.rbegin(); known != facts.known.rend(); ++known) {
    if (!npm->contains(**known)) continue;
    return **known == taken ? std::string() : ", where npm would take " + (*known)->text();
  }
  return ", where npm would take none";
}

std::string newest_series(const Alternative& facts) {
  if (!facts.default_version.empty()) return facts.default_version;
  return facts.known.empty() ? "22.x" : facts.known.back()->release().front() + ".x";
}

Answer take_default(const Context& context, const Alternative& facts, Place place,
                    const std::string& why) {
  const auto range = node_semver::parse_requirement(facts.default_version);
  const Version* version = range.range ? newest_in(context, facts, *range.range) : nullptr;
  if (!version)
    return unknown("node", "node-default", place, "which Node.js is the default is not known");
  return builds("node", "node-default", version->text(), place,
                why + "; the builder's default is Node.js " + facts.default_version);
}

Answer panic(std::string_view key, const Written& written) {
  return fails(
      "node", "node-engines", "panic in node_semver", {"package.json", written.line},
      std::string(key) + " is " + in_quotes(written.text) + ", which makes the buildpack crash",
      "write a range such as \"22.x\"");
}

Answer in_range(const Context& context, const Alternative& facts, const Written& written,
                const node_semver::Range& range) {
  const Place place{"package.json", written.line};
  if (const Version* version = newest_in(context, facts, range)) {
    const std::string otherwise = read_otherwise(facts, written, *version);
    const std::string what = "engines.node is " + in_quotes(written.text);
    if (otherwise.empty()) return builds("node", "node-engines", version->text(), place, what);
    Answer answer = builds("node", "node-engines", version->text(), place,
                           what + ": the build takes " + version->text() + otherwise);
    answer.help = "write a range that the build and npm read the same way, for example " +
                  in_quotes(newest_series(facts));
    return answer;
  }
  const std::string newest = facts.known.empty() ? std::string("none") : facts.known.back()->text();
  return fails("node", "node-engines", "Unknown Node.js version", place,
               "engines.node is " + in_quotes(written.text) +
                   ", which no Node.js of this builder fits; its newest is " + newest,
               "write " + in_quotes(newest_series(facts)));
}

Answer resolve(const Context& context, const PackageJson& package) {
  const Alternative* facts = context.state.runtime("node");
  if (!facts || facts->known.empty())
    return unknown("node", "node-engines", {"package.json"},
                   "which versions of Node.js this builder has is not known");
  if (!package.node) return take_default(context, *facts, {}, "package.json has no engines.node");
  const auto read = node_semver::parse_requirement(package.node->text);
  if (read.panics) return panic("engines.node", *package.node);
  if (read.range) return in_range(context, *facts, *package.node, *read.range);
  Answer answer = take_default(context, *facts, {"package.json", package.node->line},
                               "engines.node is " + in_quotes(package.node->text) +
                                   ", which the build cannot read and ignores");
  answer.help = "write a range, for example " + in_quotes(newest_series(*facts));
  return answer;
}

Answer no_package_json(const Files& files) {
  if (files.exists("package.json"))
    return fails("node", "node-package-json", "package.json read", {"package.json"},
                 "the build needs a package.json, and here that is a folder",
                 "give the folder another name and add the file");
  return fails("node", "node-package-json", "package.json read", {},
               "the build needs a package.json, and there is none", "add package.json");
}

// The same for everything that package.json names: the build ends there.
void answer_for_all(const PackageJson& package, const Answer& answer,
                    std::vector<Answer>& answers) {
  const auto add = [&](std::string runtime) {
    answers.push_back(answer);
    answers.back().runtime = std::move(runtime);
  };
  add("node");
  if (package.npm) add("npm");
  if (package.pnpm) add("pnpm");
  if (package.yarn) add("yarn");
  if (!package.package_manager) return;
  const std::string name(split(package.package_manager->text, '@')[0]);
  const bool named = std::any_of(answers.begin(), answers.end(),
                                 [&](const Answer& each) { return each.runtime == name; });
  if (!named && is_package_manager(name)) add(name);
}

void fail_all(const PackageJson& package, std::vector<Answer>& answers) {
  answer_for_all(package,
                 fails("node", "node-package-json", package.error, {"package.json", package.line},
                       package.reason, "correct package.json"),
                 answers);
}

// Reads package.json and answers for Node.js; null where the build ends at the file.
std::optional<PackageJson> build_engine(const Context& context, std::vector<Answer>& answers) {
  const SourceFile* file = context.files.find("package.json");
  if (!file) {
    answers.push_back(no_package_json(context.files));
    return std::nullopt;
  }
  if (!file->known) {
    answers.push_back(unknown("node", "file-not-read", {file->path}, "package.json was not read"));
    return std::nullopt;
  }
  PackageJson package = read_package_json(*file, typed(context));
  if (!package.error.empty()) {
    fail_all(package, answers);
    return std::nullopt;
  }
  answers.push_back(resolve(context, package));
  return package;
}

// Whether the build ends at project.toml, or may.
bool ends_at_project_toml(const Context& context, std::vector<Answer>& answers) {
  const auto answer = unread_project_toml(context.files);
  if (!answer) return false;
  const SourceFile* file = context.files.find("package.json");
  answer_for_all(file && file->known ? read_package_json(*file, false) : PackageJson{}, *answer,
                 answers);
  return true;
}

void build(const Context& context, std::vector<Answer>& answers) {
  if (!typed(context) && ends_at_project_toml(context, answers)) return;
  const auto package = build_engine(context, answers);
  if (!package) return;
  if (typed(context))
    package_managers_of_parts(context, *package, answers);
  else
    package_managers(context, *package, answers);
}

void build_engine_alone(const Context& context, std::vector<Answer>& answers) {
  build_engine(context, answers);
}

void build_yarn(const Context& context, std::vector<Answer>& answers) {
  const SourceFile* file = context.files.find("package.json");
  const PackageJson package = file ? read_package_json(*file, typed(context)) : PackageJson{};
  answers.push_back(unrecorded_manager("yarn", package.yarn));
}

}  // namespace

const Model node_model{composite, wants, detect, build};
const Model node_engine_model{"heroku/nodejs-engine", wants, detect_engine, build_engine_alone};
const Model node_yarn_model{"heroku/nodejs-yarn", wants, detect_yarn, build_yarn};

}  // namespace buildable::build
