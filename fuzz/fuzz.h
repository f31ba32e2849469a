// What the fuzzers share. All of them are in one program, so that it is linked once; each adds
// itself to the list by which the program, and the replay in the ordinary tests, find it.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

namespace buildable::fuzz {

struct Fuzzer {
  std::string_view name;
  std::string_view dictionaries;  // names in fuzz/dictionaries, with spaces between them
  int (*run)(const std::uint8_t* data, std::size_t size);
};

inline std::vector<Fuzzer>& fuzzers() {
  static std::vector<Fuzzer> all;
  return all;
}

struct Registered {
  Registered(std::string_view name, std::string_view dictionaries,
             int (*run)(const std::uint8_t*, std::size_t)) {
    fuzzers().push_back({name, dictionaries, run});
  }
};

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

// What must hold for every input.
inline void require(bool holds) {
  if (!holds) std::abort();
}

// A failure says what is wrong.
template <class T>
bool parsed(const T& result) {
  require(result.has_value() || !result.error().message().empty());
  return result.has_value();
}

// The first byte chooses among `count` variants; the rest is the text.
inline std::pair<std::size_t, std::string_view> choice_and_text(const std::uint8_t* data,
                                                                std::size_t size,
                                                                std::size_t count) {
  if (size == 0) return {0, {}};
  return {data[0] % count, text_of(data + 1, size - 1)};
}

}  // namespace buildable::fuzz
