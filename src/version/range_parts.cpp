#include "version/range_parts.h"

#include <algorithm>

namespace buildable {

std::string_view take_any_of(Scanner& scanner, std::string_view bytes) {
  return scanner.take_while([bytes](char c) { return bytes.find(c) != std::string_view::npos; });
}

std::string_view take_none_of(Scanner& scanner, std::string_view bytes) {
  return scanner.take_while([bytes](char c) { return bytes.find(c) == std::string_view::npos; });
}

bool skip_spaces(Scanner& scanner) { return !take_any_of(scanner, range_spaces).empty(); }

Numbers take_numbers(Scanner& scanner) {
  Numbers numbers;
  for (Scanner ahead = scanner;; scanner = ahead) {
    if (!numbers.empty() && !ahead.take('.')) return numbers;
    const std::string_view digits = ahead.take_digits();
    if (digits.empty()) return numbers;
    numbers.emplace_back(digits);
  }
}

tl::unexpected<Error> unexpected(const Scanner& scanner) {
  if (scanner.done()) return fail("it ends too early");
  return fail("unexpected " + in_quotes(scanner.rest));
}

std::vector<std::string_view> split_at_bars(std::string_view text) {
  std::vector<std::string_view> parts;
  for (Scanner scanner{text};; scanner.take('|')) {
    parts.push_back(trim(take_none_of(scanner, "|")));
    if (!scanner.take('|')) return parts;
  }
}

Numbers bumped(const Numbers& numbers, std::size_t index) {
  Numbers result(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(index) + 1);
  result.back() = increment(result.back());
  return result;
}

std::size_t caret_index(const Numbers& numbers) {
  const std::size_t last = std::min<std::size_t>(numbers.size(), 3) - 1;
  for (std::size_t index = 0; index < last; ++index) {
    if (!without_leading_zeros(numbers[index]).empty()) return index;
  }
  return last;
}

Result<Cut> cut_at(Scheme scheme, Cut::Side side, std::string_view version) {
  Result<Version> at = Version::parse(scheme, version);
  if (!at) return fail(at.error());
  return Cut{*at, side};
}

VersionSet between(Scheme scheme, const std::optional<Cut>& low, const std::optional<Cut>& high) {
  return VersionSet::finals_between(scheme, low, high)
      .unite(VersionSet::prereleases_between(scheme, low, high));
}

Result<VersionSet> between(Scheme scheme, const std::optional<Cut>& low, std::string_view high) {
  const Result<Cut> end = cut_at(scheme, Cut::Side::floor, high);
  if (!end) return fail(end.error());
  return between(scheme, low, *end);
}

Result<VersionSet> between_floors(Scheme scheme, std::string_view low, std::string_view high) {
  const Result<Cut> begin = cut_at(scheme, Cut::Side::floor, low);
  if (!begin) return fail(begin.error());
  return between(scheme, *begin, high);
}

}  // namespace buildable
