#include "version/regex_digits.h"

#include <algorithm>
#include <vector>

#include "version/scheme.h"

namespace buildable {
namespace {

// Ranges of digit strings that are all of one length.
struct Strings {
  std::string first;
  std::string last;
};

unsigned bit(char digit) { return 1u << (digit - '0'); }

std::string digit_class(unsigned digits) {
  if (digits == 0x3FF) return "\\d";
  std::string members;
  int count = 0;
  for (int digit = 0; digit < 10; ++digit) {
    if (!(digits >> digit & 1)) continue;
    int end = digit;
    while (end < 9 && digits >> (end + 1) & 1) ++end;
    members += static_cast<char>('0' + digit);
    if (end > digit + 1) members += '-';
    if (end > digit) members += static_cast<char>('0' + end);
    count += end - digit + 1;
    digit = end;
  }
  return count == 1 ? members : "[" + members + "]";
}

std::string repeated(std::size_t times) {
  if (times == 0) return "";
  if (times == 1) return "\\d";
  return times == 2 ? "\\d\\d" : "\\d{" + std::to_string(times) + "}";
}

Alternatives same_length(std::span<const Strings> ranges);

// What follows a leading digit, for those of `ranges` that contain it.
std::vector<Strings> after_digit(std::span<const Strings> ranges, char digit) {
  std::vector<Strings> rest;
  for (const Strings& range : ranges) {
    if (digit < range.first[0] || digit > range.last[0]) continue;
    const std::size_t length = range.first.size() - 1;
    rest.push_back({digit == range.first[0] ? range.first.substr(1) : std::string(length, '0'),
                    digit == range.last[0] ? range.last.substr(1) : std::string(length, '9')});
  }
  return rest;
}

unsigned leading_digits(std::span<const Strings> ranges) {
  unsigned digits = 0;
  for (const Strings& range : ranges)
    for (char digit = range.first[0]; digit <= range.last[0]; ++digit) digits |= bit(digit);
  return digits;
}

// Leading digits with the same continuation share an alternative.
struct Branch {
  unsigned digits = 0;
  std::string rest;
};

std::vector<Branch> branches_of(std::span<const Strings> ranges) {
  std::vector<Branch> branches;
  for (char digit = ranges.front().first[0]; digit <= ranges.back().last[0]; ++digit) {
    const std::vector<Strings> rest = after_digit(ranges, digit);
    if (rest.empty()) continue;
    std::string text = same_length(rest).grouped();
    const auto known = std::find_if(branches.begin(), branches.end(),
                                    [&](const Branch& branch) { return branch.rest == text; });
    if (known == branches.end())
      branches.push_back({bit(digit), std::move(text)});
    else
      known->digits |= bit(digit);
  }
  return branches;
}

bool covers_all(std::span<const Strings> ranges) {
  return ranges.size() == 1 && ranges[0].first.find_first_not_of('0') == std::string::npos &&
         ranges[0].last.find_first_not_of('9') == std::string::npos;
}

Alternatives same_length(std::span<const Strings> ranges) {
  Alternatives result;
  const std::size_t length = ranges[0].first.size();
  if (length == 1) {
    result.add(digit_class(leading_digits(ranges)));
  } else if (covers_all(ranges)) {
    result.add(repeated(length));
  } else {
    for (const Branch& branch : branches_of(ranges))
      result.add(digit_class(branch.digits) + branch.rest);
  }
  return result;
}

Number smallest(std::size_t length) { return "1" + Number(length - 1, '0'); }

// The ranges cut by length, until the end or an open range.
class ByLength {
 public:
  void add(const NumberRange& range) {
    Number first = range.first;
    while (!range.last || first.size() < range.last->size()) {
      if (!range.last && (first == smallest(first.size()) || first == "0")) break;
      push({first, Number(first.size(), '9')});
      first = smallest(first.size() + 1);
    }
    if (range.last)
      push({first, *range.last});
    else
      open_from_ = first;
  }

  Alternatives pattern() const {
    Alternatives result;
    for (const std::vector<Strings>& ranges : lengths_) append(result, same_length(ranges));
    if (open_from_ == "0")
      result.add("\\d+");
    else if (open_from_ == "1")
      result.add("[1-9]\\d*");
    else if (open_from_)
      result.add("[1-9]\\d" + at_least(open_from_->size() - 1));
    return result;
  }

 private:
  static std::string at_least(std::size_t digits) {
    return digits == 1 ? "+" : "{" + std::to_string(digits) + ",}";
  }
  static void append(Alternatives& result, const Alternatives& more) {
    result.add(more.text);
    result.count += more.count - 1;
  }
  void push(Strings strings) {
    if (lengths_.empty() || lengths_.back()[0].first.size() != strings.first.size())
      lengths_.emplace_back();
    lengths_.back().push_back(std::move(strings));
  }

  std::vector<std::vector<Strings>> lengths_;
  std::optional<Number> open_from_;
};

// The numbers as a set of digits where none has more than one (most often so: patches).
unsigned single_digits(std::span<const NumberRange> ranges) {
  unsigned digits = 0;
  for (const NumberRange& range : ranges) {
    if (!range.last || range.last->size() > 1) return 0;
    for (char digit = range.first[0]; digit <= (*range.last)[0]; ++digit) digits |= bit(digit);
  }
  return digits;
}

}  // namespace

Alternatives digit_pattern(std::span<const NumberRange> ranges) {
  Alternatives result;
  if (const unsigned digits = single_digits(ranges)) {
    result.add(digit_class(digits));
    return result;
  }
  ByLength lengths;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    NumberRange merged = ranges[i];
    while (merged.last && i + 1 < ranges.size() && increment(*merged.last) == ranges[i + 1].first)
      merged.last = ranges[++i].last;
    lengths.add(merged);
  }
  return lengths.pattern();
}

}  // namespace buildable
