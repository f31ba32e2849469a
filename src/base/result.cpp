#include "base/result.h"

#include "base/text.h"

namespace buildable {
namespace {

// A text of several lines, as those of a program that was run, is told apart from what follows it
// by the space before its lines.
std::string indented(std::string_view text) {
  std::string lines;
  for (const std::string_view line : split(text, '\n')) {
    if (!lines.empty()) lines += line.starts_with("  ") ? "\n" : "\n  ";
    lines += printable(line);
  }
  return lines;
}

}  // namespace

std::string to_text(const Diagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.file.empty()) {
    text += printable(diagnostic.file);
    if (diagnostic.line > 0) text += ":" + std::to_string(diagnostic.line);
    if (diagnostic.line > 0 && diagnostic.column > 0)
      text += ":" + std::to_string(diagnostic.column);
    text += ": ";
  }
  if (!diagnostic.path.empty()) text += printable(diagnostic.path) + ": ";
  text += indented(diagnostic.message);
  if (!diagnostic.hint.empty()) text += "\n  " + indented(diagnostic.hint);
  return text;
}

std::string Error::to_text() const {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics_) {
    if (!text.empty()) text += '\n';
    text += buildable::to_text(diagnostic);
  }
  return text;
}

Error Error::in_file(std::string_view file) && {
  for (Diagnostic& diagnostic : diagnostics_) {
    if (diagnostic.file.empty()) diagnostic.file = file;
  }
  return std::move(*this);
}

}  // namespace buildable
