// https://semver.org/spec/v2.0.0.html in the dialect of npm (a leading "v" or "=") and of the .NET
// SDK; and the releases of Go, which are written otherwise but counted alike.
//
// Key: three numbers, phase; after a prerelease its identifiers.
#include <algorithm>

#include "version/scheme_cuts.h"

namespace buildable {
namespace {

enum Phase : char { prerelease = 2, final_release = 3 };
enum Identifier : char { identifiers_end = 1, identifier_text = '\xFE' };
enum GoPhase : char { go_alpha = 2, go_beta = 3, go_candidate = 4, go_final = 5 };

bool has_leading_zero(std::string_view digits) { return digits.size() > 1 && digits[0] == '0'; }

void pad_to_three(std::string& key, int count) {
  for (; count < 3; ++count) append_number(key, {});
}

bool scan_identifier(Scanner& in, std::string& key) {
  const auto accepts = [](char c) { return is_letter_or_digit(c) || c == '-'; };
  const std::string_view identifier = in.take_while(accepts);
  if (identifier.empty()) return false;
  if (std::all_of(identifier.begin(), identifier.end(), is_digit)) {
    append_number(key, identifier);
    return !has_leading_zero(identifier);
  }
  ((key += identifier_text) += identifier) += '\0';
  return true;
}

bool scan_prerelease(Scanner& in, Parsed& out) {
  if (!in.take('-')) {
    out.key += final_release;
    return true;
  }
  const std::string_view start = in.rest;
  out.key += prerelease;
  do {
    if (!scan_identifier(in, out.key)) return false;
  } while (in.take('.'));
  out.key += identifiers_end;
  (out.text += '-') += start.substr(0, start.size() - in.rest.size());
  out.prerelease = true;
  return true;
}

// SemVer forbids leading zeros in numbers.
bool numbers_have_leading_zero(std::string_view written, std::string_view normal) {
  return written.substr(0, normal.size()) != normal;
}

bool scan_go_prerelease(Scanner& in, Parsed& out) {
  struct Kind {
    std::string_view word;
    GoPhase phase;
  };
  constexpr Kind kinds[] = {{"alpha", go_alpha}, {"beta", go_beta}, {"rc", go_candidate}};
  const bool dashed = in.take('-');
  for (const Kind& kind : kinds) {
    if (!in.take_word(kind.word)) continue;
    if (dashed) in.take('.');
    const std::string_view number = in.take_digits();
    append_number(out.key += kind.phase, number);
    const std::string_view digits = without_leading_zeros(number);
    (out.text += kind.word) += digits.empty() ? std::string_view("0") : digits;
    out.prerelease = true;
    return !number.empty();
  }
  out.key += go_final;
  return !dashed;
}

}  // namespace

std::optional<Parsed> parse_semver(std::string_view text) {
  Scanner in{text};
  Parsed out;
  in.take('=');
  in.take_one_of("vV");
  const std::string_view written = in.rest;
  const Release release = scan_release(in, out);
  if (release.count < 1 || release.count > 3) return {};
  if (numbers_have_leading_zero(written, out.text)) return {};
  pad_to_three(out.key, release.count);
  if (release.count < 3 && !in.done()) return {};
  if (!scan_prerelease(in, out) || !skip_build_metadata(in) || !in.done()) return {};
  return out;
}

std::optional<Parsed> parse_go(std::string_view text) {
  Scanner in{text};
  Parsed out;
  if (!in.take_word("go")) in.take('v');
  const Release release = scan_release(in, out);
  if (release.count < 1 || release.count > 3) return {};
  pad_to_three(out.key, release.count);
  if (!scan_go_prerelease(in, out) || !in.done()) return {};
  return out;
}

// Cuts ------------------------------------------------------------------------------------------

// After P comes P.0 at once; the lowest of a release is "-0".
Cut canonical_at_prerelease_semver(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (cut.side == Cut::Side::after) return cut;
  if (text == release_of(cut.at) + "-0") return moved(cut, release_of(cut.at), Cut::Side::floor);
  return text.ends_with(".0") ? moved(cut, without_end(text, 2), Cut::Side::after) : cut;
}

Cut canonical_at_prerelease_go(const Cut& cut) {
  const std::string& text = cut.at.text();
  if (cut.side == Cut::Side::after)
    return moved(cut, with_last_number_incremented(text), Cut::Side::before);
  return text.ends_with("alpha0") ? moved(cut, release_of(cut.at), Cut::Side::floor) : cut;
}

}  // namespace buildable
