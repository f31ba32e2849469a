// Errors are values. Every fallible function of the project returns Result<T>.
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace buildable {

// One thing that is wrong: what, where, and what to do about it. Empty or zero fields are unknown.
struct Diagnostic {
  std::string message;
  std::string file;  // a path or a URL
  int line = 0;      // 1-based
  int column = 0;    // 1-based, in bytes
  std::string path;  // a key inside the document: "tracks.default.builder"
  std::string hint;  // what to do
};

// "file:line:column: key: message" and, on a second line, the hint.
std::string to_text(const Diagnostic& diagnostic);

// Why something failed: at least one diagnostic, in the order in which they were found.
class Error {
 public:
  Error(Diagnostic diagnostic)
      : diagnostics_{std::move(diagnostic)} {}  // NOLINT: implicit by design
  explicit Error(std::vector<Diagnostic> diagnostics) : diagnostics_(std::move(diagnostics)) {}

  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }
  const std::string& message() const { return diagnostics_.front().message; }
  std::string to_text() const;

  // The same error told from a place that knows the file: fills the field where it is empty.
  Error in_file(std::string_view file) &&;

 private:
  std::vector<Diagnostic> diagnostics_;
};

template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Diagnostic diagnostic) {
  return tl::unexpected<Error>(Error(std::move(diagnostic)));
}
inline tl::unexpected<Error> fail(std::string message, std::string hint = {}) {
  return fail(Diagnostic{.message = std::move(message), .hint = std::move(hint)});
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace buildable
