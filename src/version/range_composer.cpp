// Composer's constraints: https://getcomposer.org/doc/articles/versions.md
//
// Composer installs nothing below "stable" unless a constraint names a less stable version or flags
// one ("@beta"). A set cannot tell alphas from betas of every release, so what asks for any takes
// all prereleases between its bounds.
#include "version/range_grammars.h"
#include "version/range_parts.h"

namespace buildable {
namespace {

// "8.2", "8.2.0RC1", "v8.2.1-beta2"
struct Operand {
  Version version;
  Numbers numbers;     // as many as were written
  bool has_stability;  // "8.2.0RC1", "8.2.0-stable"

  // Below a version that names no stability lie all its prereleases too: ">=8.2" is
  // ">=8.2.0.0-dev".
  Cut low() const { return {version, has_stability ? Cut::Side::before : Cut::Side::floor}; }
};

Result<Operand> parse_operand(Scheme scheme, std::string_view text) {
  Scanner scanner{text};
  scanner.take_one_of("vV");
  Numbers numbers = take_numbers(scanner);
  const std::string_view stability = take_none_of(scanner, "+");
  if (to_lower(text.substr(0, 4)) == "dev-" || to_lower(stability) == ".x-dev") {
    return fail(in_quotes(text) + " names a branch");
  }
  Result<Version> version = Version::parse(scheme, text);
  if (!version) return fail(version.error());
  return Operand{std::move(*version), std::move(numbers), !stability.empty()};
}

// The numbers before the wildcards of "8.*" or "*"; nothing where the text has none.
std::optional<Numbers> before_wildcards(std::string_view text) {
  Scanner scanner{text};
  scanner.take_one_of("vV");
  Numbers numbers = take_numbers(scanner);
  if (!numbers.empty() && !scanner.take('.')) return std::nullopt;
  do {
    if (!scanner.take_one_of("xX*")) return std::nullopt;
  } while (scanner.take('.'));
  if (!scanner.done() || numbers.size() > 3) return std::nullopt;
  return numbers;
}

Result<VersionSet> wildcard_range(Scheme scheme, const Numbers& numbers) {
  if (numbers.empty()) return VersionSet::all(scheme);
  return between_floors(scheme, join(numbers), join(bumped(numbers, numbers.size() - 1)));
}

// "^8.2" ends below 9; "~8.2" below 9, "~8.2.1" below 8.3.
Result<VersionSet> next_release_range(const Operand& operand, bool caret) {
  const std::size_t count = operand.numbers.size();
  const std::size_t tilde_index = count > 1 ? count - 2 : 0;
  const std::size_t index = caret ? caret_index(operand.numbers) : tilde_index;
  return between(operand.version.scheme(), operand.low(), join(bumped(operand.numbers, index)));
}

// "8.1 - 8.3" takes all of 8.3, "8.1 - 8.3.0" only that.
Result<VersionSet> hyphen_range(const Operand& from, const Operand& to) {
  const Scheme scheme = from.version.scheme();
  if (to.has_stability || to.numbers.size() > 2) {
    return between(scheme, from.low(), Cut{to.version, Cut::Side::after});
  }
  return between(scheme, from.low(), join(bumped(to.numbers, to.numbers.size() - 1)));
}

Result<VersionSet> comparison(std::string_view op, const Operand& operand) {
  const Scheme scheme = operand.version.scheme();
  const Cut after{operand.version, Cut::Side::after};
  if (op.empty() || op == "=" || op == "==") return VersionSet::of(operand.version);
  if (op == "!=" || op == "<>") return VersionSet::of(operand.version).complement();
  if (op == ">=") return between(scheme, operand.low(), std::nullopt);
  if (op == "<") return between(scheme, std::nullopt, operand.low());
  if (op == ">") return between(scheme, after, std::nullopt);
  if (op == "<=") return between(scheme, std::nullopt, after);
  return fail("unknown operator " + in_quotes(op));
}

// What has been read so far. One flag or prerelease anywhere sets the stability for the whole text.
struct Reading {
  Scheme scheme;
  bool prereleases = false;

  Result<VersionSet> single(std::string_view op, std::string_view text);
  Result<VersionSet> hyphen(std::string_view from, std::string_view to);
  Result<VersionSet> all_of(std::string_view text);

