#include "version/cuts.h"
#include "version/scheme.h"

namespace buildable {
namespace {

using Side = Cut::Side;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::string_view without_end(std::string_view text, std::size_t length) {
  return text.substr(0, text.size() - length);
}

// Moves a cut to a version that is spelled here; where it cannot be spelled the cut stays.
Cut moved(const Cut& cut, std::string_view text, Side side) {
  std::optional<Version> at = VersionParts::make(cut.at.scheme(), text);
  return at ? Cut{*std::move(at), side} : cut;
}

// The text with its last number replaced by the next one: "1.0.post1" gives "1.0.post2".
std::string with_last_number_incremented(std::string_view text) {
  std::size_t start = text.size();
  while (start > 0 && is_digit(text[start - 1])) --start;
  return std::string(text.substr(0, start)) + increment(text.substr(start));
}

// "1!3.14" of "1!3.14.0rc1.post2": only PEP 440 has epochs.
std::string release_text(const Version& version) {
  const std::string& text = version.text();
  const std::size_t epoch = text.find('!');
  const std::string prefix = epoch == std::string::npos ? "" : text.substr(0, epoch + 1);
  return prefix + join(version.release());
}

// Three numbers, as every final of a discrete scheme has.
std::string padded_release(const Version& version) {
  if (!version.is_prerelease() && !is_partial(version)) return version.text();
  std::vector<std::string> numbers = version.release();
  numbers.resize(3, "0");
  return join(numbers);
}

std::string padded_release_after(const Version& version) {
  return with_last_number_incremented(padded_release(version));
}

bool is_discrete(Scheme scheme) {
  return scheme == Scheme::semver || scheme == Scheme::dotnet || scheme == Scheme::go;
}

// --- finals
// ---------------------------------------------------------------------------------------

std::string next_final_pep440(const Version& prerelease) {
  const std::string& text = prerelease.text();
  const std::string_view stem = std::string_view(text).substr(0, text.find(".dev"));
  const bool of_prerelease = stem.find_first_of("abc") != std::string_view::npos;
  return of_prerelease ? release_text(prerelease) : std::string(stem);
}

std::string next_final_composer(const Version& prerelease) {
  const std::string_view text = prerelease.text();
  const bool of_patch = text.find("-patch") != std::string_view::npos;
  return of_patch ? std::string(without_end(text, 4)) : release_text(prerelease);
}

// What stands before the first qualifier of prereleases.
std::string next_final_maven(const Version& prerelease) {
  const std::string& text = prerelease.text();
  std::string longest = release_text(prerelease);
  for (std::size_t end = longest.size(); end < text.size(); ++end) {
    const bool digit_follows = is_digit(text[end]);
    if (is_alphanumeric(text[end]) && digit_follows == is_digit(text[end - 1])) continue;
    if (!is_alphanumeric(text[end - 1])) continue;
    std::string stem = text.substr(0, end);
    // "a" is "alpha" where a digit follows.
    const bool is_alias = digit_follows && is_letter(stem.back());
    const auto version = VersionParts::make(Scheme::maven, is_alias ? stem + "1" : stem);
    if (!version || version->is_prerelease()) break;
    longest = std::move(stem);
  }
  return longest;
}

std::string next_final(const Version& prerelease) {
  switch (prerelease.scheme()) {
    case Scheme::pep440:
      return next_final_pep440(prerelease);
    case Scheme::composer:
      return next_final_composer(prerelease);
    case Scheme::maven:
      return next_final_maven(prerelease);
    default:
      return release_text(prerelease);
  }
}

// Post releases are counted: after 1.0 comes 1.0.post0, after 1.0.post0 comes 1.0.post1.
Cut canonical_final_pep440(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (text.find(".post") == std::string_view::npos || text.find('+') != std::string_view::npos)
    return cut;
  if (cut.side == Side::after) return moved(cut, with_last_number_incremented(text), Side::before);
  if (!ends_with(text, ".post0")) return cut;
  return moved(cut, without_end(text, 6), Side::after);
}

// "8.2-patch" follows 8.2 at once, "8.2-patch1.0" follows "8.2-patch1".
Cut canonical_final_composer(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (cut.side == Side::after || text.find("-patch") == std::string_view::npos) return cut;
  if (ends_with(text, "-patch")) return moved(cut, without_end(text, 6), Side::after);
  if (ends_with(text, ".0")) return moved(cut, without_end(text, 2), Side::after);
  if (ends_with(text, "-patch0")) return moved(cut, without_end(text, 1), Side::after);
  return cut;
}

// "1-sp" follows 1 at once.
Cut canonical_final_maven(const Cut& cut) {
  if (cut.side == Side::after || !ends_with(cut.at.key(), "\x11\x10")) return cut;
  const std::string lower = to_lower(cut.at.text());
  std::string_view stem = std::string_view(cut.at.text()).substr(0, lower.rfind("sp"));
  while (!is_alphanumeric(stem.back())) stem.remove_suffix(1);
  return moved(cut, stem, Side::after);
}

// A suffix "-0" follows none at once.
Cut canonical_docker(const Cut& cut) {
  using namespace std::string_view_literals;
  if (cut.side == Side::after || !ends_with(cut.at.key(), "\x03\x30\0"sv)) return cut;
  return moved(cut, without_end(cut.at.text(), 2), Side::after);
}

Cut canonical_final(Cut cut) {
  if (cut.side == Side::floor) return moved(cut, release_text(cut.at), Side::before);
  if (cut.at.is_prerelease()) cut = moved(cut, next_final(cut.at), Side::before);
  switch (cut.at.scheme()) {
    case Scheme::pep440:
      return canonical_final_pep440(cut);
    case Scheme::composer:
      return canonical_final_composer(cut);
    case Scheme::maven:
      return canonical_final_maven(cut);
    case Scheme::docker:
      return canonical_docker(cut);
    default:
      return cut;
  }
}

// --- prereleases
// ----------------------------------------------------------------------------------

// After P comes P.0 at once; the lowest of a release is "-0".
Cut canonical_prerelease_semver(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (cut.side == Side::after) return cut;
  if (text == release_text(cut.at) + "-0") return moved(cut, release_text(cut.at), Side::floor);
  return ends_with(text, ".0") ? moved(cut, without_end(text, 2), Side::after) : cut;
}

Cut canonical_prerelease_go(const Cut& cut) {
  const std::string& text = cut.at.text();
  if (cut.side == Side::after) return moved(cut, with_last_number_incremented(text), Side::before);
  return ends_with(text, "alpha0") ? moved(cut, release_text(cut.at), Side::floor) : cut;
}

// "26-ea", "26-ea0", "26-ea1" follow one another at once.
Cut canonical_prerelease_java(const Cut& cut) {
  const std::string& text = cut.at.text();
  const bool numbered = is_digit(text.back());
  if (cut.side == Side::after)
    return numbered ? moved(cut, with_last_number_incremented(text), Side::before) : cut;
  if (ends_with(text, "-alpha")) return moved(cut, release_text(cut.at), Side::floor);
  const bool first = numbered && text.back() == '0' && is_letter(text[text.size() - 2]);
  return first ? moved(cut, without_end(text, 1), Side::after) : cut;
}

// After X.dev1 comes X.dev2; after X comes X.post0.dev0, after X.post0 comes X.post1.dev0.
Cut after_prerelease_pep440(const Cut& cut) {
  const std::string& text = cut.at.text();
  if (text.find('+') != std::string::npos) return cut;
  if (text.find(".dev") != std::string::npos)
    return moved(cut, with_last_number_incremented(text), Side::before);
  if (text.find(".post") == std::string::npos) return cut;
  return moved(cut, with_last_number_incremented(text) + ".dev0", Side::before);
}

Cut before_prerelease_pep440(const Cut& cut) {
  const std::string_view text = cut.at.text();
  if (!ends_with(text, ".dev0")) return cut;
  std::string_view stem = without_end(text, 5);
  const bool of_prerelease = stem.find_first_of("abc") != std::string_view::npos;
  if (ends_with(stem, ".post0"))
    return moved(cut, without_end(stem, 6), of_prerelease ? Side::after : Side::before);
  const bool of_release = !of_prerelease && stem.find(".post") == std::string_view::npos;
  return of_release ? moved(cut, stem, Side::floor) : cut;
}

// No prerelease lies between a final, its local versions and its next post release's first.
Cut canonical_at_final_pep440(const Cut& cut) {
  const std::string_view text = cut.at.text();
  const std::string_view public_part = text.substr(0, text.find('+'));
  if (public_part.find(".post") == std::string_view::npos)
    return moved(cut, public_part, Side::before);
  return moved(cut, with_last_number_incremented(public_part) + ".dev0", Side::before);
}

// A release's prereleases begin with "-dev" and "-alpha-dev"; after X comes X.0-dev.
Cut canonical_prerelease_composer(const Cut& cut) {
  const std::string& text = cut.at.text();
  const std::string release = release_text(cut.at);
  if (cut.side == Side::before) {
    if (text == release + "-dev") return moved(cut, release, Side::floor);
    return text == release + "-patch-dev" ? moved(cut, release, Side::before) : cut;
  }
  if (text == release + "-dev") return moved(cut, release + "-alpha-dev", Side::before);
  if (!ends_with(text, "-dev")) return moved(cut, text + ".0-dev", Side::before);
  const std::string_view stem = without_end(text, 4);
  const bool of_patch = stem.find("-patch") != std::string_view::npos;
  return moved(cut, of_patch ? std::string(stem) + ".0-dev" : std::string(stem), Side::before);
}

// The lowest word is "a".
Cut canonical_prerelease_docker(const Cut& cut) {
  using namespace std::string_view_literals;
  const bool lowest = cut.side == Side::before && ends_with(cut.at.key(), "\x02\x61\0\x02\x02"sv);
  if (!lowest) return canonical_docker(cut);
  return canonical(moved(cut, release_text(cut.at), Side::floor), World::prereleases);
}

Cut canonical_at_prerelease(const Cut& cut) {
  switch (cut.at.scheme()) {
    case Scheme::semver:
    case Scheme::dotnet:
      return canonical_prerelease_semver(cut);
    case Scheme::go:
      return canonical_prerelease_go(cut);
    case Scheme::java:
      return canonical_prerelease_java(cut);
    case Scheme::pep440:
      return cut.side == Side::after ? after_prerelease_pep440(cut) : before_prerelease_pep440(cut);
    case Scheme::composer:
      return canonical_prerelease_composer(cut);
    case Scheme::docker:
      return canonical_prerelease_docker(cut);
    default:
      return cut;
  }
}

// A cut at a final has all prereleases of that final below it, whichever side it is on.
Cut canonical_at_final(const Cut& cut) {
  const std::string& text = cut.at.text();
  switch (cut.at.scheme()) {
    case Scheme::pep440:
      return canonical_at_final_pep440(cut);
    case Scheme::composer:
      if (text.find("-patch") == std::string::npos) break;
      return moved(cut, text + ".0-dev", Side::before);
    case Scheme::docker:
      return moved(cut, release_text(cut.at), Side::before);
    default:
      break;
  }
  return {cut.at, Side::before};
}

Cut canonical_floor(const Cut& cut) {
  std::string release = release_text(cut.at);
  // Tags of images: 3.14.0 follows the finals of 3.14 at once.
  if (cut.at.scheme() == Scheme::docker && ends_with(release, ".0"))
    return moved(cut, without_end(release, 2), Side::before);
  return moved(cut, release, Side::floor);
}

Cut canonical_discrete(Cut cut, World world) {
  const bool at_prerelease = cut.at.is_prerelease() && cut.side != Side::floor;
  if (world == World::prereleases && at_prerelease) return canonical_at_prerelease(cut);
  const bool above = !at_prerelease && (cut.side == Side::after ||
                                        (world == World::prereleases && cut.side == Side::before));
  const Side side = world == World::finals ? Side::before : Side::floor;
  const bool is_padded = !cut.at.is_prerelease() && !is_partial(cut.at);
  if (is_padded && !above) return {std::move(cut.at), side};
  return moved(cut, above ? padded_release_after(cut.at) : padded_release(cut.at), side);
}

// Every scheme reads "0"; docker is the last of them.
std::vector<Cut> all_bottoms() {
  std::vector<Cut> bottoms;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(Scheme::docker); ++i) {
    const Version zero = *VersionParts::make(static_cast<Scheme>(i), "0");
    bottoms.push_back({zero, Side::before});
    bottoms.push_back({zero, Side::floor});
  }
  return bottoms;
}

}  // namespace

Cut canonical(Cut cut, World world) {
  if (is_discrete(cut.at.scheme())) return canonical_discrete(std::move(cut), world);
  if (world == World::finals) return canonical_final(std::move(cut));
  if (cut.side == Side::floor) return canonical_floor(cut);
  return cut.at.is_prerelease() ? canonical_at_prerelease(cut) : canonical_at_final(cut);
}

const Cut& bottom(Scheme scheme, World world) {
  static const std::vector<Cut> bottoms = all_bottoms();
  return bottoms[2 * static_cast<std::size_t>(scheme) + static_cast<std::size_t>(world)];
}

}  // namespace buildable
