// Fixing repositories that are written in the test.
#pragma once

#include <iterator>
#include <set>

#include "fix_support.h"
#include "pins/fix_repository.h"

namespace buildable::testing {

using namespace pins;

using Files = std::map<std::string, std::string>;

inline const PinFinder& finder() {
  static const PinFinder finder(embedded_rules());
  return finder;
}

inline JudgeInput found_in(const Files& files) {
  JudgeInput input;
  for (const auto& [path, text] : files) {
    input.files.push_back(path);
    FoundPins found = finder().find({path, text});
    std::move(found.pins.begin(), found.pins.end(), std::back_inserter(input.pins));
    std::move(found.problems.begin(), found.problems.end(), std::back_inserter(input.problems));
  }
  return input;
}

// Of those files that exist the ones in `unseen` are not among what was found: the settings ignore
// them.
inline RepositoryEdits fixing_of(const std::string& date, const std::string& track,
                                 const Files& files, FixAim aim = FixAim::nearest,
                                 bool whole = true, const std::set<std::string>& unseen = {}) {
  const PinJudge judge(embedded_rules(), policy_at(date), track);
  const FixTools tools{
      .rules = embedded_rules(),
      .track = track_at(date, track),
      .finder = finder(),
      .judge = judge,
      .read = [&](const std::string& path) -> Result<std::string> { return files.at(path); },
      .adjust = {},
      .has_file = [&](const std::string& path) { return files.contains(path); },
      .whole = whole};
  Files seen = files;
  for (const std::string& path : unseen) seen.erase(path);
  return fix_pins(tools, found_in(seen), aim);
}

// All that is said of it, a line each.
inline std::string told_of(const RepositoryEdits& edits) {
  std::string text;
  for (const PinFinding& each : edits.remaining) text += each.reason + '\n';
  for (const Diagnostic& each : edits.left) text += each.message + '\n';
  for (const Diagnostic& each : edits.problems) text += each.message + '\n';
  for (const FixedThing& each : edits.done) text += each.what.message + '\n';
  return text;
}

inline Files applied(Files files, const RepositoryEdits& fixing) {
  for (const FileChange& change : fixing.changes) {
    if (change.after)
      files[change.path] = *change.after;
    else
      files.erase(change.path);
  }
  return files;
}

// A repository, and what becomes of it as of 2026-05-14 on the default track.
struct FixRow {
  const char* name;
  FixAim aim;
  Files files;
  Files after;       // of those that change
  const char* says;  // among what is told
};

inline RepositoryEdits fixing_of(const Files& files, FixAim aim) {
  return fixing_of("2026-05-14", "default", files, aim);
}

inline void check_fixing(const FixRow& row) {
  CAPTURE(row.name);
  const RepositoryEdits edits = fixing_of(row.files, row.aim);
  Files wanted = row.files;
  for (const auto& [path, text] : row.after) wanted[path] = text;
  const Files after = applied(row.files, edits);
  for (const auto& [path, text] : wanted) CHECK(after.at(path) == text);
  CHECK_MESSAGE(told_of(edits).find(row.says) != std::string::npos, told_of(edits));
  CHECK(edits.problems.empty());
  CHECK(fixing_of(after, row.aim).changes.empty());
}

inline std::string project_of(const std::string& framework, const char* name = "TargetFramework") {
  return std::string("<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><") + name + ">" +
         framework + "</" + name + "></PropertyGroup></Project>\n";
}

inline std::string global_json(const std::string& version, const std::string& policy) {
  return "{\"sdk\": {\"version\": \"" + version + "\", \"rollForward\": \"" + policy + "\"}}\n";
}

// The texts without what the pins in them say.
inline std::string without_versions(const std::string& path, const std::string& text) {
  std::vector<Edit> edits;
  for (const Pin& pin : finder().find({path, text}).pins) edits.push_back({pin.version_span, "?"});
  return apply_edits(text, std::move(edits));
}

}  // namespace buildable::testing
