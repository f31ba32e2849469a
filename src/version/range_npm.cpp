// npm ranges as node-semver reads them when not told to be loose.
// https://github.com/npm/node-semver#ranges
#include "version/range_grammars.h"
#include "version/range_semver.h"

namespace buildable {
namespace {

constexpr std::string_view build_bytes =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-";

// A version with "x" for what is left open.
struct Pattern {
  std::string_view prefix;  // of "v" and "=", which mean nothing
  Numbers numbers;          // those before the first "x"
  std::string prerelease;
  bool in_order = true;  // no number follows an "x"
};

// Build metadata, which orders nothing, may stand behind any version.
std::string without_build_metadata(std::string_view text) {
  std::string result;
  Scanner scanner{text};
  while (!scanner.done()) {
    result += take_none_of(scanner, "+");
    Scanner ahead = scanner;
    if (!ahead.take('+')) continue;
    if (take_any_of(ahead, build_bytes).empty()) {
      result += '+';
      scanner.take('+');
      continue;
    }
    do {
      scanner = ahead;
    } while (ahead.take('.') && !take_any_of(ahead, build_bytes).empty());
  }
  return result;
}

Result<Pattern> take_pattern(Scanner& scanner, std::string_view prefix_bytes) {
  Pattern pattern;
  pattern.prefix = take_any_of(scanner, prefix_bytes);
  std::size_t places = 0;
  bool open = false;
  do {
    if (scanner.take('x') || scanner.take('X') || scanner.take('*')) {
      open = true;
      continue;
    }
    const std::string_view number = take_semver_number(scanner);
    if (number.empty()) {
      return fail("expected a number without leading zeros or an x at " + in_quotes(scanner.rest));
    }
    if (open) pattern.in_order = false;
    if (!open) pattern.numbers.emplace_back(number);
  } while (++places < 3 && scanner.take('.'));
  if (places == 3 && scanner.take('-')) {
    Result<std::string> prerelease = take_semver_prerelease(scanner);
    if (!prerelease) return fail(prerelease.error());
    if (!open) pattern.prerelease = std::move(*prerelease);
  }
  return pattern;
}

bool is_loose_prefix(std::string_view prefix) { return !prefix.empty() && prefix != "v"; }

tl::unexpected<Error> loose_prefix(std::string_view prefix) {
  return fail(in_quotes(prefix) + " cannot stand before a complete version");
}

// At most one: the range's own runs of spaces are one already, and metadata that stood behind an
// operator leaves two, which node-semver joins behind "~" and "^" alone.
bool skip_space(Scanner& scanner) { return scanner.take(' '); }

// The operator and the spaces after it. "~>" is "~", and "=" behind it or "^" means nothing.
SemverOperator take_operator(Scanner& scanner) {
  const bool caret = scanner.take('^');
  if (caret || scanner.take('~')) {
    skip_spaces(scanner);
    if (!caret && scanner.take('>')) skip_spaces(scanner);
    if (scanner.take('=')) skip_spaces(scanner);
    return caret ? SemverOperator::caret : SemverOperator::tilde;
  }
  const bool less = scanner.peek() == '<';
  const bool ordered = scanner.take('<') || scanner.take('>');
  bool equal = scanner.take('=');
  const bool spaced = skip_space(scanner);
  // "> =1.2" is read like ">=1.2".
  if (ordered && !equal && spaced) equal = scanner.take('=');
  if (!ordered) return SemverOperator::exact;
  if (less) return equal ? SemverOperator::less_or_equal : SemverOperator::less;
  return equal ? SemverOperator::greater_or_equal : SemverOperator::greater;
}

// What a comparator with less than three numbers holds for: the numbers left open are an "x".
Result<VersionSet> reach_of_partial(Scheme scheme, const SemverComparator& comparator) {
  const Numbers& numbers = comparator.numbers;
  const std::size_t last = numbers.size() - 1;
  const std::size_t index = comparator.op == SemverOperator::caret ? caret_index(numbers) : last;
  const Result<Cut> begin = semver_cut(scheme, Cut::Side::before, numbers);
  const Result<Cut> floor = semver_cut(scheme, Cut::Side::floor, numbers);
  const Result<Cut> end = semver_cut(scheme, Cut::Side::floor, bumped(numbers, index));
  const Result<Cut> next = semver_cut(scheme, Cut::Side::before, bumped(numbers, last));
  for (const Result<Cut>* cut : {&begin, &floor, &end, &next}) {
    if (!*cut) return fail(cut->error());
  }
  switch (comparator.op) {
    case SemverOperator::greater:
      return between(scheme, *next, std::nullopt);
    case SemverOperator::greater_or_equal:
      return between(scheme, *begin, std::nullopt);
    case SemverOperator::less:
      return between(scheme, std::nullopt, *floor);
    case SemverOperator::less_or_equal:
      return between(scheme, std::nullopt, *end);
    case SemverOperator::exact:
    case SemverOperator::tilde:
    case SemverOperator::caret:
      break;
  }
  return between(scheme, *begin, *end);
}

Result<void> add(SemverConjunction& conjunction, Scheme scheme,
                 const SemverComparator& comparator) {
  if (comparator.is_complete()) return conjunction.add(comparator);
  if (comparator.numbers.empty()) {
    const bool nothing =
        comparator.op == SemverOperator::greater || comparator.op == SemverOperator::less;
    if (nothing) conjunction.restrict_to(VersionSet::none(scheme));
    return {};
  }
  const Result<VersionSet> reach = reach_of_partial(scheme, comparator);
  if (!reach) return fail(reach.error());
  conjunction.restrict_to(*reach);
  return {};
}

Result<SemverComparator> take_comparator(Scanner& scanner) {
  SemverComparator comparator;
  comparator.op = take_operator(scanner);
  Result<Pattern> pattern = take_pattern(scanner, "v=");
  if (!pattern) return fail(pattern.error());
  const bool ranged =
      comparator.op == SemverOperator::tilde || comparator.op == SemverOperator::caret;
  if (!ranged && !pattern->in_order) return fail("a number follows an x");
  comparator.numbers = std::move(pattern->numbers);
  comparator.prerelease = std::move(pattern->prerelease);
  if (!ranged && comparator.is_complete() && is_loose_prefix(pattern->prefix)) {
    return loose_prefix(pattern->prefix);
  }
  if (!scanner.done() && !skip_spaces(scanner)) {
    return unexpected(scanner);
  }
  return comparator;
}

// One end of "1.2.3 - 2.3".
Result<SemverComparator> hyphen_end(std::string_view text, SemverOperator op) {
  Scanner scanner{text};
  Result<Pattern> pattern = take_pattern(scanner, "v= ");
  if (!pattern) return fail(pattern.error());
  if (!scanner.done()) return unexpected(scanner);
  SemverComparator comparator;
  comparator.op = op;
  comparator.numbers = std::move(pattern->numbers);
  comparator.prerelease = std::move(pattern->prerelease);
  const bool upper_prerelease =
      op == SemverOperator::less_or_equal && !comparator.prerelease.empty();
  if (comparator.is_complete() && !upper_prerelease && is_loose_prefix(pattern->prefix)) {
    return loose_prefix(pattern->prefix);
  }
  return comparator;
}

// Where the hyphen of a hyphen range is: alone between spaces.
std::size_t find_hyphen(std::string_view text) {
  const auto space_at = [text](std::size_t at) {
    return at < text.size() && range_spaces.find(text[at]) != std::string_view::npos;
  };
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] == '-' && space_at(at - 1) && space_at(at + 1)) return at;
  }
  return std::string_view::npos;
}

