// What changed from one deployed state to the next, ready to be told: the versions are text here.
#pragma once

#include <string>
#include <tuple>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace buildable {

struct RuntimeNews {
  std::string runtime;  // "node"
  std::string name;     // "Node.js"
  std::string gained;   // to_string of the set that became buildable; empty: none
  std::string lost;     // of the set that ceased to be
  std::vector<std::string> gained_series;
  std::vector<std::string> lost_series;
  std::string old_default;
  std::string new_default;
  friend bool operator==(const RuntimeNews&, const RuntimeNews&) = default;
};

struct TrackNews {
  std::string track;
  std::string old_builder;  // empty: the track is new
  std::string new_builder;  // empty: the track is gone
  bool expired_now = false;
  std::vector<RuntimeNews> runtimes;
  friend bool operator==(const TrackNews&, const TrackNews&) = default;
};

struct DeployedBuilder {
  std::string track;
  std::string builder;
  friend bool operator==(const DeployedBuilder&, const DeployedBuilder&) = default;
};

// A state and what it changed, each state as it was when it began, or what became known of one.
struct HistoryState {
  std::string platform;
  Instant effective;  // when it was deployed; where `known_by` is filled: when it became known
  std::string snapshot_digest;
  std::vector<DeployedBuilder> builders;
  std::vector<TrackNews> changes;  // against the state before; empty for the first
  // The witnesses that told what the builders had been able to do before; empty: the state began.
  std::vector<std::string> known_by;
  friend bool operator==(const HistoryState&, const HistoryState&) = default;
};

// Oldest first.
struct History {
  std::vector<HistoryState> states;
  friend bool operator==(const History&, const History&) = default;
};

template <>
struct Fields<RuntimeNews> {
  static constexpr auto list() {
    return std::tuple{required("runtime", &RuntimeNews::runtime),
                      required("name", &RuntimeNews::name),
                      optional("gained", &RuntimeNews::gained),
                      optional("lost", &RuntimeNews::lost),
                      optional("gained_series", &RuntimeNews::gained_series),
                      optional("lost_series", &RuntimeNews::lost_series),
                      optional("old_default", &RuntimeNews::old_default),
                      optional("new_default", &RuntimeNews::new_default)};
  }
};
template <>
struct Fields<TrackNews> {
  static constexpr auto list() {
    return std::tuple{required("track", &TrackNews::track),
                      optional("old_builder", &TrackNews::old_builder),
                      optional("new_builder", &TrackNews::new_builder),
                      required("expired_now", &TrackNews::expired_now),
                      required("runtimes", &TrackNews::runtimes)};
  }
};
template <>
struct Fields<DeployedBuilder> {
  static constexpr auto list() {
    return std::tuple{required("track", &DeployedBuilder::track),
                      required("builder", &DeployedBuilder::builder)};
  }
};
template <>
struct Fields<HistoryState> {
  static constexpr auto list() {
    return std::tuple{required("platform", &HistoryState::platform),
                      required("effective", &HistoryState::effective),
                      required("snapshot_digest", &HistoryState::snapshot_digest),
                      required("builders", &HistoryState::builders),
                      optional("changes", &HistoryState::changes),
                      optional("known_by", &HistoryState::known_by)};
  }
};

template <>
struct Fields<History> {
  static constexpr auto list() { return std::tuple{required("states", &History::states)}; }
};

}  // namespace buildable
