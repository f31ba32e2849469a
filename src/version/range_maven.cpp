// Maven's version ranges: https://maven.apache.org/enforcer/enforcer-rules/versionRanges.html
// Prereleases count by plain order: "[1,2)" takes 2-alpha-1.
//
// A bare version is exact here. To Maven's resolver it is a request that another dependency may
// overrule; in a pin of a build tool nothing does.
#include "version/range_grammars.h"
#include "version/range_parts.h"

namespace buildable {
namespace {

// One end of an interval; nothing where it is open without bound.
Result<std::optional<Cut>> parse_end(Scheme scheme, std::string_view text, Cut::Side side) {
  if (text.empty()) return std::optional<Cut>();
  const Result<Cut> cut = cut_at(scheme, side, text);
  if (!cut) return fail(cut.error());
  return std::optional<Cut>(*cut);
}

bool in_order(const std::optional<Cut>& low, const std::optional<Cut>& high) {
  return !low || !high || low->key() <= high->key();
}

// "[1,2)" of which the opening bracket is consumed.
Result<Interval> take_interval(Scanner& scanner, Scheme scheme, bool low_closed) {
  const std::string_view inner = take_none_of(scanner, "])");
  const bool high_closed = scanner.take(']');
  if (!high_closed && !scanner.take(')')) return fail("a bracket is not closed");
  const std::vector<std::string_view> ends = split(inner, ',');
  if (ends.size() > 2) return fail("an interval has more than two ends");
  if (ends.size() == 1 && !(low_closed && high_closed)) {
    return fail("a single version stands in \"[\" and \"]\"");
  }
  if (ends.size() == 1 && trim(inner).empty()) return fail("an interval is empty");
  const auto low =
      parse_end(scheme, trim(ends.front()), low_closed ? Cut::Side::before : Cut::Side::after);
  const auto high =
      parse_end(scheme, trim(ends.back()), high_closed ? Cut::Side::after : Cut::Side::before);
  if (!low) return fail(low.error());
  if (!high) return fail(high.error());
  if (!in_order(*low, *high)) return fail("an interval ends below its beginning");
  return Interval{*low, *high};
}

}  // namespace

Result<VersionSet> parse_maven_range(Scheme scheme, std::string_view text) {
  Scanner scanner{text};
  if (scanner.peek() != '[' && scanner.peek() != '(') {
    const Result<Version> version = Version::parse(scheme, text);
    if (!version) return fail(version.error());
    return VersionSet::of(*version);
  }
  VersionSet reach = VersionSet::none(scheme);
  std::optional<Interval> last;
  for (std::size_t count = 0; count < max_range_alternatives; ++count) {
    const bool low_closed = scanner.take('[');
    if (!low_closed && !scanner.take('(')) return unexpected(scanner);
    const Result<Interval> interval = take_interval(scanner, scheme, low_closed);
    if (!interval) return fail(interval.error());
    if (last && (!last->high || !interval->low || !in_order(last->high, interval->low))) {
      return fail("intervals overlap or are out of order");
    }
    last = *interval;
    reach = reach.unite(between(scheme, interval->low, interval->high));
    skip_spaces(scanner);
    if (scanner.done()) return reach;
    if (scanner.take(',')) skip_spaces(scanner);
  }
  return fail("more than " + std::to_string(max_range_alternatives) + " intervals");
}

}  // namespace buildable
