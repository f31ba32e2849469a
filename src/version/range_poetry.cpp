// Poetry's constraints: https://python-poetry.org/docs/dependency-specification/
// Their prereleases follow the same rule as PEP 440's: none unless one is named.
#include "version/range_grammars.h"
#include "version/range_pep440.h"

namespace buildable {
namespace {

struct Constraint {
  std::string_view op;
  std::string_view operand;
};

// "^3.12", ">= 3.12", "3.*": constraints stand between commas or spaces.
Constraint take_constraint(Scanner& scanner) {
  Constraint constraint;
  constraint.op = take_any_of(scanner, "<>=!~^");
  skip_spaces(scanner);
  constraint.operand = scanner.take_while(
      [](char c) { return c != ',' && range_spaces.find(c) == std::string_view::npos; });
  return constraint;
}

bool is_any(const Constraint& constraint) {
  std::string_view places = constraint.operand;
  if (!constraint.op.empty() || places.empty()) return false;
  if (places.front() == 'v') places.remove_prefix(1);
  for (const std::string_view place : split(places, '.')) {
    if (place != "*" && place != "x" && place != "X") return false;
  }
  return true;
}

// "~3" is the series 3, "~3.12" and "~3.12.1" end with the series 3.12; "~=3.12" ends with 3.
std::size_t tilde_index(std::string_view op, std::size_t count) {
  if (op == "~=" && count == 2) return 0;
  return count == 1 ? 0 : 1;
}

Result<VersionSet> reach_of(std::string_view op, const Pep440Operand& operand) {
  const bool caret = op == "^";
  if (!caret && op != "~" && op != "~=") {
    const bool equal = op.empty() || op == "=";
    return pep440_reach(equal ? std::string_view("==") : op, operand);
  }
  if (operand.wildcard) return fail("\".*\" does not go with " + in_quotes(op));
  const std::size_t index =
      caret ? caret_index(operand.numbers) : tilde_index(op, operand.numbers.size());
  return between(operand.version.scheme(), Cut{operand.version, Cut::Side::before},
                 operand.release(bumped(operand.numbers, index)));
}

bool is_operator(std::string_view op) {
  for (const std::string_view known : {"", "=", "==", "!=", ">=", "<=", ">", "<", "~", "~=", "^"}) {
    if (op == known) return true;
  }
  return false;
}

class Alternative {
 public:
  explicit Alternative(Scheme scheme) : scheme_(scheme), reach_(VersionSet::all(scheme)) {}

  Result<void> add(const Constraint& constraint) {
    if (is_any(constraint)) return {};
    if (!is_operator(constraint.op)) {
      return fail("unknown operator " + in_quotes(constraint.op));
    }
    Result<Pep440Operand> operand = parse_pep440_operand(scheme_, constraint.operand);
    if (!operand) return fail(operand.error());
    const bool ordered = constraint.op.substr(0, 1) == ">" || constraint.op.substr(0, 1) == "<";
    if (ordered) operand->wildcard = false;  // Poetry reads ">=3.12.*" like ">=3.12"
    const Result<VersionSet> admitted = reach_of(constraint.op, *operand);
    if (!admitted) return fail(admitted.error());
    reach_ = reach_.intersect(*admitted);
    prereleases_ = prereleases_ || names_prerelease(constraint.op, *operand);
    return {};
  }

  const VersionSet& reach() const { return reach_; }
  bool prereleases() const { return prereleases_; }

 private:
  Scheme scheme_;
  VersionSet reach_;
  bool prereleases_ = false;
};

Result<Alternative> parse_alternative(Scheme scheme, std::string_view text) {
  Alternative alternative(scheme);
  Scanner scanner{text};
  bool any = false;
  for (;; any = true) {
    take_any_of(scanner, ", \t\r\n");
    if (scanner.done()) break;
    const Constraint constraint = take_constraint(scanner);
    if (constraint.operand.empty()) return unexpected(scanner);
    const Result<void> added = alternative.add(constraint);
    if (!added) return fail(added.error());
  }
  if (!any) return fail("an alternative is empty");
  return alternative;
}

}  // namespace

Result<VersionSet> parse_poetry_range(Scheme scheme, std::string_view text) {
  VersionSet reach = VersionSet::none(scheme);
  bool prereleases = false;
  for (const std::string_view part : split_at_bars(text)) {
    const Result<Alternative> alternative = parse_alternative(scheme, part);
    if (!alternative) return fail(alternative.error());
    reach = reach.unite(alternative->reach());
    prereleases = prereleases || alternative->prereleases();
  }
  return prereleases ? reach : reach.finals_only();
}

}  // namespace buildable
