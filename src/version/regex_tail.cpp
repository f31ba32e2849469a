#include "version/regex_tail.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "version/regex_digits.h"

namespace buildable {
namespace {

// A tail whose first word begins with one of these marks a prerelease; "#" is any digit. Cut to
// what tells them from the variants that images have ("alpine", "bookworm", "cli", "nanoserver",
// "noble", "musl", "ubi"): alpha, beta, b1, canary, c1, cr1, dev, ea, experimental, milestone, m1,
// next, nightly, preview, rc, snapshot, test, unstable, v8-canary. Sorted; none begins another.
constexpr std::string_view prerelease_words[] = {"a#",  "alph", "b#",   "bet", "c#",  "can", "cr#",
                                                 "dev", "ea",   "exp",  "m#",  "mil", "nex", "nig",
                                                 "pre", "rc",   "snap", "tes", "uns", "v#"};
// Java's builds are called "b06" ("8u442-b06-jdk").
constexpr std::string_view java_build = "b#";

using Words = std::span<const std::string_view>;

// Those of the words, alike up to `place`, that have this letter there.
Words going_on_with(Words words, std::size_t place, char letter) {
  const auto before = [&](std::string_view word) { return word[place] < letter; };
  const auto upto = [&](std::string_view word) { return word[place] <= letter; };
  const auto first = std::partition_point(words.begin(), words.end(), before);
  return {first, std::partition_point(first, words.end(), upto)};
}

// The letters (and digits, after the first place) with which no word goes on.
std::string free_characters(Words words, std::size_t place) {
  const auto is_free = [&](char letter) { return going_on_with(words, place, letter).empty(); };
  std::string members;
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    if (!is_free(letter)) continue;
    char end = letter;
    while (end < 'z' && is_free(static_cast<char>(end + 1))) ++end;
    members += letter;
    if (end > letter + 1) members += '-';
    if (end > letter) members += end;
    letter = end;
  }
  if (place > 0 && is_free('#')) members += "\\d";
  return "[" + members + "]";
}

// Texts of lower-case letters that are long enough to differ from every word.
Alternatives unlike(Words words, std::size_t place) {
  Alternatives result;
  result.add(free_characters(words, place));
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    const Words more = going_on_with(words, place, letter);
    if (!more.empty() && more.front().size() > place + 1)
      result.add(letter + unlike(more, place + 1).grouped());
  }
  return result;
}

}  // namespace

std::string tail_pattern(Scheme scheme, RegexTail tail) {
  if (tail == RegexTail::builds)
    return scheme == Scheme::java ? std::string() : "(?:" + build_pattern() + ")?";
  std::vector<std::string_view> words(std::begin(prerelease_words), std::end(prerelease_words));
  if (scheme == Scheme::java) std::erase(words, java_build);
  // Variants are lower case, all but Java's "-LTS"; so "-RC1" and "-SNAPSHOT" need no words.
  const std::string word = "[-+_](?:LTS|" + unlike(words, 0).text + ")[\\w.+-]*";
  if (scheme == Scheme::java) return "(?:" + word + ")?";
  return "(?:" + build_pattern() + "|" + word + ")?";
}

std::string build_pattern() { return "[+_]\\d[\\w.+-]*"; }

}  // namespace buildable
