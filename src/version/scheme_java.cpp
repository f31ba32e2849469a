// https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/lang/Runtime.Version.html
// (JEP 322), the older "1.8.0_442" and "8u442" of JEP 223, and the build suffixes of vendors, which
// are no part of the version here: "21.0.8+9.0.LTS", "8u442-b06", "21.0.4_7".
//
// Key: release without trailing zeros, phase; after a prerelease its word and number.
#include "version/scheme_cuts.h"

namespace buildable {
namespace {

enum Phase : char { prerelease = 2, final_release = 3 };
enum Number : char { no_number = 2 };

// In the order of the alphabet, as JEP 322 compares them.
constexpr std::string_view prerelease_words[] = {"alpha", "beta",    "ea", "internal",
                                                 "m",     "preview", "rc", "snapshot"};

// Java 1.2 is called 2, 1.8 is called 8, and some tools write 1.11 for 11; 1.0 and 1.1 stay.
bool starts_with_legacy_prefix(std::string_view text) {
  const bool prefixed = text.size() >= 3 && text.substr(0, 2) == "1." && text[2] != '0';
  return prefixed && !(text[2] == '1' && (text.size() == 3 || !is_digit(text[3])));
}

void append_update(Parsed& out, Release& release, std::string_view digits) {
  Scanner number{digits};
  out.text += '.';
  const Release update = scan_release(number, out);
  release.count += update.count;
  if (!without_leading_zeros(digits).empty()) release.significant = out.key.size();
}

// "8u442" has an implied zero between.
bool scan_short_update(Scanner& in, Parsed& out, Release& release) {
  if (release.count != 1 || !in.take('u')) return true;
  const std::string_view digits = in.take_digits();
  if (digits.empty() || out.text.size() != 1 || out.text[0] > '8') return false;
  append_update(out, release, "0");
  append_update(out, release, digits);
  return true;
}

// "1.8.0_442" is an update, "21.0.4_7" a build.
bool scan_underscore(Scanner& in, bool legacy, Parsed& out, Release& release) {
  if (!in.take('_')) return true;
  const std::string_view digits = in.take_digits();
  if (digits.empty()) return false;
  if (legacy) append_update(out, release, digits);
  return true;
}

bool skip_legacy_build(Scanner& in) {
  Scanner ahead = in;
  if (!ahead.take('-') || !ahead.take('b') || ahead.take_digits().empty()) return true;
  in = ahead;
  return in.done();
}

bool scan_prerelease(Scanner& in, Parsed& out) {
  if (!in.take('-')) {
    out.key += final_release;
    return true;
  }
  const std::string word = to_lower(in.take_while(is_letter));
  bool known = false;
  for (std::string_view candidate : prerelease_words) known = known || word == candidate;
  if (!known) return false;
  const bool separated = in.take_one_of(".-");
  const std::string_view digits = in.take_digits();
  if (separated && digits.empty()) return false;
  (out.text += '-') += word;
  ((out.key += prerelease) += word) += '\0';
  out.prerelease = true;
  if (digits.empty()) {
    out.key += no_number;
    return true;
  }
  const std::string_view number = without_leading_zeros(digits);
  out.text += number.empty() ? std::string_view("0") : number;
  append_number(out.key, number);
  return true;
}

}  // namespace

std::optional<Parsed> parse_java(std::string_view text) {
  Scanner in{text};
  Parsed out;
  const bool prefixed = starts_with_legacy_prefix(text);
  if (prefixed) in.rest.remove_prefix(2);
  Release release = scan_release(in, out);
  if (release.count == 0) return {};
  const bool legacy =
      prefixed || (out.text[0] <= '8' && (out.text.size() == 1 || out.text[1] == '.'));
  if (!scan_short_update(in, out, release)) return {};
  if (!scan_underscore(in, legacy, out, release)) return {};
  // "1.08" and "1_8" belong to neither numbering.
  if (starts_with_legacy_prefix(out.text)) return {};
  out.key.resize(release.significant);
  if (legacy && !skip_legacy_build(in)) return {};
  if (!scan_prerelease(in, out) || !skip_build_metadata(in) || !in.done()) return {};
  return out;
}

// Cuts ------------------------------------------------------------------------------------------

// "26-ea", "26-ea0", "26-ea1" follow one another at once.
Cut canonical_at_prerelease_java(const Cut& cut) {
  const std::string& text = cut.at.text();
  const bool numbered = is_digit(text.back());
  if (cut.side == Cut::Side::after)
    return numbered ? moved(cut, with_last_number_incremented(text), Cut::Side::before) : cut;
  if (text.ends_with("-alpha")) return moved(cut, release_of(cut.at), Cut::Side::floor);
  const bool first = numbered && text.back() == '0' && is_letter(text[text.size() - 2]);
  return first ? moved(cut, without_end(text, 1), Cut::Side::after) : cut;
}

}  // namespace buildable
