// What must hold for every range, on generated ones.
#include <doctest/doctest.h>

#include "version/oracle.h"
#include "version/range.h"

using namespace buildable;
using buildable::testing::Random;

namespace {

using Words = std::vector<std::string>;

constexpr int cases = 3000;

std::string plain_version(Random& random) {
  return std::to_string(random.below(4)) + "." + std::to_string(random.below(12)) + "." +
         std::to_string(random.below(4));
}

// Operators and versions that several grammars share; the space after the operator is optional.
std::string comparators(Random& random, const Words& operators, const std::string& joint) {
  std::string text = random.pick(operators) + plain_version(random);
  while (random.one_in(3)) text += joint + random.pick(operators) + plain_version(random);
  return text;
}

VersionSet parsed(Grammar grammar, Scheme scheme, const std::string& text) {
  const auto set = parse_range(grammar, scheme, text);
  REQUIRE_MESSAGE(set, (set ? text : set.error().to_text()));
  return *set;
}

struct Dialect {
  Grammar grammar;
  Scheme scheme;
  Words operators;
  std::string joint;        // "and"
  std::string alternative;  // "or"; empty where the grammar has none
};

const std::vector<Dialect> dialects = {
    {Grammar::npm, Scheme::semver, {"^", "~", ">", ">=", "<", "<=", "="}, " ", " || "},
    {Grammar::poetry, Scheme::pep440, {"^", "~", ">", ">=", "<", "<=", "==", "!="}, ",", " || "},
    {Grammar::composer, Scheme::composer, {"^", "~", ">", ">=", "<", "<=", "=", "!="}, " ", "|"},
    {Grammar::cargo, Scheme::semver, {"^", "~", ">", ">=", "<", "<=", "=", ""}, ", ", ""},
    {Grammar::pep440, Scheme::pep440, {"~=", ">", ">=", "<", "<=", "==", "!="}, ", ", ""},
    {Grammar::ruby, Scheme::ruby, {"~>", ">", ">=", "<", "<=", "=", "!=", ""}, ", ", ""},
};

}  // namespace

TEST_CASE("joined comparators are the intersection, alternatives the union") {
  for (const Dialect& dialect : dialects) {
    CAPTURE(name_of(dialect.grammar));
    Random random(7);
    for (int i = 0; i < cases; ++i) {
      const std::string a = comparators(random, dialect.operators, dialect.joint);
      const std::string b = comparators(random, dialect.operators, dialect.joint);
      CAPTURE(a);
      CAPTURE(b);
      const VersionSet first = parsed(dialect.grammar, dialect.scheme, a);
      const VersionSet second = parsed(dialect.grammar, dialect.scheme, b);
      CHECK(parsed(dialect.grammar, dialect.scheme, a + dialect.joint + b) ==
            first.intersect(second));
      if (dialect.alternative.empty()) continue;
      CHECK(parsed(dialect.grammar, dialect.scheme, a + dialect.alternative + b) ==
            first.unite(second));
    }
  }
}

TEST_CASE("a range reaches the same versions however its numbers grow") {
  // Every number gets twenty-five nines in front: comparisons stay as they were.
  const std::string nines(25, '9');
  const auto grown = [&](const std::string& text) {
    std::string result;
    bool in_number = false;
    for (const char c : text) {
      const bool digit = c >= '0' && c <= '9';
      if (digit && !in_number) result += nines;
      result += c;
      in_number = digit;
    }
    return result;
  };
  Random random(8);
  for (int i = 0; i < cases; ++i) {
    // Two digits everywhere, so that growing keeps the order, and no zero, which a caret looks for.
    const auto number = [&] { return std::to_string(10 + random.below(5)); };
    const auto make = [&] { return number() + "." + number() + "." + number(); };
    static const Words operators = {"^", "~", ">", ">=", "<", "<=", "="};
    const std::string range =
        random.pick(operators) + make() + " " + random.pick(operators) + make();
    const std::string version = make();
    CAPTURE(range);
    CAPTURE(version);
    const auto small = Version::parse(Scheme::semver, version);
    const auto large = Version::parse(Scheme::semver, grown(version));
    REQUIRE(small);
    REQUIRE(large);
    CHECK(parsed(Grammar::npm, Scheme::semver, range).contains(*small) ==
          parsed(Grammar::npm, Scheme::semver, grown(range)).contains(*large));
  }
}

TEST_CASE("any bytes give a set or an error") {
  // The terminating NUL is one of them.
  constexpr char bytes[] = "0123456789.xX*v=<>~^|-+ ,![]()@abrcdevposty\t\n\xC3";
  const std::string pool(bytes, sizeof bytes);
  Random random(9);
  int errors = 0, sets = 0;
  for (int i = 0; i < 20 * cases; ++i) {
    std::string text;
    for (std::size_t length = random.below(14); length > 0; --length) text += random.pick(pool);
    const auto grammar = static_cast<Grammar>(random.below(7));
    const auto scheme = static_cast<Scheme>(random.below(9));
    const auto set = parse_range(grammar, scheme, text);
    set ? ++sets : ++errors;
    if (!set) CHECK(!set.error().message().empty());
  }
  CHECK(errors > cases);
  CHECK(sets > cases / 10);
}

TEST_CASE("texts have a longest length and a largest count of alternatives") {
  const auto alternatives = [](int count) {
    std::string text = "1";
    for (int i = 1; i < count; ++i) text += "||1";
    return text;
  };
  CHECK(parse_range(Grammar::npm, Scheme::semver, alternatives(100)));
  const auto too_many = parse_range(Grammar::npm, Scheme::semver, alternatives(101));
  REQUIRE(!too_many);
  CHECK(too_many.error().message().find("more than 100 alternatives") != std::string::npos);
  CHECK(parse_range(Grammar::npm, Scheme::semver, std::string(999, ' ') + "1"));
  const auto too_long = parse_range(Grammar::npm, Scheme::semver, std::string(1000, ' ') + "1");
  REQUIRE(!too_long);
  CHECK(too_long.error().message().find("longer than 1000 bytes") != std::string::npos);
  for (const Dialect& dialect : dialects) {
    CAPTURE(name_of(dialect.grammar));
    const std::string number(400, '9');
    CHECK(!parse_range(dialect.grammar, dialect.scheme, ">=" + number + "." + number));
  }
}
