#include "base/log_line.h"

#include <vector>

#include "base/json_layout.h"
#include "base/text.h"

namespace buildable {
namespace {

std::vector<std::string> printable_lines(std::string_view text) {
  std::vector<std::string> lines;
  for (const std::string_view line : split_lines(text)) lines.push_back(printable(line));
  return lines;
}

}  // namespace

std::string log_line(LogFormat format, Instant time, std::string_view level,
                     std::string_view text) {
  const std::vector<std::string> lines = printable_lines(text);
  if (format == LogFormat::json)
    return "{\"time\": " + json_string(format_instant(time)) +
           ", \"level\": " + json_string(std::string(level)) +
           ", \"message\": " + json_string(join(lines, "\n")) + "}\n";
  std::string all;
  for (const std::string& line : lines)
    all.append(format_instant(time)).append(" ").append(level).append(" ").append(line) += '\n';
  return all;
}

}  // namespace buildable
