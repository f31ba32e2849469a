// Private to src/version: how each scheme moves cuts to their canonical places, and the tools for
// it. version/scheme_row.h says which function does what.
#pragma once

#include <string>
#include <string_view>

#include "version/cuts.h"
#include "version/scheme.h"

namespace buildable {

std::string_view without_end(std::string_view text, std::size_t length);
// Moves a cut to a version that is spelled here; where it cannot be spelled the cut stays.
Cut moved(const Cut& cut, std::string_view text, Cut::Side side);
// The text with its last number replaced by the next one: "1.0.post1" gives "1.0.post2".
std::string with_last_number_incremented(std::string_view text);
// "1!3.14" of "1!3.14.0rc1.post2": only PEP 440 has epochs.
std::string release_of(const Version& version);

// What most schemes do.
Cut unchanged(const Cut& cut);
// A cut at a final has all prereleases of that final below it, whichever side it is on.
Cut before_the_final(const Cut& cut);
Cut before_the_release(const Cut& cut);
Cut release_floor(const Cut& cut);

std::string next_final_pep440(const Version& prerelease);
std::string next_final_composer(const Version& prerelease);
std::string next_final_maven(const Version& prerelease);

Cut canonical_final_pep440(const Cut& cut);
Cut canonical_final_composer(const Cut& cut);
Cut canonical_final_maven(const Cut& cut);
Cut canonical_final_docker(const Cut& cut);

Cut canonical_at_prerelease_pep440(const Cut& cut);
Cut canonical_at_prerelease_semver(const Cut& cut);
Cut canonical_at_prerelease_go(const Cut& cut);
Cut canonical_at_prerelease_java(const Cut& cut);
Cut canonical_at_prerelease_composer(const Cut& cut);
Cut canonical_at_prerelease_docker(const Cut& cut);

Cut canonical_at_final_pep440(const Cut& cut);
Cut canonical_at_final_composer(const Cut& cut);
Cut canonical_floor_docker(const Cut& cut);

}  // namespace buildable
