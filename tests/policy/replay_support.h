// The committed rules and snapshots, and the policy of a day.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "policy/compile.h"
#include "rules/load.h"
#include "support.h"
#include "support/files.h"
#include "support/paths.h"

namespace buildable::testing {

inline std::filesystem::path rules_folder() { return source_dir() / "rules"; }

inline std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

inline Rules committed_rules() {
  auto platform =
      parse_platform(read_file(rules_folder() / "platforms" / "toolforge.toml"), "toolforge.toml");
  REQUIRE_MESSAGE(platform, (platform ? std::string() : platform.error().to_text()));
  std::vector<RuntimeRules> runtimes;
  for (const auto& file : files_in(rules_folder() / "runtimes")) {
    auto runtime = parse_runtime(read_file(file), file.filename().string());
    REQUIRE_MESSAGE(runtime, (runtime ? std::string() : runtime.error().to_text()));
    runtimes.push_back(std::move(*runtime));
  }
  auto rules = assemble(std::move(*platform), std::move(runtimes));
  REQUIRE_MESSAGE(rules, (rules ? std::string() : rules.error().to_text()));
  return *std::move(rules);
}

// Oldest first.
inline std::vector<Snapshot> committed_snapshots() {
  std::vector<Snapshot> snapshots;
  for (const auto& file : files_in(rules_folder() / "snapshots" / "toolforge")) {
    auto snapshot = parse_snapshot(read_file(file), file.filename().string());
    REQUIRE_MESSAGE(snapshot, (snapshot ? std::string() : snapshot.error().to_text()));
    snapshots.push_back(std::move(*snapshot));
  }
  REQUIRE_FALSE(snapshots.empty());
  return snapshots;
}

// The state in force at the end of the day.
inline Policy policy_at(const std::vector<Snapshot>& snapshots, const Rules& rules,
                        std::string_view date) {
  const Snapshot* in_force = nullptr;
  for (const Snapshot& snapshot : snapshots)
    if (snapshot.effective <= day(date)) in_force = &snapshot;
  REQUIRE_MESSAGE(in_force, "no snapshot before " << date);
  return policy_of(*in_force, rules, date);
}

// "…/heroku-builder:24_0.21.8" -> "24_0.21.8".
inline std::string tag_of(const std::string& reference) {
  return reference.substr(reference.rfind(':') + 1);
}

}  // namespace buildable::testing