Result<VersionSet> parse_hyphen(Scheme scheme, std::string_view text, std::size_t hyphen) {
  SemverConjunction conjunction(scheme);
  const Result<SemverComparator> ends[] = {
      hyphen_end(trim(text.substr(0, hyphen)), SemverOperator::greater_or_equal),
      hyphen_end(trim(text.substr(hyphen + 1)), SemverOperator::less_or_equal)};
  for (const Result<SemverComparator>& end : ends) {
    if (!end) return fail(end.error());
    const Result<void> added = add(conjunction, scheme, *end);
    if (!added) return fail(added.error());
  }
  return conjunction.set();
}

// Between "||"; a lone "|" is left in, where it is an error.
std::vector<std::string_view> split_alternatives(std::string_view text) {
  std::vector<std::string_view> parts;
  for (;;) {
    const std::size_t end = text.find("||");
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 2);
  }
}

std::string with_single_spaces(std::string_view text) {
  std::string result;
  for (Scanner scanner{text}; !scanner.done();) {
    result += take_none_of(scanner, range_spaces);
    if (skip_spaces(scanner)) result += ' ';
  }
  return result;
}

Result<VersionSet> parse_alternative(Scheme scheme, std::string_view alternative) {
  // Metadata may have stood alone: what remains may begin or end with its spaces.
  const std::string stripped = without_build_metadata(with_single_spaces(trim(alternative)));
  const std::string_view text = trim(stripped);
  const std::size_t hyphen = find_hyphen(text);
  if (hyphen != std::string::npos) return parse_hyphen(scheme, text, hyphen);
  SemverConjunction conjunction(scheme);
  for (Scanner scanner{text}; !scanner.done();) {
    const Result<SemverComparator> comparator = take_comparator(scanner);
    if (!comparator) return fail(comparator.error());
    const Result<void> added = add(conjunction, scheme, *comparator);
    if (!added) return fail(added.error());
  }
  return conjunction.set();
}

}  // namespace

Result<VersionSet> parse_npm_range(Scheme scheme, std::string_view text) {
  // Buildpacks take the distribution tag for "any version"; node-semver knows no tags.
  if (text == "latest") return VersionSet::all(scheme).finals_only();
  VersionSet set = VersionSet::none(scheme);
  for (const std::string_view alternative : split_alternatives(text)) {
    const Result<VersionSet> admitted = parse_alternative(scheme, alternative);
    if (!admitted) return fail(admitted.error());
    set = set.unite(*admitted);
  }
  return set;
}

}  // namespace buildable
