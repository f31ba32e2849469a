// Tables of versions: what every scheme's test says about its order.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

#include "version/version.h"

namespace buildable {

using Texts = std::vector<std::string_view>;

inline Version version(Scheme scheme, std::string_view text) {
  Result<Version> parsed = Version::parse(scheme, text);
  if (!parsed) FAIL("no version: " << std::string(text) << ": " << parsed.error().to_text());
  return *std::move(parsed);
}

// Every pair of an ascending list is compared, not only neighbours.
inline void check_ascending(Scheme scheme, const Texts& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i)
    for (std::size_t j = 0; j < texts.size(); ++j) {
      INFO(name_of(scheme), ": ", texts[i], " and ", texts[j]);
      CHECK((order(version(scheme, texts[i]), version(scheme, texts[j])) == (i <=> j)));
    }
}

// All are spellings of one version, whose own spelling stands first.
inline void check_equal(Scheme scheme, const Texts& texts) {
  const Version first = version(scheme, texts.front());
  CHECK(first.text() == texts.front());
  for (std::string_view text : texts) {
    INFO(name_of(scheme), ": ", texts.front(), " and ", text);
    CHECK(version(scheme, text) == first);
    CHECK(version(scheme, version(scheme, text).text()) == first);
  }
}

inline void check_spelling(Scheme scheme, std::string_view written, std::string_view own) {
  INFO(name_of(scheme), ": ", written);
  CHECK(version(scheme, written).text() == own);
  CHECK(version(scheme, own).text() == own);
}

inline void check_bad(Scheme scheme, const Texts& texts) {
  for (std::string_view text : texts) {
    INFO(name_of(scheme), ": ", text);
    CHECK_FALSE(Version::parse(scheme, text).has_value());
  }
}

inline void check_prereleases(Scheme scheme, const Texts& prereleases, const Texts& finals) {
  for (std::string_view text : prereleases)
    CHECK_MESSAGE(version(scheme, text).is_prerelease(), std::string(text));
  for (std::string_view text : finals)
    CHECK_MESSAGE(!version(scheme, text).is_prerelease(), std::string(text));
}

inline void check_release(Scheme scheme, std::string_view text,
                          const std::vector<std::string>& numbers) {
  INFO(name_of(scheme), ": ", text);
  CHECK(version(scheme, text).release() == numbers);
}

}  // namespace buildable
