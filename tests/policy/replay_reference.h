// A naive second reading of the collected facts, to hold the policy against. It shares no code with
// the policy: versions are split at dots here, and sets are sets of strings.
#pragma once

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/shared_data.h"

namespace buildable::testing {

using Json = nlohmann::json;
using Strings = std::vector<std::string>;

enum class Answer { yes, no, unrecorded };

inline std::vector<int> numbers_of(const std::string& text) {
  std::vector<int> numbers;
  std::string digits;
  for (const char c : text + ".") {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else {
      if (!digits.empty()) numbers.push_back(std::stoi(digits));
      digits.clear();
      if (c != '.') break;
    }
  }
  return numbers;
}

inline bool is_plain(const std::string& text) {
  return text.find_first_not_of("0123456789.") == std::string::npos;
}

inline std::string first_two(const std::string& text) {
  const auto numbers = numbers_of(text);
  return std::to_string(numbers.at(0)) + "." + std::to_string(numbers.at(1));
}

// One spelling for what the buildpacks take as one version: "go1.20" is 1.20.0 in heroku/go, "21"
// is 21.0.0 in heroku/jvm.
inline std::string plain_name(const std::string& runtime, std::string text) {
  if (runtime == "go" && text.rfind("go", 0) == 0) text.erase(0, 2);
  if (runtime == "go" || runtime == "java")
    while (is_plain(text) && text.size() > 2 && text.substr(text.size() - 2) == ".0")
      text.resize(text.size() - 2);
  return text;
}

class Reference {
 public:
  explicit Reference(std::filesystem::path data) : data_(std::move(data)) {}

  Json read(const std::string& path) const { return Json::parse(read_file(data_ / path)); }

  bool knows(const std::string& tag) const {
    return std::filesystem::exists(data_ / "builders" / tag / "facts.json");
  }

  // Every release that the facts name for the runtime, also those that came after the builder.
  Strings releases(const std::string& runtime);

  // What each buildpack version that the tag may hold says; `day` is a date.
  Answer answer(const std::string& tag, const std::string& runtime, const std::string& release,
                const std::string& day);

 private:
  Answer one(const std::string& tag, const std::string& runtime, const std::string& buildpack,
             const std::string& release, const std::string& day);
  Answer inventory(const std::string& runtime, const std::string& buildpack,
                   const std::string& release);
  Answer python(const std::string& tag, const std::string& buildpack, const std::string& release);
  Answer php(const std::string& tag, const std::string& buildpack, const std::string& release);
  std::set<std::string> php_packages(const std::string& buildpack, const std::string& series);
  Answer ruby(const std::string& release, const std::string& day);
  Answer old_java(const std::string& release);

  const Json& index(const std::string& name) {
    auto found = indexes_.find(name);
    if (found == indexes_.end())
      found = indexes_.emplace(name, read("index/" + name + ".json")).first;
    return found->second;
  }
  const Json& row(const std::string& name, const std::string& buildpack) {
    for (const Json& each : index(name)["rows"])
      if (each["version"] == buildpack) return each;
    FAIL("no row " << buildpack << " in " << name);
    return index(name);
  }
  const std::set<std::string>& inventory_at(const std::string& runtime,
                                            const std::string& buildpack);
  Strings buildpacks(const std::string& tag, const std::string& id);