 private:
  Result<Operand> operand(std::string_view text);
};

// "8.2@beta"
struct Flagged {
  std::string_view text;
  std::string flag;  // empty for "stable"
};

Result<Flagged> split_flag(std::string_view text) {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) return Flagged{text, {}};
  const Flagged flagged{at == 0 ? std::string_view("*") : text.substr(0, at),
                        to_lower(text.substr(at + 1))};
  for (const std::string_view known : {"dev", "alpha", "beta", "rc"}) {
    if (flagged.flag == known) return flagged;
  }
  if (flagged.flag == "stable") return Flagged{flagged.text, {}};
  return fail(in_quotes("@" + flagged.flag) + " is not a stability");
}

Result<Operand> Reading::operand(std::string_view text) {
  Result<Operand> operand = parse_operand(scheme, text);
  if (operand && operand->version.is_prerelease()) prereleases = true;
  return operand;
}

Result<VersionSet> Reading::single(std::string_view op, std::string_view text) {
  const Result<Flagged> flagged = split_flag(text);
  if (!flagged) return fail(flagged.error());
  prereleases = prereleases || !flagged->flag.empty();
  if (op == "~>") return fail("\"~>\" is Ruby's operator, Composer's is \"~\"");
  if (op.empty()) {
    if (const auto numbers = before_wildcards(flagged->text)) {
      return wildcard_range(scheme, *numbers);
    }
  }
  Result<Operand> parsed = operand(flagged->text);
  if (!parsed) return fail(parsed.error());
  if (op == "^" || op == "~") return next_release_range(*parsed, op == "^");
  const bool equality = op.empty() || op == "=" || op == "==";
  if (!equality && !flagged->flag.empty() && !parsed->has_stability) {
    // ">8.2@beta" is ">8.2-beta"
    parsed = operand(std::string(flagged->text) + "-" + flagged->flag);
    if (!parsed) return fail(parsed.error());
  }
  return comparison(op, *parsed);
}

Result<VersionSet> Reading::hyphen(std::string_view from, std::string_view to) {
  const Result<Operand> low = operand(from);
  if (!low) return fail(low.error());
  const Result<Operand> high = operand(to);
  if (!high) return fail(high.error());
  return hyphen_range(*low, *high);
}

std::string_view take_token(Scanner& scanner) {
  return scanner.take_while(
      [](char c) { return c != ',' && range_spaces.find(c) == std::string_view::npos; });
}

// The text after a word that stands between spaces: "- 8.3", "as 8.3".
std::optional<std::string_view> take_after(Scanner& scanner, std::string_view word) {
  Scanner ahead = scanner;
  if (!skip_spaces(ahead) || !ahead.take_word(word) || !skip_spaces(ahead)) return std::nullopt;
  scanner = ahead;
  return take_token(scanner);
}

bool take_separator(Scanner& scanner) {
  const bool spaced = skip_spaces(scanner);
  const bool comma = scanner.take(',');
  skip_spaces(scanner);
  return spaced || comma;
}

// Constraints between spaces, or between commas with or without spaces.
Result<VersionSet> Reading::all_of(std::string_view text) {
  VersionSet reach = VersionSet::all(scheme);
  Scanner scanner{text};
  do {
    const std::string_view op = take_any_of(scanner, "<>=!~^");
    if (op != "^" && op != "~") skip_spaces(scanner);
    const std::string_view token = take_token(scanner);
    if (token.empty()) return unexpected(scanner);
    const auto to = op.empty() ? take_after(scanner, "-") : std::nullopt;
    take_after(scanner, "as");  // an alias for others, which this constraint is not about
    const Result<VersionSet> admitted = to ? hyphen(token, *to) : single(op, token);
    if (!admitted) return fail(admitted.error());
    reach = reach.intersect(*admitted);
  } while (take_separator(scanner));
  return reach;
}

}  // namespace

Result<VersionSet> parse_composer_range(Scheme scheme, std::string_view text) {
  VersionSet reach = VersionSet::none(scheme);
  Reading reading{scheme};
  for (const std::string_view alternative : split_at_bars(text)) {
    const Result<VersionSet> admitted = reading.all_of(alternative);
    if (!admitted) return fail(admitted.error());
    reach = reach.unite(*admitted);
  }
  return reading.prereleases ? reach : reach.finals_only();
}

}  // namespace buildable
