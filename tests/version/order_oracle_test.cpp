// The order of versions against the bots' own libraries.
#include <doctest/doctest.h>

#include <functional>

#include "version/oracle.h"
#include "version/version.h"

using namespace buildable;
using buildable::testing::Comparison;
using buildable::testing::Oracle;
using buildable::testing::Random;

namespace {

using Words = std::vector<std::string>;

const Words numbers = {"0", "0", "1", "2", "3", "9", "10", "11", "99", "100", "22"};

std::string release(Random& random, std::size_t at_least, std::size_t at_most) {
  std::string text = random.pick(numbers);
  const std::size_t count = at_least + random.below(at_most - at_least + 1);
  for (std::size_t i = 1; i < count; ++i) text += "." + random.pick(numbers);
  return text;
}

std::string semver_text(Random& random) {
  static const Words prereleases = {"-0",       "-1",    "-a",     "-A",    "-alpha",    "-alpha.1",
                                    "-alpha.a", "-rc.1", "-rc.10", "-rc.9", "-rc1",      "-a-b",
                                    "-a.0.b",   "--",    "-9a",    "-10",   "-beta.1.2", "-Z"};
  std::string text = random.one_in(10) ? "v" : "";
  text += release(random, 3, 3);
  if (random.one_in(2)) text += random.pick(prereleases);
  if (random.one_in(10)) text += "+build." + random.pick(numbers);
  return text;
}

std::string pep440_text(Random& random) {
  static const Words pre = {"a1",       "b1",    "rc1",   "rc10", "c2",
                            ".alpha.1", "-beta", "_pre2", "RC3",  "a0"};
  static const Words post = {".post1", ".post0", "-1", ".rev2", "r3", ".post10", "post"};
  static const Words dev = {".dev0", ".dev1", "dev10", "-dev2"};
  static const Words local = {"+a", "+1", "+1.2", "+a.1", "+1.a", "+abc-1", "+10", "+9"};
  std::string text = random.one_in(20) ? random.pick(numbers) + "!" : "";
  text += release(random, 1, 4);
  if (random.one_in(3)) text += random.pick(pre);
  if (random.one_in(4)) text += random.pick(post);
  if (random.one_in(4)) text += random.pick(dev);
  if (random.one_in(8)) text += random.pick(local);
  return text;
}

std::string ruby_text(Random& random) {
  static const Words words = {".a",   ".b1",  ".preview1", ".preview10", ".preview2",
                              ".rc1", "rc1",  ".rc.1",     ".a.0",       ".0.a",
                              ".a.1", ".dev", ".a.b",      ".0.0.a"};
  std::string text = release(random, 1, 4);
  if (random.one_in(2)) text += random.pick(words);
  return text;
}

// The second of a pair is often near the first: the same numbers, another end.
std::string neighbour(Random& random, const std::string& text,
                      const std::function<std::string(Random&)>& make) {
  if (random.one_in(3)) return make(random);
  const std::string other = make(random);
  const auto end_of_numbers = [](const std::string& version) {
    return std::min(version.find_first_not_of("v0123456789.!"), version.size());
  };
  std::string stem = text.substr(0, end_of_numbers(text));
  while (!stem.empty() && stem.back() == '.') stem.pop_back();
  const std::size_t rest = end_of_numbers(other);
  const bool dotted = rest > 0 && other[rest - 1] == '.';
  return stem + (dotted ? "." : "") + other.substr(rest);
}

void hold_against_oracle(Scheme scheme, const std::string& name, std::uint64_t seed,
                         const std::function<std::string(Random&)>& make) {
  const auto oracle = Oracle::find();
  if (!oracle) return;
  Random random(seed);
  std::vector<std::pair<std::string, std::string>> pairs;
  std::vector<std::string> questions;
  for (int count = 0; count < 20000; ++count) {
    const std::string first = make(random);
    const std::string second = neighbour(random, first, make);
    pairs.emplace_back(first, second);
    questions.push_back("order\t" + name + "\t" + first + "\t" + second);
  }
  const std::vector<std::string> answers = oracle->ask(questions);
  Comparison comparison;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const auto a = Version::parse(scheme, pairs[i].first);
    const auto b = Version::parse(scheme, pairs[i].second);
    std::string ours = "error";
    if (a && b) ours = order(*a, *b) < 0 ? "-1" : order(*a, *b) > 0 ? "1" : "0";
    comparison.add(pairs[i].first + " and " + pairs[i].second, ours, answers[i], {});
  }
  comparison.report();
  for (const char* answer : {"-1", "0", "1"}) CHECK(comparison.count(answer) >= 500);
}

}  // namespace

TEST_CASE("SemVer versions are ordered as node-semver orders them") {
  hold_against_oracle(Scheme::semver, "semver", 20260517, semver_text);
}

TEST_CASE("PEP 440 versions are ordered as the bot's library orders them") {
  hold_against_oracle(Scheme::pep440, "pep440", 20260518, pep440_text);
}

TEST_CASE("Ruby versions are ordered as the bot's library orders them") {
  hold_against_oracle(Scheme::ruby, "ruby", 20260519, ruby_text);
}
