// Completion scripts for shells, made from the table of commands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace buildable::cli {

struct CompletionOption {
  std::string name;  // "--track"
  std::string description;
};
struct CompletionCommand {
  std::string name;
  std::string description;
  std::vector<CompletionOption> options;
};
using CompletionTable = std::vector<CompletionCommand>;

// `shell`: bash, zsh or fish.
std::string completion_script(std::string_view shell, const CompletionTable& table);

}  // namespace buildable::cli
