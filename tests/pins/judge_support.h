// A repository of a few files, judged at a day of the known history.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

#include "pins/collect.h"
#include "pins/judge.h"
#include "pins/judge_files.h"
#include "policy/compile.h"
#include "policy/witness.h"
#include "rules/embedded.h"

namespace buildable::test {

using namespace pins;

using Files = std::vector<RepositoryFile>;

inline Instant day(const std::string& text) { return *parse_instant_or_day(text); }

struct Known {
  Snapshot snapshot;
  Policy policy;
};

inline const Known& known_at(const std::string& date) {
  static std::map<std::string, Known> cache;
  const auto found = cache.find(date);
  if (found != cache.end()) return found->second;
  const auto which = embedded_snapshot_at(day(date));
  REQUIRE(which);
  // As it was known when it was deployed: two states of one builder give cases of doubt.
  Snapshot snapshot = as_known_at(embedded_snapshot(*which), which->effective);
  auto policy = compile(snapshot, embedded_rules(), day(date), which->digest);
  REQUIRE(policy);
  return cache.emplace(date, Known{std::move(snapshot), std::move(*policy)}).first->second;
}

inline std::vector<CurrentBuilder> builders_at(const Known& known) {
  std::vector<CurrentBuilder> builders;
  for (const TrackPolicy& track : known.policy.tracks)
    builders.push_back({track.track, track.builder, track.expired});
  return builders;
}

inline RepositoryJudgement judged(const Files& files, const std::string& track,
                                  const std::string& date) {
  static const PinFinder finder(embedded_rules());
  const Known& known = known_at(date);
  const TrackPolicy* policy = known.policy.find(track);
  REQUIRE(policy);
  const FileWatch watch(embedded_rules().platform, builders_at(known), policy->target);
  RepositoryCollector collector(finder, watch);
  for (const RepositoryFile& file : files) REQUIRE(collector.add(file));
  return PinJudge(embedded_rules(), known.policy, track).judge(collector.take());
}

inline const PinFinding* finding_in(const RepositoryJudgement& judgement, const std::string& file,
                                    const std::string& key = {}) {
  for (const PinFinding& finding : judgement.findings)
    if (finding.pin.file == file && (key.empty() || finding.pin.key == key)) return &finding;
  return nullptr;
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace buildable::test
