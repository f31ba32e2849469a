// What an input costs, held against its length: a parser that takes long for a short text is found
// before somebody sends that text.
#pragma once

#include <cstdint>

#include "fuzz.h"

namespace buildable::fuzz {

// Runs the fuzzer on the input, and ends the process where that took more time or memory than any
// input of that length may, or where the input written twice takes much more than twice as long.
// Of the time only what this thread spent on a processor counts, and what looks too slow is
// measured again: the least of several measurements decides.
void run_and_measure(const Fuzzer& fuzzer, const std::uint8_t* data, std::size_t size);

}  // namespace buildable::fuzz
