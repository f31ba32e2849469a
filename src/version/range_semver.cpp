#include "version/range_semver.h"

namespace buildable {
namespace {

constexpr std::string_view identifier_bytes =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";

bool has_leading_zero(std::string_view digits) { return digits.size() > 1 && digits[0] == '0'; }

bool is_number(std::string_view text) {
  return text.find_first_not_of("0123456789") == std::string_view::npos;
}

VersionSet reach_of(SemverOperator op, const Version& version, const std::optional<Cut>& end) {
  const Scheme scheme = version.scheme();
  const Cut before{version, Cut::Side::before};
  const Cut after{version, Cut::Side::after};
  switch (op) {
    case SemverOperator::exact:
      return VersionSet::of(version);
    case SemverOperator::greater:
      return between(scheme, after, std::nullopt);
    case SemverOperator::less:
      return between(scheme, std::nullopt, before);
    case SemverOperator::less_or_equal:
      return between(scheme, std::nullopt, after);
    case SemverOperator::greater_or_equal:
    case SemverOperator::tilde:
    case SemverOperator::caret:
      break;
  }
  return between(scheme, before, end);
}

// Tilde and caret ranges end at the floor of the next release that they leave out.
Result<std::optional<Cut>> end_of(Scheme scheme, const SemverComparator& comparator) {
  const bool tilde = comparator.op == SemverOperator::tilde;
  if (!tilde && comparator.op != SemverOperator::caret) return std::optional<Cut>();
  const std::size_t index = tilde ? 1 : caret_index(comparator.numbers);
  const Result<Cut> cut = semver_cut(scheme, Cut::Side::floor, bumped(comparator.numbers, index));
  if (!cut) return fail(cut.error());
  return std::optional<Cut>(*cut);
}

}  // namespace

std::string_view take_semver_number(Scanner& scanner) {
  Scanner ahead = scanner;
  const std::string_view digits = ahead.take_digits();
  if (has_leading_zero(digits)) return {};
  scanner = ahead;
  return digits;
}

Result<std::string> take_semver_prerelease(Scanner& scanner) {
  std::string prerelease;
  do {
    const std::string_view identifier = take_any_of(scanner, identifier_bytes);
    if (identifier.empty()) return fail("a prerelease has an empty part");
    if (is_number(identifier) && has_leading_zero(identifier)) {
      return fail("a number of a prerelease begins with zero");
    }
    prerelease.append(prerelease.empty() ? "" : ".").append(identifier);
  } while (scanner.take('.'));
  return prerelease;
}

std::string semver_text(Scheme scheme, Numbers numbers, std::string_view prerelease) {
  numbers.resize(3, "0");
  if (prerelease.empty()) return join(numbers);
  if (scheme != Scheme::go) return join(numbers) + "-" + std::string(prerelease);
  if (numbers.back() == "0") numbers.pop_back();
  return join(numbers) + std::string(prerelease);
}

Result<Cut> semver_cut(Scheme scheme, Cut::Side side, const Numbers& numbers) {
  return cut_at(scheme, side, semver_text(scheme, numbers, {}));
}

Result<void> SemverConjunction::add(const SemverComparator& comparator) {
  const Result<Version> version =
      Version::parse(scheme_, semver_text(scheme_, comparator.numbers, comparator.prerelease));
  if (!version) return fail(version.error());
  const Result<std::optional<Cut>> end = end_of(scheme_, comparator);
  if (!end) return fail(end.error());
  restrict_to(reach_of(comparator.op, *version, *end));
  if (comparator.prerelease.empty()) return {};
  const Result<Cut> floor = semver_cut(scheme_, Cut::Side::floor, comparator.numbers);
  const Result<Cut> release = semver_cut(scheme_, Cut::Side::before, comparator.numbers);
  if (!floor || !release) return fail((!floor ? floor : release).error());
  named_ = named_.unite(VersionSet::prereleases_between(scheme_, *floor, *release));
  return {};
}

}  // namespace buildable
