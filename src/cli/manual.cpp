#include "cli/manual.h"

#include <algorithm>

namespace buildable::cli {
namespace {

// A dot or an apostrophe at the beginning of a line would be a request, and a bare hyphen would be
// printed as one that no search finds.
std::string roff(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '\\')
      escaped += "\\e";
    else if (c == '-')
      escaped += "\\-";
    else if (c == '\n')
      escaped += ' ';
    else if (c == '.' && escaped.empty())
      escaped += "\\&.";
    else if (c == '\'')
      escaped += "\\(aq";
    else
      escaped += c;
  }
  return escaped;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }
std::string slanted(std::string_view text) { return "\\fI" + roff(text) + "\\fR"; }

std::string heading(const std::string& page, const std::string& summary, const ManualFacts& facts) {
  std::string title = page;
  std::transform(title.begin(), title.end(), title.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return ".TH " + roff(title) + " 1 " + facts.date + " \"buildable " + roff(facts.version) +
         "\" \"User Commands\"\n.SH NAME\n" + roff(page) + " \\- " + roff(summary) + "\n";
}

// "--track TRACK" as it is typed.
std::string typed(const OptionRow& option) {
  std::string text = option.short_name.empty() ? "" : bold(option.short_name) + ", ";
  text += bold(option.name);
  if (!option.argument.empty()) text += " " + slanted(option.argument);
  return text;
}

std::string operand(const OptionRow& row) {
  const std::string name = slanted(row.name) + (row.repeatable ? " .\\|.\\|." : "");
  return row.required ? name : "[" + name + "]";
}

std::string synopsis(const CommandRow& command) {
  std::string text = ".SH SYNOPSIS\n.B buildable " + roff(command.name) + "\n";
  for (const OptionRow& option : command.options)
    if (option.required) text += typed(option) + "\n";
  text += "[" + slanted("options") + "]\n";
  for (const OptionRow& row : command.operands) text += operand(row) + "\n";
  return text;
}

std::string rows(const std::vector<OptionRow>& all, std::string (*name_of)(const OptionRow&)) {
  std::string text;
  for (const OptionRow& row : all)
    text += ".TP\n" + name_of(row) + "\n" + roff(row.description) + ".\n";
  return text;
}

std::string exit_status(const std::vector<ExitCodeRow>& codes) {
  std::string text = ".SH EXIT STATUS\n";
  for (const ExitCodeRow& row : codes)
    text += ".TP\n" + bold(std::to_string(row.code)) + "\n" + roff(row.meaning) + ".\n";
  return text;
}

std::string command_page(const CommandRow& command, const std::vector<ExitCodeRow>& codes,
                         const ManualFacts& facts) {
  std::string text = heading("buildable-" + command.name, command.description, facts);
  text += synopsis(command) + ".SH DESCRIPTION\n" + roff(command.description) + ".\n";
  if (!command.operands.empty())
    text += ".SS Operands\n" +
            rows(command.operands, [](const OptionRow& row) { return slanted(row.name); });
  text += ".SH OPTIONS\n" + rows(command.options, typed);
  return text + exit_status(codes) + ".SH SEE ALSO\n.BR buildable (1)\n";
}

constexpr const char* program_files =
    ".SH FILES\n"
    ".TP\n\\fIbuildable.toml\\fR\n"
    "The settings, in the working directory unless \\fB\\-\\-config\\fR names another file. An "
    "example "
    "with every key lies among the documentation of the package.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n\\fBPORT\\fR\n"
    "The port on which \\fBbuildable serve\\fR answers, of every address.\n"
    ".TP\n\\fBNO_COLOR\\fR\n"
    "Not empty: no colours.\n";

std::string program_page(const CommandTable& table, const std::vector<ExitCodeRow>& codes,
                         const ManualFacts& facts) {
  std::string text = heading("buildable", "runtime versions that Toolforge can build", facts);
  text +=
      ".SH SYNOPSIS\n.B buildable\n\\fIcommand\\fR [\\fIoptions\\fR] .\\|.\\|.\n"
      ".SH DESCRIPTION\n"
      "Which runtime versions the Build Service of Wikimedia Toolforge can build, told to "
      "Renovate, "
      "Dependabot, CI and people in their own words.\n"
      ".SH COMMANDS\n";
  for (const CommandRow& command : table)
    text += ".TP\n" + bold(command.name) + "\n" + roff(command.description) + ".\n";
  text += program_files + exit_status(codes) + ".SH SEE ALSO\n";
  for (std::size_t i = 0; i < table.size(); ++i)
    text +=
        ".BR buildable\\-" + roff(table[i].name) + " (1)" + (i + 1 < table.size() ? ",\n" : "\n");
  return text;
}

}  // namespace

std::map<std::string, std::string> manual_pages(const CommandTable& table,
                                                const std::vector<ExitCodeRow>& codes,
                                                const ManualFacts& facts) {
  std::map<std::string, std::string> pages{{"buildable.1", program_page(table, codes, facts)}};
  for (const CommandRow& command : table)
    pages["buildable-" + command.name + ".1"] = command_page(command, codes, facts);
  return pages;
}

}  // namespace buildable::cli
