#include "pins/find_ignores.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace buildable::pins {
namespace {

constexpr std::string_view ignore_mark = "buildable: ignore";
constexpr std::size_t max_reason = 500;
constexpr std::size_t max_marks = 2000;  // in one file, in which at most half as many pins are read
constexpr int max_on_line = 8;
constexpr std::array<std::string_view, 4> comment_signs = {"#", "//", "<!--", "/*"};
constexpr std::array<std::string_view, 2> comment_ends = {"-->", "*/"};

struct Ignore {
  int line = 0;
  int column = 0;      // of the mark
  bool alone = false;  // nothing but the comment stands on its line
  std::string reason;
};

// What stands before the comment on the line; nothing where the mark is in no comment.
std::optional<std::string_view> before_comment(std::string_view before_mark) {
  before_mark = trim(before_mark);
  for (const std::string_view sign : comment_signs)
    if (before_mark.ends_with(sign)) return before_mark.substr(0, before_mark.size() - sign.size());
  return std::nullopt;
}

std::string reason_in(std::string_view after_mark) {
  for (const std::string_view end : comment_ends)
    after_mark = after_mark.substr(0, after_mark.find(end));
  return std::string(trim(after_mark));
}

std::vector<Ignore> ignores_in(std::string_view text) {
  std::vector<Ignore> ignores;
  int line = 1, on_line = 0;
  std::size_t line_begin = 0, counted = 0;
  for (std::size_t at = text.find(ignore_mark);
       at != std::string_view::npos && ignores.size() < max_marks;
       at = text.find(ignore_mark, at + ignore_mark.size())) {
    for (; counted < at; ++counted) {
      if (text[counted] != '\n') continue;
      ++line;
      on_line = 0;
      line_begin = counted + 1;
    }
    if (++on_line > max_on_line) continue;
    const auto before = before_comment(text.substr(line_begin, at - line_begin));
    if (!before) continue;
    const std::string_view after = text.substr(at + ignore_mark.size(), max_reason);
    ignores.push_back({line, static_cast<int>(at - line_begin) + 1, trim(*before).empty(),
                       reason_in(after.substr(0, after.find('\n')))});
  }
  return ignores;
}

}  // namespace

void apply_ignores(std::string_view file, std::string_view text, std::vector<Pin>& pins,
                   std::vector<Diagnostic>& problems) {
  for (const Ignore& ignore : ignores_in(text)) {
    const int line = ignore.alone ? ignore.line + 1 : ignore.line;
    auto pin = std::lower_bound(pins.begin(), pins.end(), line,
                                [](const Pin& each, int wanted) { return each.line < wanted; });
    if (pin == pins.end() || pin->line != line) continue;
    if (ignore.reason.empty()) {
      problems.push_back({.message = "\"buildable: ignore\" names no reason, so nothing is ignored",
                          .file = std::string(file),
                          .line = ignore.line,
                          .column = ignore.column,
                          .path = {},
                          .hint = "write the reason behind it: buildable: ignore <reason>"});
      continue;
    }
    for (; pin != pins.end() && pin->line == line; ++pin) {
      pin->ignored = true;
      pin->ignored_reason = ignore.reason;
    }
  }
}

}  // namespace buildable::pins
