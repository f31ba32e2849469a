// Small snapshots and rules for the tests of the policy: one platform, one builder, tracks on it.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/compile.h"

namespace buildable::testing {

inline Instant day(std::string_view text) {
  const auto instant = parse_instant_or_day(text);
  REQUIRE_MESSAGE(instant, text);
  return *instant;
}

inline Version version(Scheme scheme, std::string_view text) {
  const auto parsed = Version::parse(scheme, text);
  REQUIRE_MESSAGE(parsed, text);
  return *parsed;
}

inline Evidence seen_at(std::string source) { return {.source = std::move(source)}; }

inline Candidate state(std::vector<BuildpackReference> buildpacks) {
  return {.buildpacks = std::move(buildpacks), .evidence = seen_at("example.org/labels")};
}

// One runtime "it", decided by "acme/it".
inline RuntimeRules runtime_of(Scheme scheme, int series_components, BuildpackRule rule) {
  RuntimeRules runtime;
  runtime.id = "it";
  runtime.name = "It";
  runtime.scheme = scheme;
  runtime.series_components = series_components;
  rule.id = "acme/it";
  if (rule.versions.empty()) rule.versions = "*";
  runtime.buildpacks.push_back(std::move(rule));
  return runtime;
}

inline Rules rules_of(std::vector<RuntimeRules> runtimes) {
  Rules rules;
  rules.platform.id = "forge";
  rules.platform.name = "Forge";
  rules.platform.tracks = {{.name = "default", .description = "the usual one"}};
  rules.runtimes = std::move(runtimes);
  return rules;
}

inline Capability facts(std::string buildpack_version) {
  Capability facts;
  facts.runtime = "it";
  facts.buildpack = "acme/it";
  facts.version = std::move(buildpack_version);
  facts.evidence = seen_at("acme/it@" + facts.version);
  return facts;
}

inline Capability inventory(std::string buildpack_version, std::vector<std::string> versions) {
  Capability capability = facts(std::move(buildpack_version));
  capability.versions = std::move(versions);
  return capability;
}

// Track "default" on one builder. A state holds acme/it in the version of each capability.
inline Snapshot snapshot_of(std::vector<Capability> capabilities) {
  Snapshot snapshot;
  snapshot.platform = "forge";
  snapshot.effective = day("2026-01-01T00:00:00Z");
  Builder builder{.reference = "registry.example.org/forge/builder:24_1"};
  for (const Capability& each : capabilities)
    builder.candidates.push_back(state({{.id = each.buildpack, .version = each.version}}));
  snapshot.builders = {std::move(builder)};
  snapshot.tracks = {{.name = "default",
                      .builder = snapshot.builders[0].reference,
                      .evidence = seen_at("example.org/values")}};
  snapshot.capabilities = std::move(capabilities);
  return snapshot;
}

inline Policy policy_of(const Snapshot& snapshot, const Rules& rules,
                        std::string_view at = "2026-06-01") {
  auto policy = compile(snapshot, rules, day(at), "sha256:0");
  REQUIRE_MESSAGE(policy, (policy ? std::string() : policy.error().to_text()));
  return *std::move(policy);
}

inline RuntimePolicy runtime_policy_of(const Snapshot& snapshot, const Rules& rules,
                                       std::string_view at = "2026-06-01") {
  const Policy policy = policy_of(snapshot, rules, at);
  REQUIRE(policy.tracks.size() == 1);
  REQUIRE(policy.tracks[0].runtimes.size() == 1);
  return policy.tracks[0].runtimes[0];
}

inline std::vector<std::string> texts(const std::vector<Version>& versions) {
  std::vector<std::string> texts;
  for (const Version& each : versions) texts.push_back(each.text());
  return texts;
}

inline std::vector<std::string> names(const std::vector<SeriesRow>& rows) {
  std::vector<std::string> names;
  for (const SeriesRow& row : rows) names.push_back(row.series);
  return names;
}

}  // namespace buildable::testing
