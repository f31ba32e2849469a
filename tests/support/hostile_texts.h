// Texts made to be obeyed by a terminal or by the runner of a CI, and what is left of them in what
// a program printed.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/printable.h"
#include "base/text.h"
#include "base/utf8.h"

namespace buildable::test {

// None has a "/" or a zero byte: each may be the name of a file.
inline const std::vector<std::string>& hostile_texts() {
  static const std::vector<std::string> list{
      "\x1b[31mred\x1b[2J",
      "\x1b]0;title\x07",
      "x\n::error file=a,line=1::injected",
      "::error::injected",
      "  ::warning title=t::injected",
      "x\r::error::injected",
      "##[error]injected",
      "##vso[task.complete result=Failed;]x",
      "\xC2\x9B"
      "31m\xC2\x85next",
      "a\u202Egnp.exe\u202C\u2066\u2069\u200E\u200F\u061C",
      "zero\u200B\u200C\u200D\u2060\uFEFFwidth",
      "lines\u2028\u2029",
      "ill\xFF\xFE\xC3(\xED\xA0\x80",
      "tab\tback\b\x7f",
  };
  return list;
}

// What is raw in the text; empty where all is well.
inline std::string raw_in(std::string_view text, bool of_github) {
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    const std::size_t length = buildable::utf8_length(rest);
    if (length == 0) return "ill-formed byte";
    const bool layout = rest.front() == '\n' || rest.front() == '\t' || rest.starts_with("\r\n");
    if (!layout && buildable::is_hidden(buildable::utf8_character(rest.substr(0, length))))
      return "hidden character in " +
             in_quotes(text.substr(at - std::min<std::size_t>(at, 20), 60));
    at += length;
  }
  for (const std::string_view line : buildable::split_lines(text)) {
    const std::string_view bare = buildable::trim(line);
    if (of_github ? !(bare.empty() || bare.starts_with("::error ") ||
                      bare.starts_with("::warning ") || bare.starts_with("::notice "))
                  : bare.starts_with("::"))
      return "a line that is a command: " + in_quotes(line);
    if (!of_github && (line.find("##[") != line.npos || line.find("##vso[") != line.npos))
      return "a command inside a line: " + in_quotes(line);
  }
  return {};
}

}  // namespace buildable::test