  std::filesystem::path data_;
  std::map<std::string, Json> indexes_;
  std::map<std::string, Json> builders_;
  std::map<std::string, std::set<std::string>> inventories_;
};

inline const std::map<std::string, std::string>& index_names() {
  static const std::map<std::string, std::string> names{
      {"node", "nodejs"},   {"go", "go"},   {"java", "jvm"}, {"dotnet", "dotnet"},
      {"python", "python"}, {"php", "php"}, {"ruby", "ruby"}};
  return names;
}

inline const std::set<std::string>& Reference::inventory_at(const std::string& runtime,
                                                            const std::string& buildpack) {
  const std::string& name = index_names().at(runtime);
  std::set<std::string>& versions = inventories_[name + " " + buildpack];
  if (!versions.empty()) return versions;
  bool reached = false;
  for (const Json& each : index(name)["rows"]) {
    for (const Json& removed : each["removed"]) versions.erase(plain_name(runtime, removed));
    for (const Json& added : each["added"]) versions.insert(plain_name(runtime, added));
    reached = each["version"] == buildpack;
    if (reached) break;
  }
  REQUIRE_MESSAGE(reached, name << " has no row " << buildpack);
  REQUIRE_FALSE(versions.empty());
  return versions;
}

inline Strings Reference::buildpacks(const std::string& tag, const std::string& id) {
  auto facts = builders_.find(tag);
  if (facts == builders_.end())
    facts = builders_.emplace(tag, read("builders/" + tag + "/facts.json")).first;
  const Json& possible = facts->second["buildpacks_possible"];
  return possible.contains(id) ? possible[id].get<Strings>() : Strings{};
}

inline Answer Reference::inventory(const std::string& runtime, const std::string& buildpack,
                                   const std::string& release) {
  const bool listed = inventory_at(runtime, buildpack).count(plain_name(runtime, release)) > 0;
  return listed ? Answer::yes : Answer::no;
}

// "3.12.0 to 3.12.3"
inline bool between(const std::string& span, const std::string& release) {
  const auto middle = span.find(" to ");
  const auto numbers = numbers_of(release);
  return numbers_of(span.substr(0, middle)) <= numbers &&
         numbers <= numbers_of(span.substr(middle + 4));
}

inline Answer Reference::python(const std::string& tag, const std::string& buildpack,
                                const std::string& release) {
  if (!is_plain(release)) return Answer::no;
  const Json& facts = row("python", buildpack);
  if (facts["minor_check"]) {
    const auto minor = numbers_of(first_two(release));
    const bool inside = numbers_of(facts["oldest_minor"].get<std::string>()) <= minor &&
                        minor <= numbers_of(facts["newest_minor"].get<std::string>());
    return inside ? Answer::yes : Answer::no;
  }
  const Json builder = read("builders/" + tag + "/runtimes.json");
  for (const Json& state : builder["states"])
    for (const Json& span : state["runtimes"]["python"]["archives_known"])
      if (between(span.get<std::string>(), release)) return Answer::yes;
  return Answer::no;
}

// "https://lang-php.s3.us-east-1…" -> "lang-php": a repository's builds stay in its bucket.
inline std::string bucket_of(const Json& php_row) {
  const std::string url = php_row["repository_url"];
  return url.substr(0, url.find('.'));
}

inline std::set<std::string> Reference::php_packages(const std::string& buildpack,
                                                     const std::string& series) {
  std::set<std::string> packages;
  const std::string bucket = bucket_of(row("php", buildpack));
  for (const Json& each : index("php")["rows"]) {
    if (bucket_of(each) == bucket) {
      Strings brought = each["added_in_changelog"].get<Strings>();
      if (each.contains("formulae"))
        for (const Json& recipe : each["formulae"]["php"]) brought.push_back(recipe);
      for (const std::string& version : brought)
        if (first_two(version) == series) packages.insert(version);
    }
    if (each["version"] == buildpack) break;
  }
  return packages;
}

inline Answer Reference::php(const std::string& tag, const std::string& buildpack,
                             const std::string& release) {
  const std::string stack = "heroku-" + tag.substr(0, 2);
  const Json facts = read("buildpacks/heroku_php/" + buildpack + "/facts.json");
  const auto served = index("php")["stack_series"][stack].get<Strings>();
  const std::string series = first_two(release);
  const bool is_served = std::count(served.begin(), served.end(), series) > 0;
  if (facts["snapshot"].is_null()) {
    const auto known = facts["php_known_from_changelog"].get<Strings>();
    const bool there = is_served && std::count(known.begin(), known.end(), series);
    return there && is_plain(release) ? Answer::yes : Answer::unrecorded;
  }
  if (!is_served) return Answer::no;
  const std::set<std::string> packages = php_packages(buildpack, series);
  if (packages.count(release)) return Answer::yes;
  for (const std::string& each : packages)
    if (numbers_of(release) < numbers_of(each)) return Answer::unrecorded;
  return packages.empty() ? Answer::unrecorded : Answer::no;
}

inline Answer Reference::ruby(const std::string& release, const std::string& day) {
  for (const Json& each : index("ruby")["available"])
    if (each["kind"] == "mri" && each["version"] == release)
      return each["announced"].get<std::string>() <= day ? Answer::yes : Answer::unrecorded;
  return Answer::unrecorded;
}

inline Answer Reference::old_java(const std::string& release) {
  const Json facts = read("buildpacks/heroku_jvm/4.0.2/facts.json");
  for (const Json& target : facts["alias"])
    if (target == release) return Answer::yes;
  return Answer::unrecorded;
}

inline Answer Reference::one(const std::string& tag, const std::string& runtime,
                             const std::string& buildpack, const std::string& release,
                             const std::string& day) {
  if (runtime == "python") return python(tag, buildpack, release);
  if (runtime == "php") return php(tag, buildpack, release);
  if (runtime == "ruby") return ruby(release, day);
  if (runtime == "java" && numbers_of(buildpack).at(0) < 5) return old_java(release);
  return inventory(runtime, buildpack, release);
}

inline Answer Reference::answer(const std::string& tag, const std::string& runtime,
                                const std::string& release, const std::string& day) {
  const std::string name = index_names().at(runtime);
  const Strings versions = buildpacks(tag, "heroku/" + name);
  if (versions.empty()) return Answer::no;
  const Answer first = one(tag, runtime, versions.front(), release, day);
  for (const std::string& each : versions)
    if (one(tag, runtime, each, release, day) != first) return Answer::unrecorded;
  return first;
}

inline void add_neighbours(std::set<std::string>& releases) {
  const std::set<std::string> named = releases;
  for (const std::string& each : named) {
    const auto dot = each.rfind('.');
    if (!is_plain(each) || dot == std::string::npos) continue;
    const int last = numbers_of(each).back();
    for (const int neighbour : {last - 1, last + 1, last + 50})
      if (neighbour >= 0) releases.insert(each.substr(0, dot + 1) + std::to_string(neighbour));
  }
}

// No release of Python is listed anywhere: all that could be, and previews.
inline void add_pythons(std::set<std::string>& releases) {
  for (int minor = 6; minor < 17; ++minor)
    for (int patch = 0; patch < 26; ++patch)
      for (const char* tail : {"", "a1", "b2", "rc1"})
        if (patch == 0 || *tail == '\0')
          releases.insert("3." + std::to_string(minor) + "." + std::to_string(patch) + tail);
}

inline Strings Reference::releases(const std::string& runtime) {
  std::set<std::string> releases;
  const Json& facts = index(index_names().at(runtime));
  const auto add_all = [&](const Json& list) {
    for (const Json& each : list) releases.insert(plain_name(runtime, each));
  };
  for (const Json& each : facts["rows"]) {
    for (const char* key : {"added", "added_in_changelog", "alias"})
      if (each.contains(key)) add_all(each[key]);
    if (each.contains("formulae")) add_all(each["formulae"]["php"]);
  }
  if (runtime == "java") add_all(read("buildpacks/heroku_jvm/4.0.2/facts.json")["alias"]);
  if (runtime == "ruby")
    for (const Json& each : facts["available"])
      if (each["kind"] == "mri") releases.insert(each["version"].get<std::string>());
  if (runtime == "python") add_pythons(releases);
  add_neighbours(releases);
  return {releases.begin(), releases.end()};
}

}  // namespace buildable::testing
