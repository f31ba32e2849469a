// Fixing a whole repository: what was found in it goes in, changed texts come out. Only the texts
// of files that change are held. Pure; the reading and the writing are the command's.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pins/find.h"
#include "pins/fix.h"
#include "pins/fix_limits.h"
#include "pins/judge.h"

namespace buildable::pins {

struct FileChange {
  std::string path;
  std::optional<std::string> before;  // nothing: the file is made
  std::optional<std::string> after;   // nothing: the file goes
};

// What was changed, for people.
struct FixedThing {
  Diagnostic what;
  std::vector<std::string> files;  // of the changes that it stands for: true once all are made
};

// A pin as it was found, and what it says after all edits.
struct MovedPin {
  Pin pin;
  std::string value;
  std::string series;  // that was meant: "3.13"
  std::string remark;  // for people
};

struct RepositoryEdits {
  // In the order in which they are to be made: after each one the repository still says all that it
  // said. A file that is there is never the target of one that is made.
  std::vector<FileChange> changes;
  std::vector<FixedThing> done;
  std::vector<MovedPin> moved;        // what of that is of pins
  std::vector<PinFinding> remaining;  // what the build would still fail on, with why it was left
  std::vector<Diagnostic> left;       // what builds and was not moved up, with why
  std::vector<Diagnostic> problems;   // what could not be judged or edited
};

struct FixTools {
  const Rules& rules;
  const TrackPolicy& track;
  const PinFinder& finder;
  const PinJudge& judge;
  // A file of the repository, read again. That it still says what was found in it is seen to here.
  std::function<Result<std::string>(const std::string& path)> read;
  // What the settings of the repository make of a judgement; may be empty.
  std::function<void(RepositoryJudgement&)> adjust;
  // Whether the repository has the file, looked at or not; may be empty: it has none.
  std::function<bool(const std::string& path)> has_file = {};
  FixLimits limits = {};
  bool whole = true;  // all files of the repository are given: versions may move between files
};

// Nearest: pins that cannot be built, whether they decide or mirror, are fixed; those that mirror
// agree with what the build takes then, where they can. Newest: all others
// are moved up too, but for those that stand in one list: a matrix of tests is meant to
// differ. Ignored pins are left alone. Of an unbuildable pin in a list with one that builds,
// nothing is known of what is meant; it is left and remains.
//
// `found` is what RepositoryCollector found. Fixing what was fixed changes nothing.
RepositoryEdits fix_pins(const FixTools& tools, const JudgeInput& found, FixAim aim);

}  // namespace buildable::pins
