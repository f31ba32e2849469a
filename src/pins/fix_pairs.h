// Private to src/pins/fix*.cpp: pins of one runtime that belong together (two lines of go.mod, an
// SDK and what is built with it, a version and the range that a tool holds it to). What fits is not
// taken apart: such pins move together or not at all.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pins/fix_limits.h"
#include "pins/judge.h"

namespace buildable::pins {

// Names of the files of a root in which pins stand, as the rules have them; those of patterns are
// not among them.
std::set<std::string> root_files_with_pins(const Rules& rules);

// Pins that were moved away from one that they fitted, as they were, and what they do not fit any
// more. Both judgements are of the same repository, before and after changes. The time that it
// takes is proportional to the pins.
std::vector<HeldPin> parted_pins(const DeclaredPlaces& declared, const RepositoryJudgement& before,
                                 const RepositoryJudgement& after);

// Pins that are not edited, and why.
class HeldPins {
 public:
  void hold(const std::vector<HeldPin>& parted);
  // All of the pins that are of the same runtimes.
  void hold_runtimes(const std::vector<HeldPin>& parted, const std::vector<Pin>& pins);
  const std::string* find(const Pin& pin) const;  // null: it may be edited

 private:
  std::map<std::string, std::string> why_;
};

// What the build fetches by itself and has to be at least as new as another pin of its file: the
// toolchain line beside the go line. Of an exact version only.
bool is_fetched_beside(const Pin& pin, const Pin& other);
// Whether all that the first accepts is older than all that the second does.
bool is_older(const VersionSet& first, const VersionSet& second);

}  // namespace buildable::pins
