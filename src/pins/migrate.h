// Versions that stand in the wrong file: one that the track's buildpack refuses, or one that only
// other releases of it read.
#pragma once

#include <string>
#include <vector>

#include "model/policy.h"
#include "model/rules.h"
#include "pins/fix.h"

namespace buildable::pins {

// First `to` is written, then `from` is removed: in between the repository says the version twice.
struct FileMove {
  std::string runtime;
  std::string from;
  std::string to;       // in the root, as `from`
  std::string content;  // of `to`; empty: it is there already and stays as it is
  bool removes = true;  // false: `from` stays for the tools that read it
  std::string why;      // for people
};

struct FileMoves {
  std::vector<FileMove> moves;
  std::vector<Diagnostic> problems;  // of refused files that cannot be moved: what, why
};

// `pins` are those of the whole repository; `files` its paths that were looked at. A version that
// the track cannot build is fixed on the way. Files that hold nothing but a version are moved, to
// such files.
FileMoves moves_of(const Rules& rules, const TrackPolicy& track, const std::vector<Pin>& pins,
                   const std::vector<std::string>& files, FixAim aim);

}  // namespace buildable::pins
