// What libFuzzer calls. BUILDABLE_FUZZER names the fuzzer; with `list` the program prints the names
// and dictionaries of all, and ends.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "cost.h"
#include "fuzz.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

const buildable::fuzz::Fuzzer* chosen = nullptr;

void list() {
  for (const auto& each : buildable::fuzz::fuzzers())
    std::printf("%s %s\n", std::string(each.name).c_str(), std::string(each.dictionaries).c_str());
}

// Small random numbers of libFuzzer's own seed.
std::size_t below(unsigned& state, std::size_t count) {
  state = state * 1664525U + 1013904223U;
  return (state >> 8U) % count;
}

// A piece of the input again and again: depth, length and number are what an attack is made of, and
// what byte-wise mutation does not reach.
std::size_t repeat_piece(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  const std::size_t begin = below(seed, size);
  const std::size_t length = std::min(size - begin, 1 + below(seed, 16));
  const std::size_t shift = below(seed, 18);  // up to 2^17 times
  const std::size_t wanted = length * below(seed, std::size_t{1} << shift);
  const std::size_t added = std::min(wanted, most - size) / length * length;
  std::memmove(data + begin + added, data + begin, size - begin);
  for (std::size_t i = 0; i < added; ++i) data[begin + i] = data[begin + added + i % length];
  return size + added;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  const char* name = std::getenv("BUILDABLE_FUZZER");
  if (name != nullptr && std::strcmp(name, "list") == 0) {
    list();
    std::exit(0);
  }
  for (const auto& each : buildable::fuzz::fuzzers())
    if (name != nullptr && each.name == name) chosen = &each;
  if (chosen == nullptr) {
    std::fprintf(stderr, "BUILDABLE_FUZZER names one of these:\n");
    list();
    std::exit(2);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  buildable::fuzz::run_and_measure(*chosen, data, size);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  if (size > 0 && size < most && seed % 32 == 0) return repeat_piece(data, size, most, seed / 32);
  return LLVMFuzzerMutate(data, size, most);
}
