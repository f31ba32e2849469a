#include "cli/completion.h"

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

std::string names_of(const CommandTable& table) {
  std::string names;
  for (const CommandRow& command : table) names += (names.empty() ? "" : " ") + command.name;
  return names;
}

std::string options_of(const CommandRow& command) {
  std::string names;
  for (const OptionRow& option : command.options) {
    names += (names.empty() ? "" : " ") + option.name;
  }
  return names;
}

std::string words_of(const std::vector<std::string>& values) {
  std::string words;
  for (const std::string& value : values) words += (words.empty() ? "" : " ") + value;
  return words;
}

std::string operands_of(const CommandRow& command) {
  return command.operands.empty() ? std::string() : words_of(command.operands.front().values);
}

// Calls `visit(command, option)` for each option whose values can be listed.
template <class Visit>
void for_each_choice(const CommandTable& table, Visit visit) {
  for (const CommandRow& command : table)
    for (const OptionRow& option : command.options)
      if (!option.values.empty()) visit(command, option);
}

std::string bash_script(const CommandTable& table) {
  std::string script =
      "_buildable() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local words operands=\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    words=" +
      shell_quoted(names_of(table)) +
      "\n    operands=$words\n  else\n    case ${COMP_WORDS[1]} in\n";
  for (const CommandRow& command : table) {
    script += "      " + command.name + ") words=" + shell_quoted(options_of(command)) +
              " operands=" + shell_quoted(operands_of(command)) + " ;;\n";
  }
  script += "    esac\n    case \"${COMP_WORDS[1]} $previous\" in\n";
  for_each_choice(table, [&](const CommandRow& command, const OptionRow& option) {
    script += "      " + shell_quoted(command.name + " " + option.name) +
              ") operands=" + shell_quoted(words_of(option.values)) + " ;;\n";
  });
  return script +
         "    esac\n"
         "  fi\n"
         "  case $current in -*) ;; *) words=$operands ;; esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _buildable buildable\n";
}

std::string zsh_script(const CommandTable& table) {
  std::string script =
      "#compdef buildable\n_buildable() {\n  local -a entries operands\n"
      "  if (( CURRENT == 2 )); then\n    entries=(\n";
  for (const CommandRow& command : table) {
    script += "      " + shell_quoted(command.name + ":" + command.description) + "\n";
  }
  script +=
      "    )\n    _describe command entries\n    return\n  fi\n"
      "  case \"$words[2] $words[CURRENT-1]\" in\n";
  for_each_choice(table, [&](const CommandRow& command, const OptionRow& option) {
    script += "    " + shell_quoted(command.name + " " + option.name) + ") compadd -- " +
              words_of(option.values) + "; return ;;\n";
  });
  script += "  esac\n  case $words[2] in\n";
  for (const CommandRow& command : table) {
    script += "    " + command.name + ") operands=(" + operands_of(command) + ") entries=(";
    for (const OptionRow& option : command.options) {
      script += shell_quoted(option.name + ":" + option.description) + " ";
    }
    script += ") ;;\n";
  }
  // A file that is loaded when first needed must answer at once; one that is sourced announces
  // itself.
  return script +
         "  esac\n  (( $#operands )) && compadd -- $operands\n"
         "  _describe option entries\n  _files\n}\n"
         "if [ \"$funcstack[1]\" = _buildable ]; then\n  _buildable \"$@\"\nelse\n"
         "  compdef _buildable buildable\nfi\n";
}

std::string fish_script(const CommandTable& table) {
  std::string script;
  for (const CommandRow& command : table) {
    const std::string when =
        "complete -c buildable -n '__fish_seen_subcommand_from " + command.name + "' ";
    script += "complete -c buildable -n __fish_use_subcommand -a " + command.name + " -d " +
              shell_quoted(command.description) + "\n";
    if (const std::string operands = operands_of(command); !operands.empty())
      script += when + "-a " + shell_quoted(operands) + "\n";
    for (const OptionRow& option : command.options) {
      script += when + "-l " + option.name.substr(2) + " -d " + shell_quoted(option.description);
      if (!option.values.empty()) script += " -xa " + shell_quoted(words_of(option.values));
      script += "\n";
    }
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
