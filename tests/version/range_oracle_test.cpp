// The range grammars against the bots' own libraries, on generated ranges and versions: realistic
// ones, odd ones and broken ones.
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <sstream>

#include "version/oracle.h"
#include "version/range.h"

using namespace buildable;
using buildable::testing::Comparison;
using buildable::testing::Oracle;
using buildable::testing::Random;

namespace {

using Words = std::vector<std::string>;

// Seen in repositories of Toolforge's tools.
const Words node_pins = {"26.x",
                         ">=22.12.0 <23",
                         ">=20.19.0 || >=22.12.0",
                         "^20.19.0 || >=22.12.0",
                         ">=20.19 or >=22.12",
                         ">=20.19.0 <21",
                         ">=26.7.0 <27",
                         "v20",
                         "22.20",
                         "22.x",
                         "21.5.0",
                         ">= 18.0.0",
                         "lts/*"};
const Words python_pins = {">=3.12,<3.14", ">=3.12",          "==3.14.*", "~=3.12.0",
                           ">=3.10, <4",   "!=3.13.0,>=3.12", "<3.14",    "^3.12"};
const Words ruby_pins = {"~> 3.4", "~> 3.4.0", ">= 3.2",           ">= 3.2, < 3.5",
                         "3.4.1",  "= 3.3.7",  "~> 4.0.0.preview1"};

struct Grammars {
  Grammar grammar;
  Scheme scheme;
  Words pins;
  std::uint64_t seed;
  std::function<std::string(Random&)> range;
  std::function<std::string(Random&)> version;
  // Why our answer may differ from the library's; empty where it may not.
  std::function<std::string_view(std::string_view range, std::string_view version)> reason;
};

std::string spaces(Random& random) {
  static const Words choices = {"", "", "", "", " ", " ", "  "};
  return random.pick(choices);
}

// A byte too many, too few, or another one: most of these are malformed.
std::string broken(Random& random, std::string text) {
  constexpr std::string_view bytes = "0123456789.xX*vV=<>~^|-+ ,abrcdev!@#";
  const std::size_t at = random.below(text.size() + 1);
  if (random.one_in(2) && at < text.size()) {
    text.erase(at, 1);
  } else {
    text.insert(at, 1, random.pick(bytes));
  }
  return text;
}

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string ours(const Grammars& grammars, const std::string& range, const std::string& version) {
  const auto set = parse_range(grammars.grammar, grammars.scheme, range);
  if (!set) return "error";
  const auto parsed = Version::parse(grammars.scheme, version);
  if (!parsed) return "error";
  return set->contains(*parsed) ? "true" : "false";
}

void hold_against_oracle(const Grammars& grammars) {
  const auto oracle = Oracle::find();
  if (!oracle) return;
  Random random(grammars.seed);
  constexpr std::size_t range_count = 4000, versions_a_range = 5;
  std::vector<std::pair<std::string, std::string>> pairs;
  for (std::size_t count = 0; count < range_count; ++count) {
    std::string range = random.one_in(12) ? random.pick(grammars.pins) : grammars.range(random);
    if (random.one_in(10)) range = broken(random, std::move(range));
    for (std::size_t i = 0; i < versions_a_range; ++i) {
      pairs.emplace_back(range, grammars.version(random));
    }
  }
  std::vector<std::string> questions;
  for (const auto& [range, version] : pairs) {
    questions.push_back("satisfies\t" + std::string(name_of(grammars.grammar)) + "\t" + range +
                        "\t" + version);
  }
  const std::vector<std::string> answers = oracle->ask(questions);
  Comparison comparison;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto& [range, version] = pairs[i];
    comparison.add("\"" + range + "\" and " + version, ours(grammars, range, version), answers[i],
                   grammars.reason(range, version));
  }
  comparison.report();
  // The questions are worth asking: no answer is rare.
  for (const char* answer : {"true", "false", "error"}) {
    CHECK(comparison.count(answer) >= static_cast<int>(pairs.size() / 20));
  }
}

// --- npm ---

const Words npm_majors = {"0", "1", "20", "22", "22", "22", "24", "26"};
const Words npm_places = {"0", "0", "1", "2", "12", "19"};
const Words npm_prereleases = {"0",      "rc.1", "rc.2", "alpha", "alpha.1", "beta.10",
                               "beta.9", "x",    "1.a",  "a-b",   "rc.1.0",  "-"};
const Words npm_operators = {"",   "",   "^", "^", "~",  "~", ">",
                             ">=", ">=", "<", "<", "<=", "=", "~>"};

std::string npm_version(Random& random) {
  std::string text =
      random.pick(npm_majors) + "." + random.pick(npm_places) + "." + random.pick(npm_places);
  if (random.one_in(3)) text += "-" + random.pick(npm_prereleases);
  if (random.one_in(20)) text += "+build.5";
  return text;
}

