// Snapshots of every state of a plan, from a folder of facts and the rules.
#pragma once

#include "capabilities.h"
#include "facts.h"
#include "model/rules.h"
#include "plan.h"

namespace buildable {

struct NamedSnapshot {
  std::string name;
  Snapshot snapshot;
};

// In the plan's order. The same facts, rules and plan give equal snapshots.
Result<std::vector<NamedSnapshot>> make_snapshots(const Facts& facts, const SnapshotPlan& plan,
                                                  const std::vector<RuntimeRules>& runtimes);

// The runtimes' rules in a folder, by id; the plan in a file.
Result<std::vector<RuntimeRules>> read_runtimes(const std::filesystem::path& folder);
Result<SnapshotPlan> read_plan(const std::filesystem::path& file);

}  // namespace buildable
