#include "version/release_spans.h"

#include <algorithm>
#include <iterator>

#include "version/scheme_row.h"

namespace buildable {

bool less(std::string_view a, std::string_view b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

bool less(const Numbers& a, const Numbers& b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(),
                                      [](const Number& x, const Number& y) { return less(x, y); });
}

Number predecessor(std::string_view number) {
  Number previous(number);
  for (auto digit = previous.rbegin(); digit != previous.rend(); ++digit) {
    if (*digit != '0') {
      --*digit;
      break;
    }
    *digit = '9';
  }
  if (previous.size() > 1 && previous.front() == '0') previous.erase(0, 1);
  return previous;
}

namespace {

void strip_zeros(Numbers& numbers) {
  while (!numbers.empty() && numbers.back() == "0") numbers.pop_back();
}

bool is_plain(std::string_view text) {
  return text.find_first_not_of("0123456789.") == std::string_view::npos;
}

// Whether the version sorts above the release with its numbers alone: a post release, a patch
// level.
bool is_above_its_release(const Version& version, const Numbers& numbers) {
  if (is_plain(version.text())) return false;
  const Result<Version> release = Version::parse(version.scheme(), dotted(numbers, 3));
  return release && order(version, *release) > 0;
}

// PEP 440's epochs sort above everything without one, and no bot sees them.
bool has_epoch(const Version& version) {
  return version.scheme() == Scheme::pep440 && version.text().find('!') != std::string::npos;
}

// The first release that does not lie below the cut.
Numbers first_release_from(const Cut& cut, std::size_t count) {
  Numbers numbers = cut.at.release();
  strip_zeros(numbers);
  const bool beyond = cut.side == Cut::Side::after || numbers.size() > count ||
                      is_above_its_release(cut.at, numbers);
  if (beyond) {
    numbers.resize(count, "0");
    numbers.back() = increment(numbers.back());
  }
  return numbers;
}

std::optional<ReleaseSpan> span_of(const Interval& interval, std::size_t count) {
  ReleaseSpan span;
  if (interval.low) {
    if (has_epoch(interval.low->at)) return std::nullopt;
    span.low = first_release_from(*interval.low, count);
  }
  if (interval.high && !has_epoch(interval.high->at)) {
    span.high = first_release_from(*interval.high, count);
    if (!less(span.low, *span.high)) return std::nullopt;
  }
  return span;
}

// The text with its last number counted up: "1.22rc1" gives "1.22rc2"; nothing where it ends
// otherwise.
std::optional<Version> counted_up(const Version& version) {
  const std::string& text = version.text();
  const std::size_t digits = text.find_last_not_of("0123456789") + 1;
  if (digits == text.size()) return std::nullopt;
  Result<Version> next =
      Version::parse(version.scheme(), text.substr(0, digits) + increment(text.substr(digits)));
  if (!next) return std::nullopt;
  return *std::move(next);
}

// The first member: the low cut's version or, where that has moved on to its predecessor, what
// follows it at once ("rc" and "rc.0", "ea" and "ea0").
std::optional<Version> first_listed(const VersionSet& set, const Interval& interval) {
  if (!interval.low) return std::nullopt;
  for (const char* added : {"", ".0", "0"}) {
    Result<Version> first = Version::parse(set.scheme(), interval.low->at.text() + added);
    if (first && first->is_prerelease() && set.contains(*first)) return *std::move(first);
  }
  return std::nullopt;
}

// The members of an interval of prereleases, if it is made of a few that are counted up; else none.
std::vector<Version> listed_in(const VersionSet& set, const Interval& interval) {
  constexpr std::size_t most = 32;
  std::vector<Version> listed;
  std::optional<Version> next = first_listed(set, interval);
  while (next && listed.size() < most && set.contains(*next)) {
    listed.push_back(*std::move(next));
    const VersionSet found = VersionSet::of(set.scheme(), listed);
    if (found.prereleases().size() == 1 && found.prereleases()[0] == interval) return listed;
    next = counted_up(listed.back());
  }
  return {};
}

}  // namespace

std::vector<ReleaseSpan> release_spans(const VersionSet& set) {
  return release_spans(set, row_of(set.scheme()).release_numbers);
}

std::vector<ReleaseSpan> release_spans(const VersionSet& set, int numbers) {
  const auto count = static_cast<std::size_t>(numbers);
  std::vector<ReleaseSpan> spans;
  spans.reserve(set.finals().size());
  for (const Interval& interval : set.finals()) {
    std::optional<ReleaseSpan> span = span_of(interval, count);
    if (!span) continue;
    if (!spans.empty() && spans.back().high && !less(*spans.back().high, span->low))
      spans.back().high = std::move(span->high);
    else if (spans.empty() || spans.back().high)
      spans.push_back(std::move(*span));
  }
  return spans;
}

std::string dotted(std::span<const Number> numbers, int count) {
  std::string text;
  for (const Number& number : numbers) {
    if (!text.empty()) text += '.';
    text += number;
  }
  for (int i = static_cast<int>(numbers.size()); i < count; ++i) text += text.empty() ? "0" : ".0";
  return text;
}

std::optional<Numbers> last_release(const ReleaseSpan& span, int numbers) {
  if (!span.high || static_cast<int>(span.high->size()) != numbers) return std::nullopt;
  Numbers last = *span.high;
  last.back() = predecessor(last.back());
  strip_zeros(last);
  return last;
}

bool is_single(const ReleaseSpan& span, int numbers) {
  return last_release(span, numbers) == span.low;
}

PrereleaseMembers prerelease_members(const VersionSet& set) {
  PrereleaseMembers members;
  for (const Interval& interval : set.prereleases()) {
    std::vector<Version> listed = listed_in(set, interval);
    members.spans = members.spans || listed.empty();
    std::move(listed.begin(), listed.end(), std::back_inserter(members.listed));
  }
  return members;
}

}  // namespace buildable
