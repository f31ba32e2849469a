// go.mod and go.work as Go itself reads them (golang.org/x/mod, modfile/read.go and rule.go): the
// build asks Go for the packages, and fails where Go cannot read the file.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace buildable::build {

struct GoModFault {
  std::string message;  // in Go's own words
  std::string help;
  int line = 0;  // 1-based; 0: the file as a whole
};

struct GoModLine {
  std::string value;
  int line = 0;
};

struct GoMod {
  std::optional<GoModLine> module_path;  // without quotes
  std::optional<GoModLine> go;           // of several the first
  // What every Go since 1.16 refuses. A go line of one number, and a second one, are left alone.
  std::optional<GoModFault> fault;
};
GoMod read_go_mod(std::string_view text);

// Whether the text of a Go file, as far as its package clause, certainly makes it one of a program:
// "package main", and nothing that keeps the file out of some builds.
bool is_go_program(std::string_view text);

}  // namespace buildable::build
