// Private to src/pins/fix*.cpp: pins that stand in one list, such as a test matrix.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pins/judge.h"

namespace buildable::pins {

// More than what fails the deployment (is_failing, report/report.h): a pin that mirrors one cannot
// be built either, and is only warned of. As `check` does, settings may lower it to a note.
bool is_to_be_fixed(const PinFinding& finding);

// The pins of one file that stand in one list, what they say, and how many of them the build would
// not fail on.
struct PinsInList {
  std::set<std::string> values;  // one that all pins have may move
  std::size_t good = 0;
  std::map<std::string, std::string> planned;  // what is to be written in it, and instead of what
};

// For each finding of a file, in the order of the file, the list that it stands in: alone where it
// stands in none. What a file says several times in one place made for it, such as a property that
// is given twice, counts as a list as well: which of it holds is for the tools that read it. Of
// pins that decide the build tells.
std::vector<std::shared_ptr<PinsInList>> lists_of(std::string_view text,
                                                  const std::vector<const PinFinding*>& findings,
                                                  const DeclaredPlaces& declared);

}  // namespace buildable::pins
