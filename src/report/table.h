// Plain text tables with aligned columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace buildable::report {

// How many columns a terminal takes for UTF-8 text: its code points (no runtime, file or builder is
// named in wide or combining characters).
std::size_t text_width(std::string_view text);

class TextTable {
 public:
  explicit TextTable(std::vector<std::string> header) { rows_.push_back(std::move(header)); }
  // Cells beyond the header's are dropped, missing ones are empty.
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  // Columns two spaces apart, no spaces at line ends, a newline after each line.
  std::string to_text() const;

 private:
  std::vector<std::vector<std::string>> rows_;  // the header first
};

}  // namespace buildable::report
