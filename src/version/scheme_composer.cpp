// Composer's VersionParser over PHP's version_compare: up to four numbers (missing ones are zero),
// then a stability. https://getcomposer.org/doc/04-schema.md#version
//
// Key: release without trailing zeros, stability, the numbers after it, and whether "-dev" ends it.
#include "version/scheme_cuts.h"

namespace buildable {
namespace {

enum Stability : char { dev = 2, alpha = 3, beta = 4, candidate = 5, stable = 6, patch = 7 };
enum End : char { dev_end = 2, plain_end = 3 };

struct Spelling {
  std::string_view word;
  std::string_view normal;
  Stability stability;
};
// Longer words stand before those that they begin with.
constexpr Spelling spellings[] = {
    {"stable", "", stable},    {"beta", "beta", beta},    {"b", "beta", beta},
    {"rc", "RC", candidate},   {"alpha", "alpha", alpha}, {"a", "alpha", alpha},
    {"patch", "patch", patch}, {"pl", "patch", patch},    {"p", "patch", patch},
};

void scan_stability_numbers(Scanner& in, bool keep, Parsed& out) {
  bool first = true;
  for (;;) {
    Scanner ahead = in;
    ahead.take_one_of(".-");
    const std::string_view digits = ahead.take_digits();
    if (digits.empty()) return;
    in = ahead;
    if (!keep) continue;
    if (!first) out.text += '.';
    first = false;
    const std::string_view number = without_leading_zeros(digits);
    out.text += number.empty() ? std::string_view("0") : number;
    append_number(out.key, number);
  }
}

Stability scan_stability(Scanner& in, Parsed& out) {
  Scanner ahead = in;
  ahead.take_one_of("._-");
  for (const Spelling& spelling : spellings) {
    if (!ahead.take_word(spelling.word)) continue;
    in = ahead;
    const bool keep = spelling.stability != stable;
    if (keep) {
      (out.text += '-') += spelling.normal;
      out.key += spelling.stability;
    }
    scan_stability_numbers(in, keep, out);
    return spelling.stability;
  }
  return stable;
}

bool scan_dev(Scanner& in) {
  Scanner ahead = in;
  ahead.take_one_of("._-");
  if (!ahead.take_word("dev")) return false;
  in = ahead;
  return true;
}

}  // namespace

std::optional<Parsed> parse_composer(std::string_view text) {
  Scanner in{text};
  Parsed out;
  in.take_one_of("vV");
  const Release release = scan_release(in, out);
  if (release.count < 1 || release.count > 4) return {};
  out.key.resize(release.significant);
  const Stability stability = scan_stability(in, out);
  const bool is_dev = scan_dev(in);
  if (is_dev) out.text += "-dev";
  if (stability == stable)
    out.key += is_dev ? dev : stable;
  else
    out.key += is_dev ? dev_end : plain_end;
  out.prerelease = is_dev || stability < stable;
  if (!skip_build_metadata(in) || !in.done()) return {};
  return out;
}

// Cuts ------------------------------------------------------------------------------------------

std::string next_final_composer(const Version& prerelease) {
  const std::string_view text = prerelease.text();
  const bool of_patch = text.find("-patch") != std::string_view::npos;
  return of_patch ? std::string(without_end(text, 4)) : release_of(prerelease);
}

// "8.2-patch" follows 8.2 at once, "8.2-patch1.0" follows "8.2-patch1".
Cut canonical_final_composer(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (cut.side == Cut::Side::after || text.find("-patch") == std::string_view::npos) return cut;
  if (text.ends_with("-patch")) return moved(cut, without_end(text, 6), Cut::Side::after);
  if (text.ends_with(".0")) return moved(cut, without_end(text, 2), Cut::Side::after);
  if (text.ends_with("-patch0")) return moved(cut, without_end(text, 1), Cut::Side::after);
  return cut;
}

// A release's prereleases begin with "-dev" and "-alpha-dev"; after X comes X.0-dev.
Cut canonical_at_prerelease_composer(const Cut& cut) {
  const std::string& text = cut.at.text();
  const std::string release = release_of(cut.at);
  if (cut.side == Cut::Side::before) {
    if (text == release + "-dev") return moved(cut, release, Cut::Side::floor);
    return text == release + "-patch-dev" ? moved(cut, release, Cut::Side::before) : cut;
  }
  if (text == release + "-dev") return moved(cut, release + "-alpha-dev", Cut::Side::before);
  if (!text.ends_with("-dev")) return moved(cut, text + ".0-dev", Cut::Side::before);
  const std::string_view stem = without_end(text, 4);
  const bool of_patch = stem.find("-patch") != std::string_view::npos;
  return moved(cut, of_patch ? std::string(stem) + ".0-dev" : std::string(stem), Cut::Side::before);
}

Cut canonical_at_final_composer(const Cut& cut) {
  const std::string& text = cut.at.text();
  if (text.find("-patch") == std::string::npos) return before_the_final(cut);
  return moved(cut, text + ".0-dev", Cut::Side::before);
}

}  // namespace buildable
