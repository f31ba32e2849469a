// https://packaging.python.org/en/latest/specifications/version-specifiers/
//
// Key: epoch, release without trailing zeros, phase; a development release of the release itself is
// then its number, everything else the number of the prerelease, the post release, the development
// release and the local version.
#include "version/scheme_cuts.h"

namespace buildable {
namespace {

enum Phase : char { dev_only = 2, alpha = 3, beta = 4, candidate = 5, final_release = 6 };
enum Post : char { no_post = 2, post = 3 };
enum Dev : char { dev = 2, no_dev = 3 };
enum Local : char { local_end = 1, local = 5, local_text = 16 };

struct Spelling {
  std::string_view word;
  std::string_view normal;
  Phase phase;
};
// Longer words stand before those that they begin with.
constexpr Spelling prereleases[] = {
    {"alpha", "a", alpha},        {"a", "a", alpha},
    {"beta", "b", beta},          {"b", "b", beta},
    {"preview", "rc", candidate}, {"pre", "rc", candidate},
    {"rc", "rc", candidate},      {"c", "rc", candidate},
};

// A number that may be missing after a separator: "a.1", "a-1", "a1", "a".
std::string_view optional_number(Scanner& in) {
  in.take_one_of("-_.");
  return without_leading_zeros(in.take_digits());
}

void append_text_number(std::string& text, std::string_view digits) {
  text += digits.empty() ? std::string_view("0") : digits;
}

Phase scan_prerelease(Scanner& in, Parsed& out, std::string_view& number) {
  Scanner ahead = in;
  ahead.take_one_of("-_.");
  for (const Spelling& spelling : prereleases) {
    if (!ahead.take_word(spelling.word)) continue;
    number = optional_number(ahead);
    out.text += spelling.normal;
    append_text_number(out.text, number);
    in = ahead;
    return spelling.phase;
  }
  return final_release;
}

std::optional<std::string_view> scan_post(Scanner& in) {
  Scanner ahead = in;
  if (ahead.take('-') && is_digit(ahead.peek())) {
    in = ahead;
    return without_leading_zeros(in.take_digits());
  }
  ahead = in;
  ahead.take_one_of("-_.");
  if (!ahead.take_word("post") && !ahead.take_word("rev") && !ahead.take_word("r")) return {};
  in = ahead;
  return optional_number(in);
}

std::optional<std::string_view> scan_dev(Scanner& in) {
  Scanner ahead = in;
  ahead.take_one_of("-_.");
  if (!ahead.take_word("dev")) return {};
  in = ahead;
  return optional_number(in);
}

void append_local_segment(std::string_view segment, Parsed& out) {
  bool numeric = true;
  for (char c : segment) numeric = numeric && is_digit(c);
  if (numeric) {
    append_text_number(out.text, without_leading_zeros(segment));
    append_number(out.key, segment);
    return;
  }
  const std::string lower = to_lower(segment);
  out.text += lower;
  ((out.key += local_text) += lower) += '\0';
}

bool scan_local(Scanner& in, Parsed& out) {
  if (!in.take('+')) return true;
  out.text += '+';
  out.key += local;
  do {
    const std::string_view segment = in.take_while(is_letter_or_digit);
    if (segment.empty()) return false;
    append_local_segment(segment, out);
    if (!in.done()) out.text += '.';
  } while (in.take_one_of("-_."));
  out.key += local_end;
  return true;
}

void scan_epoch(Scanner& in, Parsed& out) {
  Scanner ahead = in;
  const std::string_view epoch = ahead.take_digits();
  const bool has_epoch = !epoch.empty() && ahead.take('!');
  append_number(out.key, has_epoch ? epoch : std::string_view());
  if (!has_epoch) return;
  in = ahead;
  if (const std::string_view digits = without_leading_zeros(epoch); !digits.empty())
    (out.text += digits) += '!';
}

void scan_post_and_dev(Scanner& in, Phase phase, std::string_view number, Parsed& out) {
  const auto post_number = scan_post(in);
  if (post_number) append_text_number(out.text += ".post", *post_number);
  const auto dev_number = scan_dev(in);
  if (dev_number) append_text_number(out.text += ".dev", *dev_number);
  out.prerelease = phase != final_release || dev_number;
  if (phase == final_release && !post_number && dev_number) {
    append_number(out.key += dev_only, *dev_number);
    return;
  }
  out.key += phase;
  if (phase != final_release) append_number(out.key, number);
  out.key += post_number ? post : no_post;
  if (post_number) append_number(out.key, *post_number);
  out.key += dev_number ? dev : no_dev;
  if (dev_number) append_number(out.key, *dev_number);
}

}  // namespace

std::optional<Parsed> parse_pep440(std::string_view text) {
  Scanner in{text};
  Parsed out;
  in.take_one_of("vV");
  scan_epoch(in, out);
  const Release release = scan_release(in, out);
  if (release.count == 0) return {};
  out.key.resize(release.significant);
  std::string_view number;
  const Phase phase = scan_prerelease(in, out, number);
  scan_post_and_dev(in, phase, number, out);
  if (!scan_local(in, out) || !in.done()) return {};
  return out;
}

// Cuts ------------------------------------------------------------------------------------------

std::string next_final_pep440(const Version& prerelease) {
  const std::string& text = prerelease.text();
  const std::string_view stem = std::string_view(text).substr(0, text.find(".dev"));
  const bool of_prerelease = stem.find_first_of("abc") != std::string_view::npos;
  return of_prerelease ? release_of(prerelease) : std::string(stem);
}

// Post releases are counted: after 1.0 comes 1.0.post0, after 1.0.post0 comes 1.0.post1.
Cut canonical_final_pep440(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (text.find(".post") == std::string_view::npos || text.find('+') != std::string_view::npos)
    return cut;
  if (cut.side == Cut::Side::after)
    return moved(cut, with_last_number_incremented(text), Cut::Side::before);
  if (!text.ends_with(".post0")) return cut;
  return moved(cut, without_end(text, 6), Cut::Side::after);
}

namespace {

// After X.dev1 comes X.dev2; after X comes X.post0.dev0, after X.post0 comes X.post1.dev0.
Cut after_prerelease(const Cut& cut) {
  const std::string& text = cut.at.text();
  if (text.find('+') != std::string::npos) return cut;
  if (text.find(".dev") != std::string::npos)
    return moved(cut, with_last_number_incremented(text), Cut::Side::before);
  if (text.find(".post") == std::string::npos) return cut;
  return moved(cut, with_last_number_incremented(text) + ".dev0", Cut::Side::before);
}

Cut before_prerelease(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (!text.ends_with(".dev0")) return cut;
  std::string_view stem = without_end(text, 5);
  const bool of_prerelease = stem.find_first_of("abc") != std::string_view::npos;
  if (stem.ends_with(".post0"))
    return moved(cut, without_end(stem, 6), of_prerelease ? Cut::Side::after : Cut::Side::before);
  const bool of_release = !of_prerelease && stem.find(".post") == std::string_view::npos;
  return of_release ? moved(cut, stem, Cut::Side::floor) : cut;
}

}  // namespace

Cut canonical_at_prerelease_pep440(const Cut& cut) {
  return cut.side == Cut::Side::after ? after_prerelease(cut) : before_prerelease(cut);
}

// No prerelease lies between a final, its local versions and its next post release's first.
Cut canonical_at_final_pep440(const Cut& cut) {
  const std::string_view text = cut.at.text();
  const std::string_view public_part = text.substr(0, text.find('+'));
  if (public_part.find(".post") == std::string_view::npos)
    return moved(cut, public_part, Cut::Side::before);
  return moved(cut, with_last_number_incremented(public_part) + ".dev0", Cut::Side::before);
}

}  // namespace buildable
