#include "build/procfile_reader.h"

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"

namespace buildable::build {
namespace {

constexpr std::size_t longest_process_name = 63;

// As far as the build corrects it.
bool is_process_name(std::string_view name) {
  const auto is_inner = [](char c) { return is_word_character(c) || c == '-'; };
  return !name.empty() && name.size() <= longest_process_name && is_letter_or_digit(name.front()) &&
         is_letter_or_digit(name.back()) && std::all_of(name.begin(), name.end(), is_inner);
}

class ProcfileReader {
 public:
  explicit ProcfileReader(std::string_view text) : text_(text), rest_(text) {}

  std::optional<ProcfileFault> fault() {
    while (!rest_.empty()) {
      pass_over_comments();
      auto fault = rest_.empty() ? nothing_there() : process();
      if (fault) return fault;
      pass_over_comments();
    }
    return std::nullopt;
  }

 private:
  // Where the line ends: at "\n" or "\r\n", or with the text. Nothing where a "\r" stands alone.
  static std::optional<std::size_t> line_end(std::string_view text) {
    const std::size_t end = text.find_first_of("\r\n");
    if (end == std::string_view::npos) return text.size();
    if (text[end] == '\r' && !text.substr(end).starts_with("\r\n")) return std::nullopt;
    return end;
  }

  static std::string_view without_blanks(std::string_view text) {
    return text.substr(std::min(text.find_first_not_of(" \t"), text.size()));
  }

  static bool pass_over_line_end(std::string_view& text) {
    if (!text.starts_with('\n') && !text.starts_with("\r\n")) return false;
    text.remove_prefix(text.find('\n') + 1);
    return true;
  }

  // Blanks that no line end follows are left, and so is a comment that holds a lone "\r".
  void pass_over_comments() {
    for (;;) {
      std::string_view line = without_blanks(rest_);
      if (line.starts_with('#')) {
        const auto end = line_end(line);
        if (!end) return;
        line.remove_prefix(*end);
      } else if (!pass_over_line_end(line)) {
        return;
      }
      rest_ = line;
    }
  }

  std::optional<ProcfileFault> process() {
    if (without_blanks(rest_).empty())
      return told("Procfile ends with blanks that no line end follows",
                  "delete the blanks at the end of the file");
    if (rest_.starts_with("\xEF\xBB\xBF"))
      return told(
          "Procfile begins with a byte order mark, which the build takes for a part of the "
          "first name",
          "save the file as UTF-8 without a byte order mark");
    if (without_blanks(rest_).starts_with('#')) return lone_carriage_return();
    const std::size_t colon = rest_.find(':');
    if (colon == std::string_view::npos || rest_.find('\n') < colon) return no_colon();
    const std::string_view name = without_blanks(rest_.substr(0, colon));
    if (!is_process_name(name)) return bad_name(name);
    const std::string_view command = without_blanks(rest_.substr(colon + 1));
    const auto end = line_end(command);
    if (!end) return lone_carriage_return();
    if (*end == 0)
      return told("Procfile gives the process " + in_quotes(name) + " no command",
                  "write the command behind the colon, on the same line");
    rest_ = command.substr(*end);
    pass_over_line_end(rest_);
    return std::nullopt;
  }

  ProcfileFault told(std::string reason, std::string help) const {
    const std::size_t offset = text_.size() - without_blanks(rest_).size();
    return {position_at(text_, offset).line, std::move(reason), std::move(help)};
  }

  // Behind a process comments may end the file: only before the first one is this asked.
  ProcfileFault nothing_there() const {
    return {1, "Procfile holds comments and blank lines only, and no process",
            "add a line as \"web: COMMAND\", or delete the file"};
  }

  ProcfileFault lone_carriage_return() const {
    return told("Procfile holds a carriage return that no newline follows",
                "end each line with \"\\n\"");
  }

  ProcfileFault no_colon() const {
    const std::string_view line = rest_.substr(0, rest_.find('\n'));
    return told("Procfile holds a line without a colon: " + in_quotes(trim(line)),
                "write each process on one line as \"NAME: COMMAND\"");
  }

  ProcfileFault bad_name(std::string_view name) const {
    const bool only_long = name.size() > longest_process_name;
    return told("Procfile names a process " + in_quotes(name) +
                    (only_long ? ", which is longer than 63 characters"
                               : ", which the build does not take for a name"),
                "write a name of letters, digits and \"-\" that begins and ends with a letter or a "
                "digit");
  }

  std::string_view text_;
  std::string_view rest_;
};

}  // namespace

std::optional<ProcfileFault> procfile_fault(std::string_view text) {
  return ProcfileReader(text).fault();
}

}  // namespace buildable::build