std::string npm_partial(Random& random) {
  static const Words open = {"x", "X", "*"};
  if (random.one_in(2)) return npm_version(random);
  std::string text = random.one_in(10) ? random.pick(open) : random.pick(npm_majors);
  for (int place = 0; place < 2 && !random.one_in(3); ++place) {
    text += "." + (random.one_in(3) ? random.pick(open) : random.pick(npm_places));
  }
  return text;
}

std::string npm_comparator(Random& random) {
  static const Words prefixes = {"", "", "", "", "", "", "v", "=", "v=", "V"};
  return random.pick(npm_operators) + spaces(random) + random.pick(prefixes) + npm_partial(random);
}

std::string npm_alternative(Random& random) {
  if (random.one_in(6)) return npm_partial(random) + " - " + npm_partial(random);
  std::string text = npm_comparator(random);
  while (random.one_in(3)) text += " " + npm_comparator(random);
  return text;
}

// Pieces of ranges in any order and with any spaces.
std::string npm_pieces(Random& random) {
  static const Words pieces = {">",          "<",        "=",   ">=",   "<=",   "~",  "~>",
                               "^",          "v",        "+22", "+a.b", "-",    "x",  "*",
                               "1",          "22",       "0.1", "22.1", "22.x", "||", "22.1.2",
                               "1.0.0-rc.1", "24.0.0+5", "=22", "- "};
  std::string text;
  do text += random.pick(pieces) + (random.one_in(2) ? " " : random.one_in(6) ? "  " : "");
  while (!random.one_in(5));
  return text;
}

std::string npm_range(Random& random) {
  if (random.one_in(5)) return npm_pieces(random);
  static const Words odd = {
      "",           " ",         "*",           "x",        "||",      "1.2.3.4", "01.2.3",
      "1.2-rc",     "latest",    "lts/*",       ">=",       "~>",      "1.2.3 -", "1 || foo",
      "> =1.2",     "~ >=1.2.3", "^ 1",         ">*",       "<x",      "1.x.3",   "~1.x.3",
      "*.1",        "<0.0.0-0",  "=>1.2",       ">=1.2,<2", "node",    "v",       "1.2.3-",
      "1.2.3-01",   "1.2.3+",    "^1.2.x-beta", "vv1.2",    "==1.2.3", ">==1.2",  " +22 > =0.1",
      "> +22 =0.1", "+22",       "1 - +a 2"};
  if (random.one_in(10)) return random.pick(odd);
  std::string text = npm_alternative(random);
  while (random.one_in(4)) text += spaces(random) + "||" + spaces(random) + npm_alternative(random);
  return text;
}

std::string_view npm_reason(std::string_view range, std::string_view) {
  if (range == "latest") return "buildpacks read the tag \"latest\" as \"*\"";
  if (has(range, "*") && !parse_range(Grammar::npm, Scheme::semver, range)) {
    return "node-semver deletes stray stars from malformed comparators (\"*22.19.9\")";
  }
  return {};
}

// --- PEP 440 ---

const Words pep440_releases = {"3",      "3.0",    "3.12", "3.13", "3.13.0", "3.13.1",  "3.14",
                               "3.14.0", "3.14.2", "4",    "4.0",  "2.7.18", "3.14.10", "3.9"};
const Words pep440_suffixes = {"a1",       "b2",     "rc1",    "rc2",     ".dev0",
                               ".dev3",    ".post1", ".post2", "a1.dev1", ".post1.dev1",
                               "a1.post1", "-1",     "alpha1", ".RC1"};

std::string pep440_version(Random& random) {
  std::string text = random.one_in(30) ? "1!" : "";
  text += random.pick(pep440_releases);
  if (random.one_in(3)) text += random.pick(pep440_suffixes);
  if (random.one_in(15)) text += "+local.1";
  return text;
}

std::string pep440_specifier(Random& random) {
  static const Words operators = {"==", "!=", ">=", ">=", "<", "<", "<=", ">", "~=", "==="};
  const std::string op = random.pick(operators);
  std::string operand = random.one_in(3) ? pep440_version(random) : random.pick(pep440_releases);
  if ((op == "==" || op == "!=" || random.one_in(30)) && random.one_in(2)) operand += ".*";
  return op + spaces(random) + operand;
}

std::string pep440_range(Random& random) {
  static const Words odd = {"",          "3.14",  ">=",      "==*",      ">=3.14.*",
                            "=>3.12",    "~=3",   "==3.*.1", ">= v3.12", "!3.12",
                            ">=3.12;<4", "^3.12", "==3.14+"};
  if (random.one_in(12)) return random.pick(odd);
  std::string text = pep440_specifier(random);
  while (random.one_in(2)) text += "," + spaces(random) + pep440_specifier(random);
  return text;
}

struct Specifier {
  std::string op;
  std::string operand;
  std::optional<Version> version;  // of the operand without its wildcard

  bool wildcard() const { return has(operand, ".*"); }
  bool names_prerelease() const { return version && version->is_prerelease(); }
};

