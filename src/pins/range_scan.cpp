#include "pins/range_scan.h"

#include <algorithm>

#include "base/characters.h"

namespace buildable::pins {
namespace {

constexpr std::string_view operator_bytes = "<>=~^!";

bool is_word_byte(char c) {
  return is_letter_or_digit(c) || std::string_view(".*+-_").find(c) != std::string_view::npos;
}

ComparatorRole role_of(std::string_view op) {
  if (op == ">=") return ComparatorRole::from;
  if (op == ">") return ComparatorRole::above;
  if (op == "<") return ComparatorRole::below;
  if (op == "<=") return ComparatorRole::up_to;
  if (op == "!=" || op == "<>") return ComparatorRole::excluded;
  return ComparatorRole::around;
}

// The grammars that write an operator before each version.
class OperatorScan {
 public:
  explicit OperatorScan(std::string_view text) : text_(text) {}

  std::vector<Comparator> comparators() {
    while (at_ < text_.size()) {
      if (text_[at_] == '|') {
        take_bars();
      } else if (text_[at_] == '@') {
        take_while([](char c) { return c == '@' || is_letter_or_digit(c); });
      } else if (is_operator(text_[at_]) || is_letter_or_digit(text_[at_])) {
        take_comparator();
      } else if (is_hyphen()) {
        take_hyphen();
      } else {
        ++at_;
      }
    }
    return std::move(found_);
  }

 private:
  static bool is_operator(char c) { return operator_bytes.find(c) != std::string_view::npos; }
  bool is_space(std::size_t at) const {
    return at < text_.size() && (text_[at] == ' ' || text_[at] == '\t');
  }
  // Alone between spaces: of a hyphen range.
  bool is_hyphen() const {
    return text_[at_] == '-' && at_ > 0 && is_space(at_ - 1) && is_space(at_ + 1);
  }

  template <class Predicate>
  std::size_t take_while(Predicate accepts) {
    while (at_ < text_.size() && accepts(text_[at_])) ++at_;
    return at_;
  }

  void take_bars() {
    take_while([](char c) { return c == '|'; });
    ++alternative_;
    after_hyphen_ = false;
  }

  void take_hyphen() {
    if (!found_.empty() && found_.back().alternative == alternative_) {
      found_.back().role = ComparatorRole::from;
      after_hyphen_ = true;
    }
    ++at_;
  }

  void take_comparator() {
    Comparator comparator;
    comparator.alternative = alternative_;
    comparator.op.begin = at_;
    comparator.op.end = take_while(is_operator);
    take_while([](char c) { return c == ' ' || c == '\t'; });
    comparator.version.begin = at_;
    comparator.version.end = take_while(is_word_byte);
    comparator.whole = {comparator.op.begin, comparator.version.end};
    const auto op = text_.substr(comparator.op.begin, comparator.op.end - comparator.op.begin);
    comparator.role = after_hyphen_ ? ComparatorRole::up_to : role_of(op);
    after_hyphen_ = false;
    const auto parts = version_text_of(
        text_.substr(comparator.version.begin, comparator.version.end - comparator.version.begin));
    if (!parts) return;
    comparator.parts = *parts;
    found_.push_back(std::move(comparator));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t alternative_ = 0;
  bool after_hyphen_ = false;
  std::vector<Comparator> found_;
};

Comparator bracket_end(std::string_view text, TextSpan op, TextSpan version, ComparatorRole role,
                       std::size_t alternative) {
  while (version.begin < version.end && text[version.begin] == ' ') ++version.begin;
  while (version.end > version.begin && text[version.end - 1] == ' ') --version.end;
  Comparator comparator{role, alternative, version, op, version, {}};
  const auto parts = version_text_of(text.substr(version.begin, version.end - version.begin));
  if (parts) comparator.parts = *parts;
  return comparator;
}

void add_named(std::vector<Comparator>& found, Comparator comparator) {
  if (!comparator.parts.numbers.empty()) found.push_back(std::move(comparator));
}

// "[17,18),[21,)"
std::vector<Comparator> bracket_comparators(std::string_view text) {
  std::vector<Comparator> found;
  std::size_t alternative = 0;
  std::size_t open = text.find_first_of("[(");
  if (open == std::string_view::npos) {
    add_named(found, bracket_end(text, {0, 0}, {0, text.size()}, ComparatorRole::around, 0));
    return found;
  }
  for (; open != std::string_view::npos; open = text.find_first_of("[(", open + 1)) {
    const std::size_t close = text.find_first_of("])", open);
    if (close == std::string_view::npos) break;
    const std::size_t comma = std::min(text.find(',', open), close);
    const bool single = comma == close;
    const auto low = text[open] == '[' ? ComparatorRole::from : ComparatorRole::above;
    const auto high = text[close] == ']' ? ComparatorRole::up_to : ComparatorRole::below;
    add_named(found, bracket_end(text, {open, open + 1}, {open + 1, comma},
                                 single ? ComparatorRole::around : low, alternative));
    if (!single)
      add_named(found, bracket_end(text, {close, close}, {comma + 1, close}, high, alternative));
    ++alternative;
  }
  return found;
}

std::string alone_in_brackets(ComparatorRole role, std::string_view op, std::string_view version) {
  const std::string text(version);
  switch (role) {
    case ComparatorRole::from:
    case ComparatorRole::above:
      return std::string(op) + text + ",)";
    case ComparatorRole::below:
      return "(," + text + ")";
    case ComparatorRole::up_to:
      return "(," + text + "]";
    default:
      return op.empty() ? text : "[" + text + "]";
  }
}

}  // namespace

std::vector<Comparator> comparators_of(Grammar grammar, std::string_view range) {
  return grammar == Grammar::maven ? bracket_comparators(range) : OperatorScan(range).comparators();
}

std::string alone(Grammar grammar, const Comparator& comparator, std::string_view op,
                  std::string_view version) {
  if (grammar == Grammar::maven) return alone_in_brackets(comparator.role, op, version);
  if (op.empty() && comparator.role == ComparatorRole::from) op = ">=";
  if (op.empty() && comparator.role == ComparatorRole::up_to) op = "<=";
  return std::string(op) + std::string(version);
}

std::string_view inclusive_low(Grammar grammar) { return grammar == Grammar::maven ? "[" : ">="; }

}  // namespace buildable::pins
