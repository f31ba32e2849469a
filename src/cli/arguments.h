// The command line as a value. CLI11 is seen by arguments.cpp alone.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/result.h"

namespace buildable {

// Exit codes of the contract (`--help` prints them).
enum ExitCode : int {
  exit_good = 0,
  exit_unbuildable = 1,
  exit_failed = 2,   // could not run: bad arguments, unreadable or wrong input
  exit_doubt = 3,    // what was observed cannot be believed: nothing was written
  exit_unknown = 4,  // no fact
};

struct GenerateArguments {
  std::string out;
  std::string snapshot;
  std::string base_url;
};
struct ExplainArguments {
  std::string runtime;
  std::string version;
  std::string format = "text";
};
struct VersionsArguments {
  std::string runtime;
  std::string format = "text";
};
struct BuilderArguments {
  std::string format = "text";
};
struct DiffArguments {
  std::string older;
  std::string newer;
  std::string format = "text";
};
struct ObserveArguments {
  std::string out;
  std::string state;   // directory of states, instead of the configured one
  std::string record;  // directory: every answer is kept there
  std::string replay;  // directory: answers are taken from there, the network is not used
  std::string format = "text";
};
struct CompletionArguments {
  std::string shell;
};

struct Arguments {
  std::string config;
  std::string track;
  std::string at;
  std::string color = "auto";
  bool quiet = false;
  bool verbose = false;
  std::variant<std::monostate, GenerateArguments, ExplainArguments, VersionsArguments,
               BuilderArguments, DiffArguments, ObserveArguments, CompletionArguments>
      command;
};

// Text to print and the code to leave with, when there is nothing to run: --help, --version, a
// completion script, or words that make no sense.
struct Farewell {
  std::string out;
  std::string err;
  int code = exit_good;
};

std::variant<Arguments, Farewell> parse_arguments(int count, const char* const* words);

}  // namespace buildable
