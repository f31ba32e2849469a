// The command line as a value. Only arguments.cpp, command_table.cpp and
// early_exit.cpp see CLI11.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/log_line.h"
#include "base/result.h"

namespace buildable::cli {

// Exit codes of the contract (`--help` prints them).
enum ExitCode : int {
  exit_good = 0,
  exit_unbuildable = 1,
  exit_failed = 2,   // could not run: bad arguments, unreadable or wrong input
  exit_doubt = 3,    // what was observed cannot be believed, or is too old: nothing was written
  exit_unknown = 4,  // no fact
  exit_no_answer =
      5,  // nobody answered: nothing was read that could be doubted, nothing was written
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
struct CheckArguments {
  std::vector<std::string> paths;  // of repositories; empty: the working directory
  std::string paths_from;          // file with one a line; "-": standard input
  std::string format = "text";
  std::string only;          // "errors": nothing but what fails the deployment
  bool strict = false;       // warnings fail, too
  std::string since;         // a revision of git: only what came since it counts; empty: everything
  std::string changed_from;  // file with the names of changed files: only these count; "-": stdin
};
struct FixArguments {
  std::vector<std::string> paths;  // of repositories; empty: the working directory
  bool upgrade = false;  // every pin, not only those that cannot be built, along its release line
  bool newest = false;   // every pin to the newest
  bool dry_run = false;
};
struct ApplyArguments {
  std::string path = ".";         // the directory of a repository
  std::string preset;             // how it names our preset; "{track}" stands for the track
  std::vector<std::string> bots;  // "renovate", "dependabot"; empty: those that are set up
  bool check = false;
  bool remove = false;
};
struct ObserveArguments {
  std::string out;
  std::string state;   // directory of states, instead of the configured one
  std::string record;  // directory: every answer is kept there
  std::string replay;  // directory: answers are taken from there, the network is not used
  std::string format = "text";
};
struct ServeArguments {
  std::string listen;  // instead of $PORT and the configured address
  bool probe = false;  // ask whether the service answers there, instead of serving
};
struct PublishArguments {
  std::string repository;  // whatever git takes
  std::string branch = "main";
  std::string path;  // folder in the repository; empty: its root
  std::string base_url;
  int deadline = 120;  // seconds, of each exchange with the server
  bool dry_run = false;
  bool observe = false;
  bool merge_request = false;
};
struct VerifyArguments {
  std::string place;                 // directory or URL
  std::vector<std::string> keys;     // files; one of them must have signed
  std::string not_older_than;        // revision
  std::string state;                 // directory: the newest verified revision is kept there
  std::vector<std::string> allowed;  // files that may be there besides
};
struct KeygenArguments {
  std::string out;
};
struct CompletionArguments {
  std::string shell;
};

struct Arguments {
  std::string config;
  std::string track;
  std::string at;
  std::optional<int> max_age;  // days; older knowledge is an error
  std::string color = "auto";
  std::optional<LogFormat> log_format;  // of a command that may run unattended
  bool quiet = false;
  bool verbose = false;
  std::variant<std::monostate, GenerateArguments, ExplainArguments, VersionsArguments,
               BuilderArguments, DiffArguments, CheckArguments, FixArguments, ApplyArguments,
               ObserveArguments, ServeArguments, PublishArguments, VerifyArguments, KeygenArguments,
               CompletionArguments>
      command;
};

// Text to print and the code to leave with, when there is nothing to run: --help, --version, a
// completion script, or words that make no sense.
struct EarlyExit {
  std::string out;
  std::string err;
  int code = exit_good;
};

std::variant<Arguments, EarlyExit> parse_arguments(int count, const char* const* words);

}  // namespace buildable::cli
