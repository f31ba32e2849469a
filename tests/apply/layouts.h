// Configurations of the two bots as people write them, at random, from a seed.
#pragma once

#include <string>
#include <vector>

#include "base/document_support.h"

namespace buildable::testing {

class DependabotWriting : Writing {
 public:
  explicit DependabotWriting(unsigned seed) : Writing(seed) {
    newline_ = below(4) == 0 ? "\r\n" : "\n";
    list_offset_ = 2 * static_cast<int>(below(3));
    dash_ = below(6) == 0 ? "-   " : "- ";
  }

  std::string document() {
    std::string text = one_of({"", "", "\xEF\xBB\xBF"});
    text += one_of({"", "# Abhängigkeiten\n", "---\n", "\n"}) + "version: 2\n";
    text += one_of({"", "\n", "# [: {\n", "registries: {}\n"}) + "updates:" + end_of_line();
    for (unsigned i = below(4); i > 0; --i) text += entry();
    text += one_of({"", "", "# end\n", "\n\n", "  # deep\n"});
    std::string written;
    for (const char c : text) written += c == '\n' ? newline_ : std::string(1, c);
    if (below(4) == 0) written.erase(written.find_last_not_of("\r\n") + 1);
    return written;
  }

 private:
  static std::string pad(int columns) {
    return std::string(static_cast<std::size_t>(columns), ' ');
  }
  std::string end_of_line() { return one_of({"", "", "", " # é: [", "  "}) + "\n"; }
  std::string between(int columns) {
    const unsigned what = below(6);
    if (what == 0) return "\n";
    return what == 1 ? pad(columns) + "# - ä:\n" : "";
  }
  std::string in_quotes(const std::string& word) {
    const std::string quote = one_of({"", "\"", "'"});
    return quote + word + quote;
  }

  // Each with its end of line, its first line not indented.
  std::string member(unsigned which, int column) {
    const int list = column + static_cast<int>(below(2)) * 2;
    switch (which) {
      case 0:
        return "package-ecosystem: " + in_quotes(one_of({"pip", "docker", "npm"})) + end_of_line();
      case 1:
        return "directory: " + in_quotes(one_of({"/", "/größe", "/a/b"})) + end_of_line();
      case 2:
        return "schedule:\n" + pad(column + 2) + "interval: " + in_quotes("weekly") + end_of_line();
      case 3:
        return "labels:" + end_of_line() + pad(list) + "- a\n" + between(list) + pad(list) +
               "- \"b c\"" + end_of_line();
      case 4:
        return "commit-message: {prefix: \"⬆️\", include: scope}" + end_of_line();
      default:
        return ignore(list);
    }
  }

  std::string own_entries(int column) {
    std::string text;
    for (unsigned i = 1 + below(3); i > 0; --i) {
      text += between(column) + pad(column) + dash_ +
              "dependency-name: " + in_quotes(one_of({"django", "six*", "python"})) + end_of_line();
      if (below(2) == 0)
        text += pad(column + static_cast<int>(dash_.size())) + "versions: [\"5.x\", '< 2']" +
                end_of_line();
    }
    return text + one_of({"", "", "    # - dependency-name: last\n"});
  }

  std::string ignore(int list) {
    switch (below(5)) {
      case 0:
        return "ignore: " + one_of({"[]", "[ ]", "[\n    ]"}) + end_of_line();
      case 1:
        return "ignore: [{dependency-name: a}, {dependency-name: 'b', versions: [\"1.x\"]}]\n";
      case 2:
        return "ignore:" + end_of_line();
      default:
        return "ignore:" + end_of_line() + own_entries(list);
    }
  }

  std::string entry() {
    const int column = list_offset_ + static_cast<int>(dash_.size());
    std::vector<unsigned> members{0, 1, 2, 3, 4, 5};
    for (std::size_t i = members.size(); i > 1; --i)
      std::swap(members[i - 1], members[below(static_cast<unsigned>(i))]);
    if (below(4) == 0) members.pop_back();
    std::string text = between(list_offset_) + pad(list_offset_) + dash_;
    for (std::size_t i = 0; i < members.size(); ++i)
      text += (i > 0 ? between(column) + pad(column) : "") + member(members[i], column);
    return text;
  }

  std::string newline_;
  std::string dash_;
  int list_offset_ = 0;
};

class RenovateWriting : Writing {
 public:
  explicit RenovateWriting(unsigned seed) : Writing(seed) {
    lines_ = below(4) > 0;
    unit_ = one_of({"  ", "    ", "\t"});
    quote_ = one_of({"\"", "\"", "'"});
  }

  std::string document() {
    std::vector<std::string> members;
    if (below(2) == 0) members.push_back(key("$schema") + string("https://x/schema.json"));
    const bool extends_late = below(2) == 0;
    if (!extends_late) add_extends(members);
    for (unsigned i = below(3); i > 0; --i)
      members.push_back(key("k" + std::to_string(i)) + value());
    if (extends_late) add_extends(members);
    std::string text = one_of({"", "", "\xEF\xBB\xBF", "// first\n"}) + "{";
    text += joined(members, lines_ ? "\n" + unit_ : one_of({"", " "}), lines_ ? "\n" : "") + "}";
    text += one_of({"", "\n", "\n// end\n"});
    if (below(4) > 0) return text;
    std::string written;
    for (const char c : text) written += c == '\n' ? "\r\n" : std::string(1, c);
    return written;
  }

 private:
  std::string comment() { return one_of({"", "", "", " /* é \"x\" */"}); }
  std::string line_comment() { return one_of({"", "", " // ä, ]"}); }
  std::string string(const std::string& text) { return quote_ + text + quote_; }
  std::string key(const std::string& name) {
    return (below(3) == 0 ? name : string(name)) + one_of({": ", ":", ": "});
  }
  std::string value() {
    return one_of({"true", "null", "[1, 2]", "{a: 'x', }", "\"// no\"", "-.5"});
  }

  // Items with the white space before each, commas and comments.
  std::string joined(const std::vector<std::string>& items, const std::string& before,
                     const std::string& close) {
    const bool in_lines = before.find('\n') != std::string::npos;
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (in_lines && below(5) == 0) text += before + "// own line, [";
      text += before + items[i] + comment();
      if (i + 1 < items.size() || below(5) == 0) text += ",";
      if (in_lines) text += line_comment();
    }
    if (in_lines && below(6) == 0) text += before + "// last";
    return text + close;
  }

  std::string preset() {
    return string(one_of({"config:recommended", ":pinAll", "local>tools/presets//renovate/x/y",
                          "github>a/b", "schedule:daily"}));
  }
  void add_extends(std::vector<std::string>& members) {
    const unsigned kind = below(7);
    if (kind == 0) return;
    if (kind == 1) return members.push_back(key("extends") + preset());
    std::vector<std::string> presets;
    for (unsigned i = below(4); i > 0; --i) presets.push_back(preset());
    const bool in_lines = lines_ && below(2) == 0;
    std::string text = key("extends") + "[";
    text += joined(presets, in_lines ? "\n" + unit_ + unit_ : " ", in_lines ? "\n" + unit_ : "");
    members.push_back(text + "]");
  }

  bool lines_ = true;
  std::string unit_;
  std::string quote_;
};

}  // namespace buildable::testing
