#include <algorithm>
#include <array>

#include "version/regex_tail.h"
#include "version/regex_tree.h"
#include "version/release_spans.h"
#include "version/render.h"
#include "version/scheme_row.h"

namespace buildable {
namespace {

// Prereleases ----------------------------------------------------------------------------------

// The counts of one word: "rc1", "rc2" and "rc3" are one class, "preview.1.23115.2" an alternative.
struct Counts {
  std::vector<NumberRange> numbers;
  Alternatives others;

  void add(std::string_view count) {
    if (is_digits(count))
      numbers.push_back({Number(count), Number(count)});
    else
      others.add(escaped(count));
  }
  std::string pattern() const {
    Alternatives all = digit_pattern(numbers);
    if (others.count) {
      all.add(others.text);
      all.count += others.count - 1;
    }
    return all.grouped();
  }
};

std::string stem_of(const Version& version, const Prerelease& parts) {
  return row_of(version.scheme()).prerelease_stem(version, parts);
}

// Neighbours that differ only in their counts share an alternative.
void add_prereleases(Alternatives& result, std::span<const Version> listed) {
  for (std::size_t i = 0; i < listed.size();) {
    const std::string stem = stem_of(listed[i], split_prerelease(listed[i]));
    Counts counts;
    for (; i < listed.size(); ++i) {
      const Prerelease parts = split_prerelease(listed[i]);
      if (stem_of(listed[i], parts) != stem) break;
      counts.add(parts.count);
    }
    result.add(stem + counts.pattern());
  }
}

// Java -----------------------------------------------------------------------------------------

// What is admitted below these numbers.
std::vector<Slice> slices_below(std::span<const Slice> slices, std::span<const Number> prefix) {
  std::vector<Slice> below(slices.begin(), slices.end());
  for (const Number& number : prefix) {
    std::vector<Slice> next;
    for (const Child& child : children_of(below)) {
      const NumberRange& range = child.range;
      if (!less(number, range.first) && (!range.last || !less(*range.last, number)))
        next = child.below;
    }
    below = std::move(next);
    if (below.empty()) break;
  }
  return below;
}

// The numbers that may come next, themselves members.
std::vector<NumberRange> next_numbers(std::span<const Slice> slices, std::string_view from) {
  std::vector<NumberRange> ranges;
  for (Child& child : children_of(slices)) {
    NumberRange& range = child.range;
    if (!holds_prefix(child.below)) continue;
    if (less(range.first, from)) range.first = Number(from);
    if (!range.last || !less(*range.last, range.first)) ranges.push_back(std::move(range));
  }
  return ranges;
}

// Up to 8 Java was "1.8.0_442" to itself and "8u442" to its packagers; "1.8.0_05" has a zero.
void add_old_java(Alternatives& result, std::span<const Slice> slices) {
  for (const char* major : {"5", "6", "7", "8"}) {
    const std::array<Number, 2> first_minor{major, "0"};
    const std::vector<Slice> below = slices_below(slices, first_minor);
    if (below.empty()) continue;
    const std::string version = std::string("1\\.") + major + "\\.0";
    if (holds_prefix(below)) result.add(version);
    const std::vector<NumberRange> updates = next_numbers(below, "1");
    if (updates.empty()) continue;
    const std::string zero = updates.front().first.size() == 1 ? "0?" : "";
    result.add(std::string("(?:").append(version).append("_|").append(major).append("u)") + zero +
               digit_pattern(updates).grouped());
  }
}

// A major alone passes where anything below it does: "8", "1.8", "21". Those that are releases
// themselves ("17" is 17.0.0) are among the releases already.
Alternatives lone_majors(std::span<const Slice> slices) {
  std::vector<NumberRange> partial;
  std::vector<NumberRange> old;
  for (Child& child : children_of(slices)) {
    NumberRange& range = child.range;
    const bool is_old = less(range.first, "9") && (!range.last || !less(*range.last, "5"));
    if (is_old) {
      old.push_back({less(range.first, "5") ? "5" : range.first,
                     !range.last || less("8", *range.last) ? "8" : range.last});
    }
    if (!holds_prefix(child.below)) partial.push_back(std::move(range));
  }
  Alternatives result = digit_pattern(partial);
  if (!old.empty()) result.add("1\\." + digit_pattern(old).grouped());
  return result;
}

Alternatives java_pattern(std::span<const Slice> slices) {
  Alternatives result = lone_majors(slices);
  add_old_java(result, slices);
  const Alternatives releases = tree_pattern(slices, 4, Partial::exact);
  if (releases.count) result.add(releases.grouped() + "(?:" + build_pattern() + ")?");
  return result;
}

Alternatives finals_pattern(const VersionSet& set) {
  const std::vector<ReleaseSpan> spans = release_spans(set);
  const std::vector<Slice> slices = slices_of(spans);
  const Scheme scheme = set.scheme();
  if (scheme == Scheme::java) return java_pattern(slices);
  const bool never_partial = row_of(scheme).complete_length == 0;
  return tree_pattern(slices, row_of(scheme).release_numbers,
                      never_partial ? Partial::exact : Partial::admitted);
}

}  // namespace

std::string to_regex(const VersionSet& set, RegexTail tail) {
  Alternatives admitted = finals_pattern(set);
  add_prereleases(admitted, prerelease_members(set).listed);
  if (admitted.count == 0) return "^$";
  return "^v?" + admitted.grouped() + tail_pattern(set.scheme(), tail) + "$";
}

}  // namespace buildable
