// Files that hold versions alone, one a line: blank lines and those that begin with "#" say
// nothing.
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

// A file with more is not what its name says.
constexpr std::size_t max_versions = 8;

}  // namespace

void find_in_lines(FileReading& file, const Places& places) {
  std::vector<TextSpan> values;
  std::size_t count = 0;
  for (const TextSpan line : line_spans(file.text())) {
    const TextSpan value = trimmed(file.text(), line);
    if (value.begin == value.end || file.text()[value.begin] == '#') continue;
    if (++count <= max_versions) values.push_back(value);
  }
  for (const Place* place : places) {
    if (count <= max_versions) {
      for (const TextSpan value : values) file.add_whole(*place, {}, value);
      continue;
    }
    FoundValue found;
    found.place = place;
    found.value = found.version = values.front();
    found.problem = "it has " + std::to_string(count) + " lines where a version belongs";
    file.add(std::move(found));
  }
}

}  // namespace buildable::pins
