// Tags of images: "3.14.0rc1-slim", "21.0.4_7-jre", "8u442-b06-jdk", "22.1.0-alpine3.22". No
// standard; the order of numbers, then of the word, then of the suffix. A word of prereleases sorts
// below none and may stand at the head of the suffix ("3.5.0-preview1-slim"); other words and
// "_7" sort above none, as rebuilds do. The text stays as written: a tag is a name.
#include "version/scheme_cuts.h"

namespace buildable {
namespace {

enum Phase : char { prerelease = 2, plain = 3, update = 4 };
enum Suffix : char { numbers_end = 2, no_suffix = 2, suffix = 3 };

constexpr std::string_view prerelease_words[] = {"a",       "alpha", "b",  "beta",     "c",
                                                 "canary",  "dev",   "ea", "early",    "nightly",
                                                 "preview", "pre",   "rc", "snapshot", "unstable"};

bool is_prerelease_word(std::string_view lower_case) {
  for (std::string_view word : prerelease_words)
    if (word == lower_case) return true;
  return false;
}

void scan_word_numbers(Scanner& in, std::string& key) {
  while (is_digit(in.peek())) {
    append_number(key, in.take_digits());
    const bool more = in.peek() == '.' && in.rest.size() > 1 && is_digit(in.rest[1]);
    if (more) in.take('.');
  }
  key += numbers_end;
}

// "rc1", "-rc1", "-rc.1", "u442", "_7", or nothing.
void scan_word(Scanner& in, Parsed& out) {
  Scanner ahead = in;
  const bool dashed = ahead.take('-');
  const bool update_part = !dashed && ahead.take('_') && is_digit(ahead.peek());
  const std::string word = to_lower(ahead.take_while(is_letter));
  out.prerelease = is_prerelease_word(word);
  if ((dashed && !out.prerelease) || (!update_part && word.empty())) {
    out.key += plain;
    return;
  }
  if (dashed) ahead.take('.');
  in = ahead;
  out.key += out.prerelease ? prerelease : update;
  (out.key += word) += '\0';
  scan_word_numbers(in, out.key);
}

bool scan_suffix(Scanner& in, std::string& key) {
  if (in.done()) {
    key += no_suffix;
    return true;
  }
  if (!in.take('-') || !is_letter_or_digit(in.peek()) || !is_letter_or_digit(in.rest.back()))
    return false;
  const auto accepts = [](char c) {
    return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-';
  };
  ((key += suffix) += in.take_while(accepts)) += '\0';
  return in.done();
}

}  // namespace

std::optional<Parsed> parse_docker(std::string_view text) {
  Scanner in{text};
  Parsed out;
  in.take('v');
  if (scan_release(in, out).count == 0) return {};
  scan_word(in, out);
  if (!scan_suffix(in, out.key)) return {};
  out.text = text;
  return out;
}

// Cuts ------------------------------------------------------------------------------------------

// A suffix "-0" follows none at once.
Cut canonical_final_docker(const Cut& cut) {
  using namespace std::string_view_literals;
  if (cut.side == Cut::Side::after || !cut.at.key().ends_with("\x03\x30\0"sv)) return cut;
  return moved(cut, without_end(cut.at.text(), 2), Cut::Side::after);
}

// The lowest word is "a".
Cut canonical_at_prerelease_docker(const Cut& cut) {
  using namespace std::string_view_literals;
  const bool lowest =
      cut.side == Cut::Side::before && cut.at.key().ends_with("\x02\x61\0\x02\x02"sv);
  if (!lowest) return canonical_final_docker(cut);
  return canonical(moved(cut, release_of(cut.at), Cut::Side::floor), World::prereleases);
}

// 3.14.0 follows the finals of 3.14 at once.
Cut canonical_floor_docker(const Cut& cut) {
  const std::string release = release_of(cut.at);
  if (!release.ends_with(".0")) return release_floor(cut);
  return moved(cut, without_end(release, 2), Cut::Side::before);
}

}  // namespace buildable
