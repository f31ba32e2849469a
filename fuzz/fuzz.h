// What the fuzzers share.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace buildable::fuzz {

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
