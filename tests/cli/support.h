// What tests of the program share: the files of a small repository, and what was printed.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/program.h"

namespace buildable::test {

using Files = std::map<std::string, std::string>;

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

inline void put_all(const std::filesystem::path& directory, const Files& files) {
  for (const auto& [path, text] : files) put(directory / path, text);
}

}  // namespace buildable::test
