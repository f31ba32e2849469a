// Gem::Requirement: https://docs.ruby-lang.org/en/master/Gem/Requirement.html
// Prereleases count by plain order: ">= 3.4" takes 3.5.0.preview1.
#include "version/range_grammars.h"
#include "version/range_parts.h"

namespace buildable {
namespace {

// "~> 3.4.1" ends below 3.5, "~> 3.4" and "~> 3" below 4, the prereleases of these included.
Result<VersionSet> pessimistic(const Version& version) {
  const Numbers numbers = version.release();
  const std::size_t index = numbers.size() > 1 ? numbers.size() - 2 : 0;
  return between(version.scheme(), Cut{version, Cut::Side::before}, join(bumped(numbers, index)));
}

Result<VersionSet> reach_of(std::string_view op, const Version& version) {
  const Scheme scheme = version.scheme();
  const Cut before{version, Cut::Side::before};
  const Cut after{version, Cut::Side::after};
  if (op == "~>") return pessimistic(version);
  if (op == "!=") return VersionSet::of(version).complement();
  if (op == ">=") return between(scheme, before, std::nullopt);
  if (op == "<=") return between(scheme, std::nullopt, after);
  if (op == ">") return between(scheme, after, std::nullopt);
  if (op == "<") return between(scheme, std::nullopt, before);
  return VersionSet::of(version);
}

std::string_view take_operator(Scanner& scanner) {
  for (const std::string_view op : {"~>", "!=", ">=", "<=", ">", "<", "="}) {
    if (scanner.take_word(op)) return op;
  }
  return "=";
}

}  // namespace

Result<VersionSet> parse_ruby_range(Scheme scheme, std::string_view text) {
  VersionSet reach = VersionSet::all(scheme);
  for (const std::string_view part : split(text, ',')) {
    Scanner scanner{trim(part)};
    const std::string_view op = take_operator(scanner);
    const Result<Version> version = Version::parse(scheme, trim(scanner.rest));
    if (!version) return fail(version.error());
    const Result<VersionSet> admitted = reach_of(op, *version);
    if (!admitted) return fail(admitted.error());
    reach = reach.intersect(*admitted);
  }
  return reach;
}

}  // namespace buildable
