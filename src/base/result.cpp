#include "base/result.h"

namespace buildable {

std::string to_text(const Diagnostic& diagnostic) {
  std::string text;
  if (!diagnostic.file.empty()) {
    text += diagnostic.file;
    if (diagnostic.line > 0) text += ":" + std::to_string(diagnostic.line);
    if (diagnostic.line > 0 && diagnostic.column > 0)
      text += ":" + std::to_string(diagnostic.column);
    text += ": ";
  }
  if (!diagnostic.path.empty()) text += diagnostic.path + ": ";
  text += diagnostic.message;
  if (!diagnostic.hint.empty()) text += "\n  " + diagnostic.hint;
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
