#include "cli/completion.h"

namespace buildable::cli {
namespace {

// Inside single quotes of any of the three shells.
std::string in_quotes(std::string_view text) {
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

std::string bash_script(const CommandTable& table) {
  std::string script =
      "_buildable() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]}\n"
      "  local words\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    words=" +
      in_quotes(names_of(table)) + "\n  else\n    case ${COMP_WORDS[1]} in\n";
  for (const CommandRow& command : table) {
    script += "      " + command.name + ") words=" + in_quotes(options_of(command)) + " ;;\n";
  }
  return script +
         "    esac\n"
         "    case $current in -*) ;; *) words= ;; esac\n"
         "  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "}\n"
         "complete -o default -F _buildable buildable\n";
}

std::string zsh_script(const CommandTable& table) {
  std::string script =
      "#compdef buildable\n_buildable() {\n  local -a entries\n  if (( CURRENT == 2 )); then\n"
      "    entries=(\n";
  for (const CommandRow& command : table) {
    script += "      " + in_quotes(command.name + ":" + command.description) + "\n";
  }
  script += "    )\n    _describe command entries\n    return\n  fi\n  case $words[2] in\n";
  for (const CommandRow& command : table) {
    script += "    " + command.name + ") entries=(";
    for (const OptionRow& option : command.options) {
      script += in_quotes(option.name + ":" + option.description) + " ";
    }
    script += ") ;;\n";
  }
  // A file that is loaded when first needed must answer at once; one that is sourced announces
  // itself.
  return script +
         "  esac\n  _describe option entries\n  _files\n}\n"
         "if [ \"$funcstack[1]\" = _buildable ]; then\n  _buildable \"$@\"\nelse\n"
         "  compdef _buildable buildable\nfi\n";
}

std::string fish_script(const CommandTable& table) {
  std::string script;
  for (const CommandRow& command : table) {
    script += "complete -c buildable -n __fish_use_subcommand -a " + command.name + " -d " +
              in_quotes(command.description) + "\n";
    for (const OptionRow& option : command.options) {
      script += "complete -c buildable -n '__fish_seen_subcommand_from " + command.name + "' -l " +
                option.name.substr(2) + " -d " + in_quotes(option.description) + "\n";
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
