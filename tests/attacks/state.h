// A place in which the programs know a state that somebody else wrote.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>

#include "attacks/attack.h"
#include "store/snapshots.h"

namespace buildable::test {

using Json = nlohmann::json;
using Change = std::function<void(Json& snapshot)>;

// The newest state that is compiled in.
inline const Json& known_snapshot() {
  static const Json snapshot = [] {
    const Scratch scratch;
    const Outcome ran = run_program(scratch.path, {"generate", "-q", "--out", "tree"});
    REQUIRE_MESSAGE(ran.code == 0, ran.err);
    return Json::parse(content(scratch / "tree/snapshot.json"));
  }();
  return snapshot;
}

// The same as a state that began later.
inline Json later_snapshot() {
  Json snapshot = known_snapshot();
  snapshot["effective"] = "2026-09-01T00:00:00Z";
  snapshot["observed"] = "2026-09-02T00:00:00Z";
  return snapshot;
}

inline constexpr const char* later = "2026-09-03";

inline void configure_states(const std::filesystem::path& place) {
  put(place / "buildable.toml", "state_directory = \"states\"\n");
}

inline void remember(const std::filesystem::path& place, const Json& snapshot) {
  configure_states(place);
  buildable::store::SnapshotStore store(place / "states");
  REQUIRE(store.put(snapshot.dump(), *buildable::parse_instant("2026-09-02T00:00:00Z")));
}

// Every object of the snapshot that is evidence.
inline void each_evidence(Json& value, const std::function<void(Json&)>& change) {
  if (value.is_object() && value.contains("evidence")) change(value["evidence"]);
  if (!value.is_structured()) return;
  for (Json& inner : value) each_evidence(inner, change);
}

}  // namespace buildable::test
