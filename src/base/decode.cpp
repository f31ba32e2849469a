#include "base/decode.h"

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace buildable {
namespace {

bool is_number(const Node& node) {
  return node.is(Node::Kind::integer) || node.is(Node::Kind::number);
}

// What the reader of the message can write instead.
std::string hint_for(std::string_view written, const std::vector<std::string_view>& known) {
  if (std::optional<std::string> meant = nearest(written, known)) {
    return "did you mean \"" + *meant + "\"?";
  }
  std::string hint = "known are: ";
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (i > 0) hint += ", ";
    hint += known[i];
  }
  return hint;
}

}  // namespace

Decoder::Step::Step(Decoder& decoder, std::string_view key)
    : path_(decoder.path_), size_(path_.size()) {
  if (!path_.empty()) path_ += '.';
  path_ += key;
}

Decoder::Step::Step(Decoder& decoder, std::size_t index)
    : path_(decoder.path_), size_(path_.size()) {
  path_ += "[" + std::to_string(index) + "]";
}

void Decoder::read(const Node& node, bool& value) {
  if (expect(node, Node::Kind::boolean, "true or false")) value = node.boolean;
}

void Decoder::read(const Node& node, int& value) {
  if (!expect(node, Node::Kind::integer, "a whole number")) return;
  bool fits = node.integer >= std::numeric_limits<int>::min() &&
              node.integer <= std::numeric_limits<int>::max();
  if (!fits)
    return report(node, "the number " + shortened(node.text, shown_length) + " is too large", {});
  value = static_cast<int>(node.integer);
}

void Decoder::read(const Node& node, std::string& value) {
  if (expect(node, Node::Kind::string, "a string")) value = node.text;
}

void Decoder::read(const Node& node, Instant& value) {
  if (!expect(node, Node::Kind::string, "a string")) return;
  if (const auto instant = parse_instant(node.text)) {
    value = *instant;
  } else {
    const Diagnostic& wrong = instant.error().diagnostics().front();
    report(node, wrong.message, wrong.hint);
  }
}

bool Decoder::expect(const Node& node, Node::Kind kind, std::string_view wanted) {
  if (node.is(kind)) return true;
  // A version such as 3.10 would lose its zero as a number.
  bool lacks_quotes = kind == Node::Kind::string && (is_number(node) || node.is(Node::Kind::date));
  report(node, "expected " + std::string(wanted) + ", found " + describe(node),
         lacks_quotes ? "put it in quotes: " + in_quotes(node.text) : std::string());
  return false;
}

void Decoder::report(const Node& node, std::string message, std::string hint) {
  if (problems_.size() > max_problems) return;
  if (problems_.size() == max_problems) {
    message = "more than " + std::to_string(max_problems) + " problems; the rest is not told";
    hint = {};
  }
  problems_.push_back(Diagnostic{.message = std::move(message),
                                 .file = std::string(file_),
                                 .line = node.line,
                                 .column = node.column,
                                 .path = shortened(path_),
                                 .hint = std::move(hint)});
}

void Decoder::report_unknown_keys(const Node& object, const std::vector<std::string_view>& known) {
  for (const Node& child : object.children) {
    if (std::find(known.begin(), known.end(), child.key) != known.end()) continue;
    Step step(*this, child.key);
    report(child, "unknown key", hint_for(child.key, known));
  }
}

void Decoder::report_unknown_name(const Node& node, const std::vector<std::string_view>& known) {
  if (!expect(node, Node::Kind::string, "a string")) return;
  report(node, in_quotes(node.text) + " is not known here", hint_for(node.text, known));
}

}  // namespace buildable
