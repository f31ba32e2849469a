// What people are shown of text that comes from outside: file names, values, answers of servers.
// A terminal, a log and the runner of a CI obey what is in it; so what is not to be seen is spelled
// out, \x1b for a byte and \u202e for a character. Inside of JSON's strings that is JSON still.
// `printable` of base/text.h gives one line of it.
#pragma once

#include <string>
#include <string_view>

namespace buildable {

// Control characters (C0, C1, DEL), what turns the direction of the text around it, what has no
// width, and separators of lines.
bool is_hidden(char32_t character);

struct OutputTraits {
  bool colors = false;             // our own colours ("\033[31m") pass
  bool workflow_commands = false;  // lines that begin with "::" are meant to
};

// The same for all that a program writes, piece by piece: newlines, tabs and "\r\n" pass. A line
// that a CI's runner would obey ("::error …", "##[…]") is broken.
class OutputFilter {
 public:
  explicit OutputFilter(OutputTraits traits) : traits_(traits) {}
  // Appends what is to be shown of the piece, which ends with a whole character.
  void append(std::string& shown, std::string_view piece);

 private:
  std::size_t pass_layout(std::string& shown, std::string_view rest);

  OutputTraits traits_;
  bool begins_line_ = true;  // nothing but blanks so far
  int hashes_ = 0;           // just before, at most 2
};

}  // namespace buildable
