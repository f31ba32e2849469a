// Specifiers as PyPI's `packaging` reads them: a set takes prereleases only if one of its
// specifiers names one. "===" compares versions here, not their spelling.
#include "version/range_pep440.h"

#include <algorithm>

#include "version/range_grammars.h"

namespace buildable {
namespace {

bool is_post_release(const Version& version) {
  return version.text().find(".post") != std::string::npos;
}
bool is_development_release(const Version& version) {
  return version.text().find(".dev") != std::string::npos;
}

// ">3.14" leaves out 3.14.post1. The next release has one number more; that of a prerelease, whose
// posts are left out as well, is the next prerelease ("3.14a1": "3.14a2.dev0").
Result<Cut> after_posts(const Pep440Operand& operand) {
  const Version& version = operand.version;
  if (is_post_release(version) || is_development_release(version)) {
    return Cut{version, Cut::Side::after};
  }
  if (version.is_prerelease()) {
    const std::string& text = version.text();
    const std::size_t number = text.find_last_not_of("0123456789") + 1;
    return cut_at(version.scheme(), Cut::Side::before,
                  text.substr(0, number) + increment(text.substr(number)) + ".dev0");
  }
  Numbers next = operand.numbers;
  next.resize(std::max<std::size_t>(next.size(), 3), "0");
  next.emplace_back("1");
  return cut_at(version.scheme(), Cut::Side::floor, operand.release(next));
}

// "<3.14" leaves out 3.14's own prereleases, "<3.14rc1" does not.
Result<Cut> below(const Version& version) {
  if (version.is_prerelease()) return Cut{version, Cut::Side::before};
  if (!is_post_release(version)) return Cut{version, Cut::Side::floor};
  return cut_at(version.scheme(), Cut::Side::before, version.text() + ".dev0");
}

Result<VersionSet> series_of(const Pep440Operand& operand) {
  const Numbers next = bumped(operand.numbers, operand.numbers.size() - 1);
  return between_floors(operand.version.scheme(), operand.release(operand.numbers),
                        operand.release(next));
}

Result<VersionSet> equal_to(const Pep440Operand& operand) {
  if (operand.wildcard) return series_of(operand);
  const Version& version = operand.version;
  if (operand.has_local) return VersionSet::of(version);
  return between(version.scheme(), Cut{version, Cut::Side::before}, Cut{version, Cut::Side::after});
}

Result<VersionSet> compatible_with(const Pep440Operand& operand) {
  if (operand.numbers.size() < 2) return fail("\"~=\" wants at least two numbers");
  const Numbers end = bumped(operand.numbers, operand.numbers.size() - 2);
  return between(operand.version.scheme(), Cut{operand.version, Cut::Side::before},
                 operand.release(end));
}

Result<VersionSet> ordered(std::string_view op, const Pep440Operand& operand) {
  const Version& version = operand.version;
  const Scheme scheme = version.scheme();
  if (op == ">=") return between(scheme, Cut{version, Cut::Side::before}, std::nullopt);
  if (op == "<=") return between(scheme, std::nullopt, Cut{version, Cut::Side::after});
  const Result<Cut> cut = op == ">" ? after_posts(operand) : below(version);
  if (!cut) return fail(cut.error());
  if (op == ">") return between(scheme, *cut, std::nullopt);
  return between(scheme, std::nullopt, *cut);
}

std::string_view take_operator(Scanner& scanner) {
  for (const std::string_view op : {"===", "==", "~=", "!=", ">=", "<=", ">", "<"}) {
    if (scanner.take_word(op)) return op;
  }
  return {};
}

struct Specifier {
  std::string_view op;
  Pep440Operand operand;
};

Result<Specifier> parse_specifier(Scheme scheme, std::string_view text) {
  Scanner scanner{text};
  const std::string_view op = take_operator(scanner);
  if (op.empty()) return fail(in_quotes(text) + " begins with no operator");
  Result<Pep440Operand> operand = parse_pep440_operand(scheme, trim(scanner.rest));
  if (!operand) return fail(operand.error());
  if (operand->wildcard && op != "==" && op != "!=") {
    return fail("\".*\" goes only with \"==\" and \"!=\"");
  }
  return Specifier{op, std::move(*operand)};
}

}  // namespace

Result<Pep440Operand> parse_pep440_operand(Scheme scheme, std::string_view text) {
  std::string_view stem = text;
  const bool wildcard = stem.size() > 2 && stem.substr(stem.size() - 2) == ".*";
  if (wildcard) stem.remove_suffix(2);
  Result<Version> version = Version::parse(scheme, stem);
  if (!version) return fail(version.error());
  Pep440Operand operand{std::move(*version), {}, {}, wildcard, false};
  operand.has_local = stem.find('+') != std::string_view::npos;
  operand.numbers = operand.version.release();
  const std::string& normal = operand.version.text();
  operand.epoch = normal.substr(0, normal.find('!') + 1);
  if (wildcard && normal != operand.release(operand.numbers)) {
    return fail("\".*\" goes only behind a plain release");
  }
  return operand;
}

Result<VersionSet> pep440_reach(std::string_view op, const Pep440Operand& operand) {
  if (op == "==" || op == "===") return equal_to(operand);
  if (op == "!=") {
    const Result<VersionSet> refused = equal_to(operand);
    if (!refused) return fail(refused.error());
    return refused->complement();
  }
  if (operand.has_local) return fail("a local version goes only with \"==\" and \"!=\"");
  return op == "~=" ? compatible_with(operand) : ordered(op, operand);
}

bool names_prerelease(std::string_view op, const Pep440Operand& operand) {
  return op != "!=" && operand.version.is_prerelease();
}

Result<VersionSet> parse_pep440_range(Scheme scheme, std::string_view text) {
  VersionSet reach = VersionSet::all(scheme);
  bool prereleases = false;
  for (const std::string_view part : split(text, ',')) {
    if (trim(part).empty()) continue;  // `packaging` overlooks a comma too many
    const Result<Specifier> specifier = parse_specifier(scheme, trim(part));
    if (!specifier) return fail(specifier.error());
    const Result<VersionSet> admitted = pep440_reach(specifier->op, specifier->operand);
    if (!admitted) return fail(admitted.error());
    reach = reach.intersect(*admitted);
    prereleases = prereleases || names_prerelease(specifier->op, specifier->operand);
  }
  return prereleases ? reach : reach.finals_only();
}

}  // namespace buildable
