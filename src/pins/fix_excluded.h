// Private to src/pins/fix*.cpp: a matrix of tests that excludes what one of its lists says.
#pragma once

#include <string_view>
#include <vector>

#include "base/edit.h"

namespace buildable::pins {

// Edits for the entries of `matrix.exclude` that say the same as a value of the matrix that is
// edited: an entry that is left behind excludes nothing.
std::vector<Edit> edits_of_excluded(std::string_view path, std::string_view text,
                                    const std::vector<Edit>& edits);

}  // namespace buildable::pins
