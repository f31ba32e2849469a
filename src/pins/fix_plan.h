// Private to src/pins/fix*.cpp: what is planned for the pins of one file.
#pragma once

#include <string>
#include <vector>

#include "pins/fix_targets.h"
#include "pins/judge.h"

namespace buildable::pins {

// A finding of a pin with what is to be written.
struct PlannedEdit {
  std::size_t finding;  // its number in the judgement
  Fixed fixed;
};

Diagnostic said_of(const Pin& pin, std::string message);
Diagnostic left_of(const Pin& pin, const std::string& why);
bool is_same_place(const Pin& a, const Pin& b);
// Without what belongs to the image of one version alone.
Pin untied(Pin pin);

// Whether the pin would become older.
bool moves_down(const Pin& pin, const Fixed& fixed, const RuntimePolicy& runtime);

// What the build fetches by itself goes along with a pin of its file that would be newer: the
// toolchain line with the go line. `targets` are those of the pin's runtime.
void add_fetched_beside(const RepositoryJudgement& judgement, const PlannedEdit& edit,
                        const RuntimePolicy& runtime, const std::vector<FixTarget>& targets,
                        std::vector<PlannedEdit>& plan);

// Whether the pins of a file after the edits are the same in the same order, with what is planned
// in them.
bool reads_as_planned(const std::vector<Pin>& before, const std::vector<Pin>& after,
                      const std::vector<PlannedEdit>& plan, const RepositoryJudgement& judgement);

}  // namespace buildable::pins
