// The forms that rules list for a pin file ("X.Y.Z", "8uN"), and versions in them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/policy.h"

namespace buildable {

// Of the forms in PinFile::forms: capital X, Y, Z, N, A, B, C, D, one or several of a kind, and x
// and y after a dot, stand for a number, everything else for itself: "python-X.Y", "8uN", "N.x.y",
// "X.Y.ZZZ". Names of grammars ("npm range") match no version.
bool matches_form(std::string_view form, std::string_view text);

// Texts for a version in the forms of the place, without the letters that a form begins with: for
// 8.0.442 of Java "1.8.0_442", for 3.12.1 "3.12.1". The form with most digits of its own goes
// first; one without any is left out beside it, since the others are made for such versions.
std::vector<std::string> spelled_in_forms(const PinFile& place, const Version& version);
// The same of the series that begins with these numbers, longest form first.
std::vector<std::string> series_in_forms(const PinFile& place, Scheme scheme,
                                         const std::vector<std::string>& numbers);
// The letters that the place's forms begin with: "python-"; empty where one has none.
std::string form_prefix(const PinFile& place);

// Texts for a version in the style of one that is written already: "8u432" after "8u442".
std::vector<std::string> spelled_like(std::string_view written, const Version& version);

// For people: as the file that decides on this track takes it. A text that is not a version of the
// runtime, or that no form can say, stays.
std::string spelled_for_people(const RuntimePolicy& runtime, std::string_view version);

}  // namespace buildable
