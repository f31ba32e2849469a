// Documents written in many ways, from a seed, and what was read of them.
#pragma once

#include <functional>
#include <random>
#include <string>

#include "base/document.h"

namespace buildable::testing {

inline void each_node(const Node& node, const std::function<void(const Node&)>& look) {
  look(node);
  for (const Node& child : node.children) each_node(child, look);
}

// {key: "string", key: #number}
inline std::string shown(const Node& node) {
  using Kind = Node::Kind;
  if (node.is(Kind::null)) return "null";
  if (node.is(Kind::string)) return '"' + node.text + '"';
  if (node.is_number()) return '#' + node.text;
  if (node.is(Kind::boolean)) return node.text;
  const bool object = node.is(Kind::object);
  std::string out = object ? "{" : "[";
  for (const Node& child : node.children) {
    if (out.size() > 1) out += ", ";
    if (object) out += child.key + ": ";
    out += shown(child);
  }
  return out + (object ? '}' : ']');
}

class Writing {
 public:
  explicit Writing(unsigned seed) : random_(seed) {}

 protected:
  unsigned below(unsigned bound) { return static_cast<unsigned>(random_() % bound); }
  std::string one_of(std::initializer_list<const char*> texts) {
    return texts.begin()[below(static_cast<unsigned>(texts.size()))];
  }

 private:
  std::mt19937 random_;
};

class JsonWriting : Writing {
 public:
  using Writing::Writing;
  std::string document() {
    return one_of({"", "\xEF\xBB\xBF", "// first\n"}) + space() + value(0) + space();
  }

 private:
  std::string space() {
    return one_of({"", "", " ", "\n", "\r\n", "\t", "/* é */", "// x, [\n", " \u00A0 "});
  }
  std::string scalar() {
    return one_of({"null", "true", "false", "0", "-1.5e3", "0x1F", ".5", "Infinity", "\"\"", "'a'",
                   "\"é€😀\"", "'\\'\\u00e9\\\n'", "\"]}\"", "'// no comment'", "\"3.10\""});
  }
  std::string key(int number) {
    const std::string name = one_of({"a", "b_", "$", "é"}) + std::to_string(number);
    const std::string quote = one_of({"", "\"", "'"});
    return quote + name + quote;
  }
  std::string value(int depth) {
    const unsigned kind = depth > 4 ? 0 : below(3);
    if (kind == 0) return scalar();
    std::string out(1, kind == 1 ? '[' : '{');
    const unsigned count = below(4);
    for (unsigned i = 0; i < count; ++i) {
      out += space();
      if (kind == 2) out += key(static_cast<int>(i)) + space() + ":" + space();
      out += value(depth + 1) + space();
      if (i + 1 < count || below(3) == 0) out += ',';
    }
    return out + space() + (kind == 1 ? ']' : '}');
  }
};

// Every line begins with the indentation of its collection; a value is written behind its key or
// dash, or on lines of its own.
class YamlWriting : Writing {
 public:
  using Writing::Writing;
  std::string document() {
    newline_ = below(4) == 0 ? "\r\n" : "\n";
    std::string text = one_of({"", "", "\xEF\xBB\xBF", "# first\n", "---\n"});
    text += collection(0, 0);
    if (below(5) == 0) text.erase(text.find_last_not_of("\r\n") + 1);
    return text;
  }

 private:
  std::string end_of_line() { return one_of({"", "", "", " # é: [", "  "}) + newline_; }
  std::string between(int indent) {
    const unsigned what = below(8);
    if (what == 0) return newline_;
    return what == 1 ? std::string(static_cast<std::size_t>(indent), ' ') + "# ä" + newline_ : "";
  }
  std::string scalar() {
    return one_of({"a", "3.10", "22", "true", "null", "~", "", "\"q\"", "'it''s'", "\"é€😀 # no\"",
                   "a b", "1.2.3", "https://x/y#z", "on", "[]", "{}", "[1, 'ä' , {b: c}]",
                   "{a: [x, y], \"b\": }", "[p: q]"});
  }
  std::string block_scalar(int indent) {
    const std::string pad(static_cast<std::size_t>(indent), ' ');
    std::string text = one_of({"|", ">", "|-", ">+"}) + end_of_line();
    for (unsigned i = 1 + below(3); i > 0; --i)
      text += pad + one_of({"x", "# no comment", "é: 1"}) + newline_;
    return text + (below(3) == 0 ? newline_ : "");
  }
  // What stands behind a key or a dash, with the ends of its lines.
  std::string value(int indent, int depth, bool in_mapping) {
    const unsigned kind = below(depth > 3 ? 4 : 7);
    if (kind == 3) return " " + block_scalar(indent + 1);
    if (kind < 3) return " " + scalar() + end_of_line();
    if (kind == 6 && !in_mapping) return inline_mapping(indent, depth);
    return end_of_line() + collection(indent + 1 + static_cast<int>(below(3)), depth + 1);
  }
  std::string inline_mapping(int indent, int depth) {
    const std::string text = mapping(indent + 2, depth + 1);
    return " " + text.substr(static_cast<std::size_t>(indent) + 2);
  }
  std::string mapping(int indent, int depth) {
    std::string text;
    for (unsigned i = 1 + below(3); i > 0; --i) {
      if (!text.empty()) text += between(indent);
      text += std::string(static_cast<std::size_t>(indent), ' ') + one_of({"k", "\"k\"", "ä"});
      text.insert(text.ends_with('"') ? text.size() - 1 : text.size(), std::to_string(i));
      text += ":" + value(indent, depth, true);
    }
    return text;
  }
  std::string sequence(int indent, int depth) {
    std::string text;
    for (unsigned i = 1 + below(3); i > 0; --i) {
      if (!text.empty()) text += between(indent);
      text +=
          std::string(static_cast<std::size_t>(indent), ' ') + "-" + value(indent, depth, false);
    }
    return text;
  }
  std::string collection(int indent, int depth) {
    return below(2) == 0 ? mapping(indent, depth) : sequence(indent, depth);
  }

  std::string newline_;
};

}  // namespace buildable::testing
