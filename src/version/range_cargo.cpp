// Cargo's requirements as Rust's semver crate reads them (https://docs.rs/semver, VersionReq). Go's
// buildpack reads "// +heroku goVersion" with that crate, and "go1.23" as "=1.23".
#include "version/range_grammars.h"
#include "version/range_semver.h"

namespace buildable {
namespace {

// The crate's own limit.
constexpr std::size_t max_comparators = 32;

struct Term {
  SemverComparator comparator;
  bool has_operator = false;
};

Term take_operator(Scanner& scanner) {
  constexpr std::pair<std::string_view, SemverOperator> spellings[] = {
      {">=", SemverOperator::greater_or_equal},
      {">", SemverOperator::greater},
      {"<=", SemverOperator::less_or_equal},
      {"<", SemverOperator::less},
      {"=", SemverOperator::exact},
      {"~", SemverOperator::tilde},
      {"^", SemverOperator::caret}};
  Term term;
  term.comparator.op = SemverOperator::caret;
  for (const auto& [spelling, op] : spellings) {
    if (!scanner.take_word(spelling)) continue;
    term.comparator.op = op;
    term.has_operator = true;
    break;
  }
  take_any_of(scanner, " ");
  return term;
}

// "1", "1.2", "1.2.3", "1.*", "1.2.*", "1.*.*". A bare one with a star is exact in what it names.
Result<void> take_places(Scanner& scanner, Term& term) {
  bool open = false;
  for (std::size_t place = 0; place < 3 && (place == 0 || scanner.take('.')); ++place) {
    if (place > 0 && (scanner.take('*') || scanner.take('x') || scanner.take('X'))) {
      open = true;
      continue;
    }
    const std::string_view number = take_semver_number(scanner);
    if (number.empty()) {
      return fail("expected a number without leading zeros at " + in_quotes(scanner.rest));
    }
    if (open) return fail("a number follows a star");
    term.comparator.numbers.emplace_back(number);
  }
  if (open && !term.has_operator) term.comparator.op = SemverOperator::exact;
  return {};
}

Result<SemverComparator> take_comparator(Scanner& scanner) {
  Term term = take_operator(scanner);
  const Result<void> places = take_places(scanner, term);
  if (!places) return fail(places.error());
  if (term.comparator.is_complete() && scanner.take('-')) {
    Result<std::string> prerelease = take_semver_prerelease(scanner);
    if (!prerelease) return fail(prerelease.error());
    term.comparator.prerelease = std::move(*prerelease);
  }
  if (term.comparator.is_complete() && !skip_build_metadata(scanner)) return unexpected(scanner);
  take_any_of(scanner, " ");
  return std::move(term.comparator);
}

// What a comparator with less than three numbers holds for. Prereleases that the numbers given
// decide are above or below; those of the series itself are in only under a caret.
Result<VersionSet> reach_of_partial(Scheme scheme, const SemverComparator& comparator) {
  const Numbers& numbers = comparator.numbers;
  const Result<Cut> begin = semver_cut(scheme, Cut::Side::floor, numbers);
  const Result<Cut> end = semver_cut(scheme, Cut::Side::floor, bumped(numbers, numbers.size() - 1));
  const Result<Cut> breaking =
      semver_cut(scheme, Cut::Side::floor, bumped(numbers, caret_index(numbers)));
  for (const Result<Cut>* cut : {&begin, &end, &breaking}) {
    if (!*cut) return fail(cut->error());
  }
  const VersionSet series = VersionSet::finals_between(scheme, *begin, *end);
  const VersionSet above = between(scheme, *end, std::nullopt);
  const VersionSet below = between(scheme, std::nullopt, *begin);
  switch (comparator.op) {
    case SemverOperator::greater:
      return above;
    case SemverOperator::greater_or_equal:
      return series.unite(above);
    case SemverOperator::less:
      return below;
    case SemverOperator::less_or_equal:
      return series.unite(below);
    case SemverOperator::caret:
      return between(scheme, *begin, *breaking);
    case SemverOperator::exact:
    case SemverOperator::tilde:
      break;
  }
  return series;
}

Result<void> add(SemverConjunction& conjunction, Scheme scheme,
                 const SemverComparator& comparator) {
  if (comparator.is_complete()) return conjunction.add(comparator);
  const Result<VersionSet> reach = reach_of_partial(scheme, comparator);
  if (!reach) return fail(reach.error());
  conjunction.restrict_to(*reach);
  return {};
}

Result<VersionSet> parse_comparators(Scheme scheme, std::string_view text) {
  SemverConjunction conjunction(scheme);
  Scanner scanner{text};
  for (std::size_t count = 0; count < max_comparators; ++count) {
    const Result<SemverComparator> comparator = take_comparator(scanner);
    if (!comparator) return fail(comparator.error());
    const Result<void> added = add(conjunction, scheme, *comparator);
    if (!added) return fail(added.error());
    if (scanner.done()) return conjunction.set();
    if (!scanner.take(',')) {
      return fail("expected a comma at " + in_quotes(scanner.rest));
    }
    take_any_of(scanner, " ");
  }
  return fail("more than " + std::to_string(max_comparators) + " comparators");
}

}  // namespace

Result<VersionSet> parse_cargo_range(Scheme scheme, std::string_view text) {
  if (text.empty()) return fail("it is empty");
  if (text == "*" || text == "x" || text == "X") return VersionSet::all(scheme).finals_only();
  if (scheme == Scheme::go && text.substr(0, 2) == "go") {
    return parse_comparators(scheme, "=" + std::string(text.substr(2)));
  }
  return parse_comparators(scheme, text);
}

}  // namespace buildable
