// What may follow a release in version text: image variants and build numbers, never the words of
// prereleases.
#pragma once

#include <string>

#include "version/render.h"
#include "version/version.h"

namespace buildable {

// Matches the empty text, "-slim", "-alpine3.20", "-windowsservercore-ltsc2022", "+9.0.LTS",
// "_7-jre", ...; not "-rc.1", "-alpha", "_beta2", "+dev", "-0", "-RC1". Without lookahead, which
// RE2 lacks: the complement of a trie of words, spelled out as character classes.
std::string tail_pattern(Scheme scheme, RegexTail tail = RegexTail::variants);

// "+9.0.LTS", "_7": a build number, required. Java's tail leaves it to the releases that may have
// one.
std::string build_pattern();

}  // namespace buildable
