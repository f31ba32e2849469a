// A strict check that a text is well-formed XML, as far as the emitters use it: elements nest and
// close, attributes are quoted and unique, only the five predefined entities, one root.
#pragma once

#include <string>
#include <string_view>

namespace buildable::testing {

using namespace emit;

// Empty when well-formed, else what is wrong and where.
std::string markup_problem(std::string_view text);

}  // namespace buildable::testing
