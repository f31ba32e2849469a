// A small platform made by hand: one runtime of each kind that the emitters treat differently.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "emit/tree.h"
#include "policy/history.h"
#include "support/instants.h"

namespace buildable::testing {

using namespace emit;

inline Version version(Scheme scheme, std::string_view text) {
  auto parsed = Version::parse(scheme, text);
  REQUIRE_MESSAGE(parsed.has_value(), text);
  return *parsed;
}

inline std::vector<Version> versions(Scheme scheme, const std::vector<std::string>& texts) {
  std::vector<Version> parsed;
  for (const std::string& text : texts) parsed.push_back(version(scheme, text));
  return parsed;
}

// Any patch of the series, as a buildpack that is bounded by series takes them.
inline VersionSet whole_series(Scheme scheme, const std::vector<std::vector<std::string>>& series) {
  VersionSet set = VersionSet::none(scheme);
  for (const auto& numbers : series)
    set = set.unite(VersionSet::series(scheme, numbers).finals_only());
  return set;
}

inline RuntimeRules snake_rules() {
  RuntimeRules rules;
  rules.id = "snake";
  rules.name = "Snake";
  rules.scheme = Scheme::pep440;
  rules.series_components = 2;
  rules.renovate.matches = {
      {{"docker", "conda"}, {"/(?:^|/)snake$/", "!/features/"}, Granularity::version},
      {{"github-releases"}, {"example/snake-prebuild"}, Granularity::version}};
  rules.renovate.managers = {{{"/(^|/)snake\\.txt$/"},
                              {"^snake-(?<currentValue>\\d+\\.\\d+)\\s*$"},
                              "snake",
                              "snake",
                              "docker",
                              "docker",
                              "^v?(?<version>.+)$",
                              "A pin with a final newline."}};
  rules.renovate.libraries = {{{"pypi"}, "python"}};
  rules.dependabot = {{"docker", {"snake", "library/snake"}, Granularity::version},
                      {"conda", {"snake"}, Granularity::version}};
  return rules;
}

inline RuntimeRules knot_rules() {
  RuntimeRules rules;
  rules.id = "knot";
  rules.name = "Knot \"K\" <& co>";
  rules.scheme = Scheme::semver;
  rules.renovate.matches = {{{"node-version"}, {}, Granularity::version}};
  rules.dependabot = {{"docker", {"knot"}, Granularity::version}};
  return rules;
}

inline RuntimeRules band_rules() {
  RuntimeRules rules;
  rules.id = "band";
  rules.name = "Band";
  rules.scheme = Scheme::dotnet;
  rules.series_components = 2;
  rules.renovate.matches = {{{"dotnet-version"}, {"band-sdk"}, Granularity::version},
                            {{"dotnet-version"}, {"band-runtime"}, Granularity::series}};
  rules.renovate.managers = {{{"/\\.proj$/"},
                              {"net(?<currentValue>\\d+\\.0)"},
                              "band",
                              "band-runtime",
                              "dotnet-version",
                              "",
                              "",
                              ""}};
  rules.dependabot = {{"docker", {"band/runtime"}, Granularity::series}};
  return rules;
}

inline RuntimeRules gem_rules() {
  RuntimeRules rules;
  rules.id = "gem";
  rules.name = "Gem";
  rules.scheme = Scheme::ruby;
  rules.series_components = 2;
  rules.renovate.matches = {{{"ruby-version"}, {}, Granularity::version}};
  rules.dependabot = {{"docker", {"gem"}, Granularity::version}};
  return rules;
}

inline RuntimeRules tool_rules() {
  RuntimeRules rules;
  rules.id = "tool";
  rules.name = "Tool";
  rules.scheme = Scheme::maven;
  rules.build_tool = true;
  rules.renovate.matches = {{{"maven"}, {"tool"}, Granularity::version}};
  return rules;
}

inline Rules sample_rules() {
  Rules rules;
  rules.platform.id = "example";
  rules.platform.name = "Example Cloud";
  rules.platform.default_track = "default";
  rules.platform.tracks = {{"default", "builder", "runner", "", "", "", "The usual one."},
                           {"latest", "latestBuilder", "", "", "--latest", "", ""},
                           {"deprecated", "deprecatedBuilder", "", "", "--old", "", ""}};
  rules.platform.injected = {
      {"example/apt", "apt packages", "Aptfile", "registry.example/apt:1", {"24.04"}, "", {}},
      {"old/apt", "apt packages", "Aptfile", "", {"22.04"}, "", {}},
      {"", "Rust builds", "Cargo.toml", "", {}, "which buildpack builds it", {}}};
  rules.runtimes = {band_rules(), gem_rules(), knot_rules(), snake_rules(), tool_rules()};
  return rules;
}

inline RuntimePolicy policy_of(const RuntimeRules& rules) {
  RuntimePolicy policy;
  policy.runtime = rules.id;
  policy.name = rules.name;
  policy.scheme = rules.scheme;
  policy.series_components = rules.series_components;
  policy.buildable = VersionSet::none(rules.scheme);
  policy.unbuildable = VersionSet::none(rules.scheme);
  policy.summary = rules.name + ": made by hand.";
  return policy;
}

// `newest` is the last series: "3.13" or "3.14".
inline RuntimePolicy snake_policy(const std::string& newest_minor) {
  RuntimePolicy policy = policy_of(snake_rules());
  policy.buildable = whole_series(Scheme::pep440, {{"3", "12"}, {"3", newest_minor}});
  policy.unbuildable = policy.buildable.complement();
  policy.known = versions(Scheme::pep440, {"3.12.9", "3." + newest_minor + ".0"});
  policy.series = {{"3.12", "3.12.9", true},
                   {"3." + newest_minor, "3." + newest_minor + ".0", true}};
  policy.default_version = "3." + newest_minor;
  policy.default_resolved = "3." + newest_minor + ".0";
  policy.buildpacks = {{"example/snake", "1.0.0", false}};
  policy.reads = {{".snake-version", "", {"X.Y", "X.Y.Z"}, "", ""}};
  policy.refuses = {{"snake.txt", "no longer read"}};
  policy.reasons = {{"Its span of series.", {"https://example.org/snake", "", "2026-01-01", ""}}};
  return policy;
}

inline RuntimePolicy listed_policy(const RuntimeRules& rules,
                                   const std::vector<std::string>& releases,
                                   std::vector<SeriesRow> series) {
  RuntimePolicy policy = policy_of(rules);
  policy.known = versions(rules.scheme, releases);
  policy.buildable = VersionSet::of(rules.scheme, policy.known);
  policy.unbuildable = policy.buildable.complement();
  policy.series = std::move(series);
  policy.default_version = policy.series.back().series;
  policy.buildpacks = {{"example/" + rules.id, "2.0.0", false},
                       {"example/" + rules.id, "2.1.0", false}};
  return policy;
}

inline TrackPolicy sample_track(const std::string& name, const std::string& builder,
                                const std::string& newest_minor) {
  TrackPolicy track;
  track.track = name;
  track.builder = "registry.example/builder:" + builder;
  track.runner = "registry.example/run:24";
  track.target = {"linux", "amd64", "ubuntu", "24.04", "example-24"};
  RuntimePolicy tool = policy_of(tool_rules());
  tool.governed = false;
  track.runtimes = {listed_policy(band_rules(), {"8.0.100", "9.0.202"},
                                  {{"8.0", "8.0.100", false}, {"9.0", "9.0.202", false}}),
                    policy_of(gem_rules()),
                    listed_policy(knot_rules(), {"22.11.0", "22.11.1", "24.1.0"},
                                  {{"22", "22.11.1", false}, {"24", "24.1.0", false}}),
                    snake_policy(newest_minor), tool};
  return track;
}

inline Policy sample_policy(const std::string& effective, const std::string& default_minor) {
  Policy policy;
  policy.platform = "example";
  policy.platform_name = "Example Cloud";
  policy.effective = policy.observed = instant(effective);
  policy.snapshot_digest = "sha256:" + std::string(64, default_minor.back());
  policy.tracks = {sample_track("default", "24_1." + default_minor, default_minor),
                   sample_track("latest", "24_2", "14")};
  policy.tracks[1].certain = false;
  return policy;
}

struct Sample {
  Rules rules = sample_rules();
  Policy policy = sample_policy("2026-04-01T12:20:52Z", "14");
  Policy before = sample_policy("2026-03-19T16:29:00Z", "13");

  Tree tree(const std::string& base_url = {}) const {
    auto made = emit_tree({rules,
                           policy,
                           "{\"schema_version\": 1}\n",
                           {history_state(nullptr, before), history_state(&before, policy)}},
                          {base_url});
    REQUIRE_MESSAGE(made.has_value(), (made ? "" : made.error().to_text()));
    return *made;
  }
};

}  // namespace buildable::testing
