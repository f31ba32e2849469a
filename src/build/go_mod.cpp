#include "build/go_mod.h"

#include <algorithm>
#include <vector>

#include "base/characters.h"
#include "base/text.h"
#include "base/text_index.h"

namespace buildable::build {
namespace {

using GoWords = std::vector<std::string_view>;

// Words of one line after the other, without blanks and comments.
class GoModLines {
 public:
  explicit GoModLines(std::string_view text) : rest_(text) {}

  // The next line that holds a word; false at the end, and where the text cannot be read.
  bool next(GoWords& words) {
    words.clear();
    while (!rest_.empty() && !fault_) {
      line_ = next_line_;
      read_line(words);
      if (!words.empty()) return !fault_;
    }
    return false;
  }

  int line() const { return line_; }
  std::optional<GoModFault>& fault() { return fault_; }

 private:
  void refuse(std::string message, std::string help) {
    fault_ = GoModFault{std::move(message), std::move(help), line_};
  }

  void read_line(GoWords& words) {
    while (!fault_) {
      rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r"), rest_.size()));
      if (rest_.starts_with("//")) rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
      if (rest_.empty()) return;
      if (rest_.front() == '\n') {
        rest_.remove_prefix(1);
        ++next_line_;
        return;
      }
      const std::size_t length = word_length();
      words.push_back(rest_.substr(0, length));
      rest_.remove_prefix(length);
    }
  }

  std::size_t word_length() {
    const char first = rest_.front();
    if (std::string_view("()[]{},").find(first) != std::string_view::npos) return 1;
    if (first == '"' || first == '`') return string_length(first);
    if (is_control(first) || rest_.starts_with(byte_order_mark)) {
      refuse("unexpected input character", "save the file as plain UTF-8 text");
      return rest_.size();
    }
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != ' ' && !is_control(rest_[end]) &&
           std::string_view("()[]{},").find(rest_[end]) == std::string_view::npos) {
      if (rest_.substr(end, 2) == "//") break;
      if (rest_.substr(end, 2) == "/*") {
        refuse("mod files must use // comments (not /* */ comments)",
               "begin each line of the comment with //");
        break;
      }
      ++end;
    }
    return end;
  }

  std::size_t string_length(char quote) {
    for (std::size_t at = 1; at < rest_.size() && rest_[at] != '\n'; ++at) {
      if (rest_[at] == quote) return at + 1;
      if (rest_[at] == '\\' && quote == '"') ++at;
    }
    refuse("unexpected newline in string", "end the string on its line");
    return rest_.size();
  }

  std::string_view rest_;
  int line_ = 1;
  int next_line_ = 1;
  std::optional<GoModFault> fault_;
};

// How long the number at the start is; 0: there is none, or it has a zero before it.
std::size_t go_number_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_digit(text[length])) ++length;
  return length > 1 && text.front() == '0' ? 0 : length;
}

