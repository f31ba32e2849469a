#include "version/regex_tree.h"

#include <algorithm>

#include "version/scheme.h"

namespace buildable {
namespace {

// Splits spans into the numbers at their first place. Spans that meet inside one number are put
// together below it.
class Splitter {
 public:
  void add(const Slice& slice) {
    Number next = slice.low.empty() ? "0" : slice.low.front();
    const bool cut_low = slice.low.size() > 1;
    if (slice.high && slice.high->front() == next) {
      inside(next, {rest(slice.low), slice.high->subspan(1)});
      return;
    }
    if (cut_low) {
      inside(next, {rest(slice.low), std::nullopt});
      next = increment(next);
    }
    whole_up_to_high(std::move(next), slice.high);
  }

  std::vector<Child> take() { return std::move(children_); }

 private:
  static std::span<const Number> rest(std::span<const Number> numbers) {
    return numbers.empty() ? numbers : numbers.subspan(1);
  }

  void inside(const Number& number, Slice below) {
    if (children_.empty() || children_.back().range.last != number)
      children_.push_back({{number, number}, {}});
    children_.back().below.push_back(below);
  }

  void whole_up_to_high(Number first, std::optional<std::span<const Number>> high) {
    if (!high) {
      children_.push_back({{std::move(first), std::nullopt}, {Slice{}}});
      return;
    }
    const Number& end = high->front();
    if (less(first, end)) children_.push_back({{std::move(first), predecessor(end)}, {Slice{}}});
    if (high->size() > 1) inside(end, {{}, high->subspan(1)});
  }

  std::vector<Child> children_;
};

class TreeWriter {
 public:
  TreeWriter(int depth, Partial partial) : depth_(depth), partial_(partial) {}

  Alternatives alternatives(std::span<const Slice> slices, int level) const {
    if (level == depth_) return digit_pattern(last_numbers(slices));
    std::vector<Group> groups;
    for (Child& child : children_of(slices)) {
      std::string continuation = below(child.below, level);
      auto group = std::find_if(groups.begin(), groups.end(), [&](const Group& known) {
        return known.continuation == continuation;
      });
      if (group == groups.end()) group = groups.insert(groups.end(), {std::move(continuation), {}});
      group->ranges.push_back(std::move(child.range));
    }
    Alternatives result;
    for (const Group& group : groups) {
      const Alternatives digits = digit_pattern(group.ranges);
      result.add(group.continuation.empty() ? digits.text : digits.grouped() + group.continuation);
      if (group.continuation.empty()) result.count += digits.count - 1;
    }
    return result;
  }

 private:
  // Numbers with the same continuation share an alternative.
  struct Group {
    std::string continuation;
    std::vector<NumberRange> ranges;
  };

  // At the deepest level bounds have one number. A fourth number that is zero is never written:
  // 11.0.14 is 11.0.14.0.
  std::vector<NumberRange> last_numbers(std::span<const Slice> slices) const {
    const char* lowest = depth_ > 3 ? "1" : "0";
    std::vector<NumberRange> ranges;
    ranges.reserve(slices.size());
    for (const Slice& slice : slices) {
      NumberRange range{slice.low.empty() ? lowest : slice.low.front(), std::nullopt};
      if (slice.high) range.last = predecessor(slice.high->front());
      if (!range.last || !less(*range.last, range.first)) ranges.push_back(std::move(range));
    }
    return ranges;
  }

  // What may follow a number of the level.
  std::string below(std::span<const Slice> slices, int level) const {
    if (level == depth_) return "";
    if (slices.front().whole()) return "(?:\\.\\d+)*";
    const Alternatives next = alternatives(slices, level + 1);
    if (next.count == 0) return "";
    const std::string text = "\\." + next.grouped();
    const bool may_end = holds_prefix(slices) || (partial_ == Partial::admitted && level < 3);
    return may_end ? "(?:" + text + ")?" : text;
  }

  int depth_;
  Partial partial_;
};

}  // namespace

std::vector<Slice> slices_of(std::span<const ReleaseSpan> spans) {
  std::vector<Slice> slices;
  slices.reserve(spans.size());
  for (const ReleaseSpan& span : spans) {
    slices.push_back({span.low, std::nullopt});
    if (span.high) slices.back().high = *span.high;
  }
  return slices;
}

std::vector<Child> children_of(std::span<const Slice> slices) {
  Splitter splitter;
  for (const Slice& slice : slices) splitter.add(slice);
  return splitter.take();
}

Alternatives tree_pattern(std::span<const Slice> slices, int depth, Partial partial) {
  return TreeWriter(depth, partial).alternatives(slices, 1);
}

}  // namespace buildable
