// A naive second reading of Heroku's releases, to hold the policy against. It shares no code with
// the policy: versions are split at dots here, and sets are sets of strings.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/heroku_facts.h"

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
  HerokuFacts& facts() { return facts_; }

  bool knows(const std::string& tag) { return facts_.builder(tag) != nullptr; }

  // Every release that the facts name for the runtime, also those that came after the builder.
  Strings releases(const std::string& runtime);

  // What each buildpack version that the tag may hold, or was seen to hold, says; `day` is a date.
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
  Answer old_java(const std::string& buildpack, const std::string& release);

  const Json& row(const std::string& name, const std::string& buildpack) {
    const Json* found = facts_.release(name, buildpack);
    REQUIRE_MESSAGE(found, "no row " << buildpack << " in " << name);
    return *found;
  }
  const std::set<std::string>& inventory_at(const std::string& runtime,
                                            const std::string& buildpack);
  Strings buildpacks(const std::string& tag, const std::string& id);

  HerokuFacts facts_;
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
  for (const std::string& each : facts_.inventory(name, buildpack))
    versions.insert(plain_name(runtime, each));
  REQUIRE_FALSE(versions.empty());
  return versions;
}

inline Strings Reference::buildpacks(const std::string& tag, const std::string& id) {
  const Json* builder = facts_.builder(tag);
  REQUIRE_MESSAGE(builder, "no builder " << tag);
  if (!builder->contains("witnessed")) return builder->at("possible").value(id, Strings{});
  for (const Json& candidate : builder->at("candidates"))
    if (candidate.at("commit") == builder->at("witnessed"))
      return candidate.at("buildpacks").contains(id)
                 ? Strings{candidate.at("buildpacks").at(id).get<std::string>()}
                 : Strings{};
  FAIL("no candidate of " << tag << " is the witnessed one");
  return {};
}

inline Answer Reference::inventory(const std::string& runtime, const std::string& buildpack,
                                   const std::string& release) {
  const bool listed = inventory_at(runtime, buildpack).count(plain_name(runtime, release)) > 0;
  return listed ? Answer::yes : Answer::no;
}

inline std::string stack_of(const std::string& tag) { return "heroku-" + tag.substr(0, 2); }

inline Answer Reference::python(const std::string& tag, const std::string& buildpack,
                                const std::string& release) {
  if (!is_plain(release)) return Answer::no;
  const Json& facts = row("python", buildpack);
  if (facts.contains("oldest")) {
    const auto minor = numbers_of(first_two(release));
    const bool inside = numbers_of(facts["oldest"].get<std::string>()) <= minor &&
                        minor <= numbers_of(facts["newest"].get<std::string>());
    return inside ? Answer::yes : Answer::no;
  }
  const auto numbers = numbers_of(release);
  for (const Json& span : facts_.table("python")["archives"].at(stack_of(tag)))
    if (numbers_of(span[0].get<std::string>()) <= numbers &&
        numbers <= numbers_of(span[1].get<std::string>()))
      return Answer::yes;
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
  for (const Json& each : facts_.rows("php")) {
    if (bucket_of(each) == bucket)
      for (const char* brought : {"announced", "recipes"})
        for (const std::string& version : each.value(brought, Strings{}))
          if (first_two(version) == series) packages.insert(version);
    if (each["version"] == buildpack) break;
  }
  return packages;
}

inline Answer Reference::php(const std::string& tag, const std::string& buildpack,
                             const std::string& release) {
  const Json& facts = row("php", buildpack);
  const auto served = facts_.table("php")["stack_series"].at(stack_of(tag)).get<Strings>();
  const std::string series = first_two(release);
  const bool is_served = std::count(served.begin(), served.end(), series) > 0;
  if (!facts.contains("snapshot")) {
    const auto known = facts.at("series").get<Strings>();
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
  for (const Json& each : facts_.table("ruby").at("available"))
    if (each["version"] == release)
      return each["announced"].get<std::string>() <= day ? Answer::yes : Answer::unrecorded;
  return Answer::unrecorded;
}

inline Answer Reference::old_java(const std::string& buildpack, const std::string& release) {
  for (const Json& target : row("jvm", buildpack).at("alias"))
    if (target == release) return Answer::yes;
  return Answer::unrecorded;
}

inline Answer Reference::one(const std::string& tag, const std::string& runtime,
                             const std::string& buildpack, const std::string& release,
                             const std::string& day) {
  if (runtime == "python") return python(tag, buildpack, release);
  if (runtime == "php") return php(tag, buildpack, release);
  if (runtime == "ruby") return ruby(release, day);
  if (runtime == "java" && numbers_of(buildpack).at(0) < 5) return old_java(buildpack, release);
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
  const std::string& name = index_names().at(runtime);
  for (const Json& each : facts_.rows(name))
    for (const char* key : {"added", "announced", "recipes", "alias"})
      if (each.contains(key))
        for (const Json& release : each[key]) releases.insert(plain_name(runtime, release));
  if (runtime == "ruby")
    for (const Json& each : facts_.table(name)["available"])
      releases.insert(each["version"].get<std::string>());
  if (runtime == "python") add_pythons(releases);
  add_neighbours(releases);
  return {releases.begin(), releases.end()};
}

}  // namespace buildable::testing
