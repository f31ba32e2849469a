// What tells "nobody answered" from "what was answered cannot be believed".
#pragma once

#include <algorithm>
#include <string_view>

#include "base/result.h"

namespace buildable {

// Stands as the key of a diagnostic (`Diagnostic::path`) where nobody answered: no connection, no
// complete answer, or a server that says that it cannot answer now.
constexpr std::string_view no_answer = "no_answer";

// True where nothing but missing answers is wrong: nothing was read that could be doubted.
inline bool is_no_answer(const Error& error) {
  return std::all_of(error.diagnostics().begin(), error.diagnostics().end(),
                     [](const Diagnostic& each) { return each.path == no_answer; });
}

}  // namespace buildable
