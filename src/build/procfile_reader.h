// A Procfile as heroku/procfile 4.0.0 and newer read it: a strict reader made with the Rust crate
// winnow. https://github.com/heroku/buildpacks-procfile, SPEC.md and src/procfile.rs
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace buildable::build {

// What of it cannot be read. Names with capitals, underscores or blanks before them are corrected
// by the build, and are none.
struct ProcfileFault {
  int line = 0;        // 1-based
  std::string reason;  // without a final full stop
  std::string help;
};

// The first fault of a text that is UTF-8; nothing where the build can read it. An empty text can
// be read.
std::optional<ProcfileFault> procfile_fault(std::string_view text);

}  // namespace buildable::build