std::vector<Specifier> specifiers(std::string_view range) {
  std::vector<Specifier> result;
  std::istringstream parts{std::string(range)};
  for (std::string part; std::getline(parts, part, ',');) {
    const std::size_t begin = part.find_first_of("<>=!~");
    if (begin == part.npos) continue;
    const std::size_t end = part.find_first_not_of("<>=!~", begin);
    if (end == part.npos) continue;
    Specifier specifier{part.substr(begin, end - begin), part.substr(end), {}};
    specifier.operand.erase(0, specifier.operand.find_first_not_of(' '));
    const auto version =
        Version::parse(Scheme::pep440, specifier.operand.substr(0, specifier.operand.find(".*")));
    if (version) specifier.version = *version;
    result.push_back(std::move(specifier));
  }
  return result;
}

std::vector<std::string> release_without_zeros(const Version& version) {
  std::vector<std::string> release = version.release();
  while (release.size() > 1 && release.back() == "0") release.pop_back();
  return release;
}

// The bot's library simplifies; the specification and `packaging` do not.
std::string_view specifier_reason(const Specifier& specifier, const Version& version) {
  const auto& [op, operand, named] = specifier;
  if (op.substr(0, 3) == "===") return "\"===\" compares spelling there, versions here";
  if (!named) return {};
  if (specifier.wildcard() && version.release().size() < named->release().size()) {
    return "\"==3.0.*\" takes no 3 there";
  }
  if (specifier.wildcard() &&
      named->text().find_first_not_of("0123456789.!") != std::string::npos) {
    return "a wildcard may follow a prerelease there";
  }
  if ((op == "<" || op == ">") && release_without_zeros(version) == release_without_zeros(*named)) {
    return "\"<\" and \">\" refuse everything of the same release there, of any epoch";
  }
  if (op == "!=" && named->is_prerelease() && version.is_prerelease()) {
    return "\"!=\" asks for prereleases too there";
  }
  return {};
}

std::string_view pep440_reason(std::string_view range, std::string_view text) {
  const auto version = Version::parse(Scheme::pep440, text);
  if (!version) return {};
  if (has(range, "+") || has(text, "+")) return "it drops the local version of both sides";
  if (!range.empty() && (range.back() == ',' || range.front() == ',' || has(range, ",,"))) {
    return "a comma too many is an error there";
  }
  const std::vector<Specifier> all = specifiers(range);
  bool some_name = false, some_do_not = false;
  for (const Specifier& specifier : all) {
    const std::string_view reason = specifier_reason(specifier, *version);
    if (!reason.empty()) return reason;
    (specifier.names_prerelease() ? some_name : some_do_not) = true;
  }
  if (version->is_prerelease() && some_name && some_do_not) {
    return "each specifier must name a prerelease there, here one is enough";
  }
  return {};
}

// --- Ruby ---

const Words ruby_releases = {"3",     "3.0", "3.2", "3.3", "3.3.7", "3.4",     "3.4.0",
                             "3.4.1", "3.5", "4",   "4.0", "4.0.0", "2.7.8.1", "3.10"};
const Words ruby_suffixes = {".preview1", ".rc1", ".a", ".rc.2", "rc2", ".alpha.0", ".dev"};

std::string ruby_version(Random& random) {
  std::string text = random.pick(ruby_releases);
  if (random.one_in(3)) text += random.pick(ruby_suffixes);
  return text;
}

std::string ruby_range(Random& random) {
  static const Words operators = {"", "=", "!=", ">", "<", ">=", ">=", "<=", "~>", "~>", "~>"};
  static const Words odd = {"",     ">=",      "~>",           "^3.4",  "~3.4",
                            "3.x",  "latest",  ">= 3.2 < 3.5", "==3.4", "v3.4",
                            "3..4", ">= 3.2,", "=> 3.2",       "3.4.*", "~> 3 - 4"};
  if (random.one_in(10)) return random.pick(odd);
  std::string text;
  do {
    if (!text.empty()) text += "," + spaces(random);
    text += random.pick(operators) + spaces(random) + ruby_version(random);
  } while (random.one_in(3));
  return text;
}

std::string_view ruby_reason(std::string_view range, std::string_view) {
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::any_of(range.begin(), range.end(), is_upper)) {
    return "words are ordered by the locale there, by bytes in Ruby";
  }
  if (has(range, "-")) return "\"-\" is \".\" here, as Bundler writes it, and \".pre.\" there";
  return {};
}

}  // namespace

TEST_CASE("npm ranges admit what node-semver admits") {
  hold_against_oracle(
      {Grammar::npm, Scheme::semver, node_pins, 20260514, npm_range, npm_version, npm_reason});
}

TEST_CASE("PEP 440 specifiers admit what the bot's library admits") {
  hold_against_oracle({Grammar::pep440, Scheme::pep440, python_pins, 20260515, pep440_range,
                       pep440_version, pep440_reason});
}

TEST_CASE("Ruby requirements admit what the bot's library admits") {
  hold_against_oracle(
      {Grammar::ruby, Scheme::ruby, ruby_pins, 20260516, ruby_range, ruby_version, ruby_reason});
}
