#include "pins/fix_range.h"

#include <algorithm>
#include <map>

#include "pins/fix.h"
#include "pins/fix_reading.h"
#include "pins/range_scan.h"

namespace buildable::pins {
namespace {

using Numbers = std::vector<std::string>;

std::string successor(std::string digits) {
  for (std::size_t i = digits.size(); i-- > 0;) {
    if (digits[i] != '9') {
      ++digits[i];
      return digits;
    }
    digits[i] = '0';
  }
  return "1" + digits;
}

// `count` numbers of the target, zeros after the first `significant`.
Numbers at_precision(const Numbers& target, std::size_t count, std::size_t significant) {
  Numbers numbers(count, "0");
  for (std::size_t i = 0; i < std::min({count, significant, target.size()}); ++i)
    numbers[i] = target[i];
  return numbers;
}

Numbers raised(Numbers numbers, std::size_t index) {
  numbers[index] = successor(numbers[index]);
  std::fill(numbers.begin() + static_cast<std::ptrdiff_t>(index) + 1, numbers.end(), "0");
  return numbers;
}

class Rewriter {
 public:
  Rewriter(const RangeText& range, const FixTarget& target)
      : range_(range), target_(target), comparators_(comparators_of(range.grammar, range.text)) {}

  std::size_t alternatives() const {
    return comparators_.empty() ? 0 : comparators_.back().alternative + 1;
  }

  // The whole text with this alternative made to let the target in.
  std::optional<std::string> replaced(std::size_t alternative) const {
    const auto edits = edits_of(alternative);
    if (!edits || edits->empty()) return std::nullopt;
    return apply_edits(range_.text, *edits);
  }

  // Whether the target lies below everything that a range accepts.
  bool lies_below(std::string_view range) const {
    const auto set = parse_range(range_.grammar, range_.scheme, range);
    if (!set || set->finals().empty()) return false;
    const std::optional<Cut>& low = set->finals().front().low;
    return low && target_.low < low->key();
  }

  // Whether an alternative only names versions and bounds nothing.
  bool names_versions(std::size_t alternative) const {
    return std::all_of(comparators_.begin(), comparators_.end(), [&](const Comparator& each) {
      return each.alternative != alternative || each.role == ComparatorRole::around;
    });
  }

  // The last alternative once more, rewritten, with what parts it from the one before. It goes to
  // its place among them where they ascend.
  std::optional<std::string> extended() const {
    const std::size_t last = alternatives() - 1;
    const TextSpan span = span_of(last);
    auto edits = edits_of(last);
    if (!edits || edits->empty()) return std::nullopt;
    for (Edit& edit : *edits)
      edit.span = {edit.span.begin - span.begin, edit.span.end - span.begin};
    const std::string added = apply_edits(slice(span), *edits);
    const std::string parting(slice({span_of(last - 1).end, span.begin}));
    std::string text(range_.text);
    const std::size_t next = first_above();
    return next > last ? text.insert(span.end, parting + added)
                       : text.insert(span_of(next).begin, added + parting);
  }

 private:
  bool admits_target(const std::string& range) const {
    const auto set = parse_range_of_build(range_.grammar, range_.scheme, range, range_.cuts_ends);
    return set && target_.is_in(*set);
  }

  std::string_view slice(TextSpan span) const {
    return range_.text.substr(span.begin, span.end - span.begin);
  }

  std::size_t first_above() const {
    std::size_t alternative = 0;
    while (alternative < alternatives() && !lies_below(slice(span_of(alternative)))) ++alternative;
    return alternative;
  }

  // From the first to the last comparator, with the brackets around them.
  TextSpan span_of(std::size_t alternative) const {
    TextSpan span{range_.text.size(), 0};
    for (const Comparator& each : comparators_) {
      if (each.alternative != alternative) continue;
      span.begin = std::min({span.begin, each.whole.begin, each.op.begin});
      span.end = std::max({span.end, each.whole.end, each.op.end});
    }
    if (range_.grammar == Grammar::maven && span.end < range_.text.size()) ++span.end;
    return span;
  }

  std::optional<std::vector<Edit>> edits_of(std::size_t alternative) const {
    std::vector<Edit> edits;
    for (const Comparator& each : comparators_) {
      if (each.alternative != alternative) continue;
      const std::string_view op = slice(each.op);
      if (admits_target(alone(range_.grammar, each, op, slice(each.version)))) continue;
      if (!add_edits(edits, each, op)) return std::nullopt;
    }
    return edits;
  }

  bool add_edits(std::vector<Edit>& edits, const Comparator& comparator,
                 std::string_view op) const {
    Comparator written = comparator;
    std::string_view new_op = op;
    if (comparator.role == ComparatorRole::above) {
      new_op = inclusive_low(range_.grammar);
    } else if (range_.cuts_ends && is_cut_short(comparator, range_.text)) {
      new_op = "<";
      written.role = ComparatorRole::below;
    }
    for (const VersionText& version : variants(written)) {
      const std::string text = to_string(version);
      if (!admits_target(alone(range_.grammar, comparator, new_op, text))) continue;
      if (new_op != op) edits.push_back({comparator.op, std::string(new_op)});
      edits.push_back({comparator.version, text});
      return true;
    }
    return false;
  }

  // Versions to put in the comparator's place, the one closest to its style first.
  std::vector<VersionText> variants(const Comparator& comparator) const {
    const VersionText& old = comparator.parts;
    const std::size_t count = old.numbers.size();
    const std::size_t significant = significant_numbers(old.numbers, range_.series_components);
    const Numbers& all = target_.numbers;
    switch (comparator.role) {
      case ComparatorRole::excluded:
        return {};
      case ComparatorRole::below: {
        const Numbers numbers = raised(at_precision(all, count, significant), significant - 1);
        return {{old.prefix, numbers, old.wildcards, old.suffix},
                {old.prefix, numbers, old.wildcards, ""},
                {old.prefix, raised(all, all.size() - 1), "", ""}};
      }
      case ComparatorRole::up_to:
        return {{old.prefix, at_precision(all, count, count), old.wildcards, ""},
                {old.prefix, all, "", ""}};
      default:
        return {{old.prefix, at_precision(all, count, significant), old.wildcards, ""},
                {old.prefix, at_precision(all, count, count), old.wildcards, ""},
                {old.prefix, all, "", ""}};
    }
  }

  const RangeText& range_;
  const FixTarget& target_;
  std::vector<Comparator> comparators_;
};

}  // namespace

std::vector<std::string> ranges_taking_in(const RangeText& range, const FixTarget& target,
                                          RangeAlternatives alternatives) {
  const Rewriter rewriter(range, target);
  const std::size_t count = rewriter.alternatives();
  std::vector<std::string> texts;
  const auto add = [&texts](std::optional<std::string> text) {
    if (text) texts.push_back(*std::move(text));
  };
  const bool keep = alternatives == RangeAlternatives::keep;
  if (keep && count > 1 && rewriter.names_versions(count - 1)) add(rewriter.extended());
  // They ascend, as people write them: the nearest gives way.
  if (!keep && rewriter.lies_below(range.text))
    for (std::size_t i = 0; i < count; ++i) add(rewriter.replaced(i));
  else
    for (std::size_t i = count; i-- > 0;) add(rewriter.replaced(i));
  return texts;
}

}  // namespace buildable::pins
