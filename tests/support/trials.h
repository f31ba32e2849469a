// What the program promises, and how often each promise was put to the test by an attack. Tables of
// attacks count their rows here; tests/attacks prints the sums.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

namespace buildable::test {

enum class Promise : std::uint8_t { whole, doubt, offline, atomic, evidence, bounded };

inline constexpr std::array<const char*, 6> promise_texts{
    "never empty, never partial",
    "on doubt nothing new is published",
    "the last good state loads without network",
    "one rename or one push publishes everything, or nothing changes",
    "every rule carries its evidence",
    "everything is bounded",
};

inline std::array<int, promise_texts.size()>& trials() {
  static std::array<int, promise_texts.size()> counts{};
  return counts;
}

inline void tried(Promise promise) { ++trials()[static_cast<std::size_t>(promise)]; }

// A table in Markdown, as docs/security.md has it.
inline std::string trials_table() {
  std::string table = "| Promise | Trials |\n|---|---|\n";
  for (std::size_t i = 0; i < promise_texts.size(); ++i)
    table += "| " + std::to_string(i + 1) + ". " + promise_texts[i] + " | " +
             std::to_string(trials()[i]) + " |\n";
  return table;
}

}  // namespace buildable::test
