// Fixing repositories that are written in the test.
#pragma once

#include <iterator>

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

inline RepositoryEdits fixing_of(const std::string& date, const std::string& track,
                                 const Files& files, FixAim aim = FixAim::nearest,
                                 bool whole = true) {
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
  return fix_pins(tools, found_in(files), aim);
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

// The texts without what the pins in them say.
inline std::string without_versions(const std::string& path, const std::string& text) {
  std::vector<Edit> edits;
  for (const Pin& pin : finder().find({path, text}).pins) edits.push_back({pin.version_span, "?"});
  return apply_edits(text, std::move(edits));
}

}  // namespace buildable::testing