bool is_prerelease_word(std::string_view text) {
  const std::size_t letters =
      std::min(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz"), text.size());
  return letters > 0 && is_digits(text.substr(letters));
}

// "1.24", "1.24.0", "1.24rc1"; and "1", which is recorded as building.
bool is_go_version(std::string_view text) {
  for (int count = 0; count < 3; ++count) {
    const std::size_t length = go_number_length(text);
    if (length == 0 || (count == 0 && text.front() == '0')) return false;
    text.remove_prefix(length);
    if (text.empty()) return true;
    if (!text.starts_with('.')) return count > 0 && is_prerelease_word(text);
    text.remove_prefix(1);
  }
  return false;
}

bool is_toolchain_name(std::string_view text) {
  return text == "default" || text == "go1" || text.starts_with("go1.");
}

std::string without_quotes(std::string_view word) {
  const bool quoted = word.size() > 1 && (word.front() == '"' || word.front() == '`');
  return std::string(quoted ? word.substr(1, word.size() - 2) : word);
}

struct GoDirective {
  std::string_view verb;
  GoWords arguments;
  bool in_block = false;
  int line = 0;
};

class GoModReader {
 public:
  GoMod read(std::string_view text) {
    GoModLines lines(text);
    GoWords words;
    while (lines.next(words)) take_line(words, lines.line());
    if (lines.fault())
      mod_.fault = std::move(lines.fault());
    else if (block_)
      refuse("syntax error (unterminated block)", "end the block with a line \")\"", block_line_);
    else if (!mod_.module_path)
      refuse("missing module declaration",
             "begin go.mod with a module line, for example module example.org/tool", 0);
    return std::move(mod_);
  }

 private:
  // The first fault is told.
  void refuse(std::string message, std::string help, int line) {
    if (!mod_.fault) mod_.fault = GoModFault{std::move(message), std::move(help), line};
  }

  void take_line(const GoWords& words, int line) {
    if (block_ && words.front() == ")") {
      block_.reset();
    } else if (block_) {
      take({*block_, words, true, line});
    } else if (words.size() > 1 && words.back() == "(") {
      block_ = words.front();
      block_line_ = line;
    } else {
      take({words.front(), {words.begin() + 1, words.end()}, false, line});
    }
  }

  void take(const GoDirective& directive) {
    if (directive.verb == "module") take_module(directive);
    if (directive.verb == "go") take_go(directive);
    if (directive.verb == "toolchain") take_toolchain(directive);
  }

  void take_module(const GoDirective& directive) {
    if (mod_.module_path)
      return refuse("repeated module statement", "keep one module line", directive.line);
    mod_.module_path = GoModLine{{}, directive.line};
    if (directive.arguments.size() != 1)
      return refuse("usage: module module/path", "write one path without blanks", directive.line);
    mod_.module_path->value = without_quotes(directive.arguments.front());
  }

  void take_go(const GoDirective& directive) {
    const char* const advice = "write a version of two or three numbers, for example go 1.24";
    if (mod_.go) return;
    if (directive.in_block) return refuse("unknown block type: go", advice, directive.line);
    if (directive.arguments.size() != 1)
      return refuse("go directive expects exactly one argument", advice, directive.line);
    mod_.go = GoModLine{std::string(directive.arguments.front()), directive.line};
    if (!is_go_version(mod_.go->value))
      refuse("invalid go version '" + shortened(mod_.go->value, shown_length) +
                 "': must match format 1.23.0",
             advice, directive.line);
  }

  void take_toolchain(const GoDirective& directive) {
    const char* const advice = "write a toolchain as go1.24.2, or delete the line";
    if (directive.in_block) return refuse("unknown block type: toolchain", advice, directive.line);
    if (directive.arguments.size() != 1)
      return refuse("toolchain directive expects exactly one argument", advice, directive.line);
    const std::string_view name = directive.arguments.front();
    if (!is_toolchain_name(name))
      refuse("invalid toolchain version '" + shortened(name, shown_length) +
                 "': must match format go1.23.0 or default",
             advice, directive.line);
  }

  GoMod mod_;
  std::optional<std::string_view> block_;  // the first word of the block that is open
  int block_line_ = 0;
};

// A line comment that may keep a file out of some builds.
bool may_constrain(std::string_view comment) {
  comment = trim(comment);
  return comment.starts_with("go:build") || comment.starts_with("+build");
}

// The text from its package clause on; empty where a comment before it says when it is built.
std::string_view from_package_clause(std::string_view text) {
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    const bool line = text.starts_with("//");
    if (!line && !text.starts_with("/*")) return text;
    const std::size_t end = text.find(line ? "\n" : "*/", 2);
    if (end == std::string_view::npos || (line && may_constrain(text.substr(2, end - 2))))
      return {};
    text.remove_prefix(end + (line ? 1 : 2));
  }
}

}  // namespace

GoMod read_go_mod(std::string_view text) { return GoModReader().read(text); }

bool is_go_program(std::string_view text) {
  // What uses C is left out where there is no C compiler.
  if (text.find("\"C\"") != std::string_view::npos) return false;
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  constexpr std::string_view keyword = "package", name = "main";
  std::string_view clause = from_package_clause(text);
  if (!clause.starts_with(keyword)) return false;
  clause.remove_prefix(keyword.size());
  const std::size_t blanks = std::min(clause.find_first_not_of(" \t"), clause.size());
  clause.remove_prefix(blanks);
  return blanks > 0 && clause.starts_with(name) &&
         (clause.size() == name.size() || !is_word_character(clause[name.size()])) &&
         (clause.size() == name.size() || static_cast<unsigned char>(clause[name.size()]) < 0x80);
}

}  // namespace buildable::build
