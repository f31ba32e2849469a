#include "report/table.h"

#include <algorithm>

namespace buildable::report {

namespace {

void append_row(std::string& out, const std::vector<std::string>& row,
                const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t column = 0; column < std::min(row.size(), widths.size()); ++column) {
    if (column > 0) line += "  ";
    line += row[column];
    line.append(widths[column] - text_width(row[column]), ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out += line;
  out += '\n';
}

}  // namespace

std::size_t text_width(std::string_view text) {
  // Continuation bytes of UTF-8 are 10xxxxxx.
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) >> 6) != 2; }));
}

std::string TextTable::to_text() const {
  std::vector<std::size_t> widths(rows_.front().size(), 0);
  for (const auto& row : rows_)
    for (std::size_t column = 0; column < std::min(row.size(), widths.size()); ++column)
      widths[column] = std::max(widths[column], text_width(row[column]));
  std::string out;
  for (const auto& row : rows_) append_row(out, row, widths);
  return out;
}

}  // namespace buildable::report
