#include "cli/completion.h"

#include "base/text.h"

namespace buildable::cli {
namespace {

// Inside single quotes of any of the three shells.
std::string shell_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else {
      result += c;
    }
  }
  return result + "'";
}

template <class Rows>
std::string names_of(const Rows& rows) {
  std::string names;
  for (const auto& row : rows) names += (names.empty() ? "" : " ") + row.name;
  return names;
}

std::string operands_of(const CommandRow& command) {
  return command.operands.empty() ? std::string() : join(command.operands.front().values, " ");
}

// Whether an operand may be a file.
bool takes_files(const CommandRow& command) {
  return !command.operands.empty() && command.operands.front().values.empty();
}

// Calls `visit(command, option)` for each option whose values can be listed.
template <class Visit>
void for_each_choice(const CommandTable& table, Visit visit) {
  for (const CommandRow& command : table)
    for (const OptionRow& option : command.options)
      if (!option.values.empty()) visit(command, option);
}

// "'generate --out'|'generate --snapshot'|…": the options whose argument cannot be listed.
std::string free_arguments(const CommandTable& table) {
  std::string pattern;
  for (const CommandRow& command : table)
    for (const OptionRow& option : command.options)
      if (!option.argument.empty() && option.values.empty())
        pattern += (pattern.empty() ? "" : "|") + shell_quoted(command.name + " " + option.name);
  return pattern;
}

std::string bash_script(const CommandTable& table) {
  std::string script =
      "_buildable() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local words= operands= files=\n"
      "  # bash takes --track=latest for three words.\n"
      "  if [ \"$current\" = = ]; then current=\n"
      "  elif [ \"$previous\" = = ]; then previous=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    words=" +
      shell_quoted(names_of(program_options())) +
      "\n    operands=" + shell_quoted(names_of(table)) +
      "\n  else\n    case ${COMP_WORDS[1]} in\n";
  for (const CommandRow& command : table) {
    script += "      " + command.name + ") words=" + shell_quoted(names_of(command.options)) +
              " operands=" + shell_quoted(operands_of(command)) +
              " files=" + (takes_files(command) ? "yes" : "") + " ;;\n";
  }
  script += "    esac\n    case \"${COMP_WORDS[1]} $previous\" in\n";
  for_each_choice(table, [&](const CommandRow& command, const OptionRow& option) {
    script += "      " + shell_quoted(command.name + " " + option.name) +
              ") operands=" + shell_quoted(join(option.values, " ")) + " files= ;;\n";
  });
  return script + "      " + free_arguments(table) +
         ") operands= files=yes ;;\n"
         "    esac\n"
         "  fi\n"
         "  case $current in -*) ;; *) words=$operands ;; esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [ -n \"$files\" ] || compopt +o default 2>/dev/null\n"
         "}\n"
         "complete -o default -F _buildable buildable\n";
}

std::string zsh_entries(const std::vector<OptionRow>& options) {
  std::string entries;
  for (const OptionRow& option : options)
    entries += shell_quoted(option.name + ":" + option.description) + " ";
  return entries;
}

std::string zsh_script(const CommandTable& table) {
  std::string script =
      "#compdef buildable\n_buildable() {\n  local -a entries operands\n"
      "  if (( CURRENT == 2 )); then\n    entries=(\n";
  for (const CommandRow& command : table) {
    script += "      " + shell_quoted(command.name + ":" + command.description) + "\n";
  }
  script += "    )\n    _describe command entries\n    entries=(" + zsh_entries(program_options()) +
            ")\n    _describe option entries\n    return\n  fi\n"
            "  case \"$words[2] $words[CURRENT-1]\" in\n";
  for_each_choice(table, [&](const CommandRow& command, const OptionRow& option) {
    script += "    " + shell_quoted(command.name + " " + option.name) + ") compadd -- " +
              join(option.values, " ") + "; return ;;\n";
  });
  script += "    " + free_arguments(table) + ") _files; return ;;\n  esac\n  local files=\n" +
            "  case $words[2] in\n";
  for (const CommandRow& command : table) {
    script += "    " + command.name + ") operands=(" + operands_of(command) +
              ") files=" + (takes_files(command) ? "yes" : "") + " entries=(" +
              zsh_entries(command.options) + ") ;;\n";
  }
  // A file that is loaded when first needed must answer at once; one that is sourced announces
  // itself.
  return script +
         "  esac\n  _describe option entries\n"
         "  (( $#operands )) && compadd -- $operands\n"
         "  [[ -n $files ]] && _files\n"
         "  (( compstate[nmatches] ))\n}\n"
         "if [ \"$funcstack[1]\" = _buildable ]; then\n  _buildable \"$@\"\nelse\n"
         "  compdef _buildable buildable\nfi\n";
}

// -f: no files; -F: files all the same; -r: an argument; -x: -r and -f.
std::string fish_option(const std::string& when, const OptionRow& option) {
  std::string line = when + "-l " + option.name.substr(2);
  if (option.short_name.size() == 2) line += " -s " + option.short_name.substr(1);
  line += " -d " + shell_quoted(option.description);
  if (!option.values.empty())
    line += " -xa " + shell_quoted(join(option.values, " "));
  else if (!option.argument.empty())
    line += " -rF";
  return line + "\n";
}

std::string fish_script(const CommandTable& table) {
  const std::string first = "complete -c buildable -n __fish_use_subcommand ";
  std::string script = first + "-f\n";
  for (const OptionRow& option : program_options()) script += fish_option(first, option);
  for (const CommandRow& command : table) {
    const std::string when =
        "complete -c buildable -n '__fish_seen_subcommand_from " + command.name + "' ";
    script += first + "-a " + command.name + " -d " + shell_quoted(command.description) + "\n";
    if (!takes_files(command)) script += when + "-fa " + shell_quoted(operands_of(command)) + "\n";
    for (const OptionRow& option : command.options) script += fish_option(when, option);
  }
  return script;
}

}  // namespace

std::string completion_script(std::string_view shell, const CommandTable& table) {
  if (shell == "bash") return bash_script(table);
  if (shell == "zsh") return zsh_script(table);
  return fish_script(table);
}

}  // namespace buildable::cli
