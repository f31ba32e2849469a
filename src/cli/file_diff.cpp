#include "cli/file_diff.h"

#include <ostream>

#include "base/text.h"
#include "base/unified_diff.h"

namespace buildable::cli {
namespace {

// "a/src/x"; of an absolute path "a/home/x".
std::string diff_name(std::string_view side, std::string_view path, bool exists) {
  if (!exists) return "/dev/null";
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  return std::string(side) + std::string(path);
}

}  // namespace

void print_diff(const Context& context, const pins::FileChange& change) {
  const std::string name = printable(change.path);
  context.out << unified_diff(change.before.value_or(""), change.after.value_or(""),
                              diff_name("a/", name, change.before.has_value()),
                              diff_name("b/", name, change.after.has_value()));
}

}  // namespace buildable::cli
