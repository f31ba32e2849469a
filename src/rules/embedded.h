// What is compiled into the program: rules/ in a form that needs no parsing of text.
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "model/history.h"
#include "model/rules.h"
#include "model/snapshot.h"

namespace buildable {

const Rules& embedded_rules();

struct EmbeddedSnapshot {
  std::string name;  // "2026-05-14"
  Instant effective;
  std::string digest;  // "sha256:…" of the canonical JSON
};
// Oldest first.
const std::vector<EmbeddedSnapshot>& embedded_snapshots();
// The one in force at `at`; fails before the first.
Result<EmbeddedSnapshot> embedded_snapshot_at(Instant at);
Snapshot embedded_snapshot(const EmbeddedSnapshot& which);

// What each of them changed, made by the build: one state a snapshot, oldest first.
History embedded_history();

}  // namespace buildable
