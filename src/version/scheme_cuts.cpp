#include "version/scheme_cuts.h"

#include "version/scheme_row.h"

namespace buildable {
namespace {

using Side = Cut::Side;

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

Cut canonical_final(Cut cut) {
  const SchemeRow& scheme = row_of(cut.at.scheme());
  if (cut.side == Side::floor) return moved(cut, release_of(cut.at), Side::before);
  if (cut.at.is_prerelease()) cut = moved(cut, scheme.next_final(cut.at), Side::before);
  return scheme.canonical_final(cut);
}

Cut canonical_discrete(Cut cut, World world) {
  const bool at_prerelease = cut.at.is_prerelease() && cut.side != Side::floor;
  if (world == World::prereleases && at_prerelease)
    return row_of(cut.at.scheme()).canonical_at_prerelease(cut);
  const bool above = !at_prerelease && (cut.side == Side::after ||
                                        (world == World::prereleases && cut.side == Side::before));
  const Side side = world == World::finals ? Side::before : Side::floor;
  const bool is_padded = !cut.at.is_prerelease() && !is_partial(cut.at);
  if (is_padded && !above) return {std::move(cut.at), side};
  return moved(cut, above ? padded_release_after(cut.at) : padded_release(cut.at), side);
}

}  // namespace

std::string_view without_end(std::string_view text, std::size_t length) {
  return text.substr(0, text.size() - length);
}

Cut moved(const Cut& cut, std::string_view text, Side side) {
  std::optional<Version> at = VersionParts::make(cut.at.scheme(), text);
  return at ? Cut{*std::move(at), side} : cut;
}

std::string with_last_number_incremented(std::string_view text) {
  std::size_t start = text.size();
  while (start > 0 && is_digit(text[start - 1])) --start;
  return std::string(text.substr(0, start)) + increment(text.substr(start));
}

std::string release_of(const Version& version) {
  const std::string& text = version.text();
  const std::size_t epoch = text.find('!');
  const std::string prefix = epoch == std::string::npos ? "" : text.substr(0, epoch + 1);
  return prefix + join(version.release());
}

Cut unchanged(const Cut& cut) { return cut; }
Cut before_the_final(const Cut& cut) { return {cut.at, Side::before}; }
Cut before_the_release(const Cut& cut) { return moved(cut, release_of(cut.at), Side::before); }
Cut release_floor(const Cut& cut) { return moved(cut, release_of(cut.at), Side::floor); }

Cut canonical(Cut cut, World world) {
  const SchemeRow& scheme = row_of(cut.at.scheme());
  if (scheme.discrete) return canonical_discrete(std::move(cut), world);
  if (world == World::finals) return canonical_final(std::move(cut));
  if (cut.side == Side::floor) return scheme.canonical_floor(cut);
  return cut.at.is_prerelease() ? scheme.canonical_at_prerelease(cut)
                                : scheme.canonical_at_final(cut);
}

}  // namespace buildable
