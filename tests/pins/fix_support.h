// Policies of the states that are compiled in, and pins made by hand.
#pragma once

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "pins/fix.h"
#include "policy/compile.h"
#include "policy/witness.h"
#include "rules/embedded.h"
#include "version/range.h"

namespace buildable::testing {

using namespace pins;

// Compiled once: the tables ask for the same few again and again.
inline const Policy& policy_at(const std::string& date) {
  static std::map<std::string, Policy> policies;
  const auto found = policies.find(date);
  if (found != policies.end()) return found->second;
  const auto at = parse_instant_or_day(date);
  REQUIRE_MESSAGE(at, date);
  const auto which = embedded_snapshot_at(*at);
  REQUIRE_MESSAGE(which, date);
  // As it was known when it was deployed: two states of one builder give cases of doubt.
  const Snapshot snapshot = as_known_at(embedded_snapshot(*which), which->effective);
  auto policy = compile(snapshot, embedded_rules(), *at, which->digest);
  REQUIRE_MESSAGE(policy, date);
  return policies.emplace(date, *std::move(policy)).first->second;
}

inline const TrackPolicy& track_at(const std::string& date, const std::string& track) {
  const TrackPolicy* policy = policy_at(date).find(track);
  REQUIRE_MESSAGE(policy, track << " at " << date);
  return *policy;
}

inline const RuntimePolicy& runtime_at(const std::string& date, const std::string& track,
                                       const std::string& runtime) {
  const RuntimePolicy* policy = track_at(date, track).find(runtime);
  REQUIRE_MESSAGE(policy, runtime);
  return *policy;
}

// What of a value names its version stands in braces: "python-{3.12.1}".
struct Marked {
  std::string value;
  std::string version;
  std::size_t at = 0;
};
inline Marked marked(std::string_view text) {
  const std::size_t open = text.find('{');
  const std::size_t close = text.find('}');
  if (open == std::string_view::npos || close == std::string_view::npos)
    return {std::string(text), std::string(text), 0};
  const std::string version(text.substr(open + 1, close - open - 1));
  return {std::string(text.substr(0, open)) + version + std::string(text.substr(close + 1)),
          version, open};
}

// A pin whose file is nothing but its value.
inline Pin pin_of(const RuntimePolicy& runtime, std::string file, std::string key,
                  std::string_view text, std::string grammar = {}) {
  const Marked parts = marked(text);
  Pin pin;
  pin.runtime = runtime.runtime;
  pin.file = std::move(file);
  pin.key = std::move(key);
  pin.value = parts.value;
  pin.value_span = {0, parts.value.size()};
  pin.version = parts.version;
  pin.version_span = {parts.at, parts.at + parts.version.size()};
  pin.grammar = std::move(grammar);
  if (const auto known = grammar_named(pin.grammar)) {
    pin.form = PinForm::range;
    const auto set = parse_range(*known, runtime.scheme, pin.version);
    REQUIRE_MESSAGE(set, text);
    pin.accepts = *set;
    return pin;
  }
  const auto named = parse_named(runtime.scheme, pin.version);
  REQUIRE_MESSAGE(named, text);
  pin.form = named->exact ? PinForm::exact : PinForm::series;
  pin.accepts = named->exact ? VersionSet::of(*named->exact)
                             : VersionSet::series(runtime.scheme, named->series).finals_only();
  return pin;
}

}  // namespace buildable::testing
