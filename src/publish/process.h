// Another program, run to its end with everything bounded.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "base/result.h"

namespace buildable::publish {

struct ProcessRequest {
  std::vector<std::string> words;        // the first is the program: a path, or looked for on PATH
  std::vector<std::string> environment;  // "NAME=value"; the program gets nothing else
  std::string input;                     // its standard input
  std::chrono::milliseconds deadline{60000};
  std::size_t max_output = 64U << 20U;  // bytes of each of the two streams
  bool show_errors = false;             // its standard error is ours, in place of being collected
};

struct ProcessResult {
  int code = 0;  // what it left with; 128 + the signal that ended it
  std::string out;
  std::string err;
};

// No shell. The program has a session of its own, so that it has no terminal to ask on and is ended
// with all that it started when the deadline passes or an output grows too large; both are
// failures, and so is a program that cannot be run. It ends when this process does.
Result<ProcessResult> run_process(const ProcessRequest& request);

// What this process has in its environment, as "NAME=value".
std::vector<std::string> inherited_environment();

}  // namespace buildable::publish
