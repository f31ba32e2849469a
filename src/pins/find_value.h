// Private to src/pins/find*.cpp: from a value in a file to the pin that it is.
#pragma once

#include <string_view>
#include <vector>

#include "pins/pin.h"
#include "pins/syntax.h"
#include "version/range.h"

namespace buildable::pins {

// What a runtime's values are read with, made once.
struct ValueReader {
  const RuntimeRules* runtime = nullptr;
  std::vector<SeriesName> codenames;

  explicit ValueReader(const RuntimeRules& rules);

  // All of the pin but its line, column and ignores. `text` is the file's.
  Pin read(const FoundValue& found, std::string_view path, std::string_view text) const;
};

}  // namespace buildable::pins
