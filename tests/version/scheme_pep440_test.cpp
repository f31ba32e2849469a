#include "scheme_cases.h"

namespace buildable {
namespace {

constexpr Scheme scheme = Scheme::pep440;

TEST_CASE("pep440: the specification's order of suffixes") {
  check_ascending(scheme, {"1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12",
                           "1.0b1.dev456", "1.0b2", "1.0b2.post345.dev456", "1.0b2.post345",
                           "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5",
                           "1.0.post456.dev34", "1.0.post456", "1.0.15", "1.1.dev1"});
}

TEST_CASE("pep440: releases, epochs and long numbers") {
  check_ascending(
      scheme,
      {"0", "0.0.1", "0.9", "0.10", "1.dev0", "1", "1.0.0.1", "1.0.1", "1.1", "1.10", "9", "10",
       "3000000000000000000000000000000000000000", "3000000000000000000000000000000000000001",
       "10000000000000000000000000000000000000000", "1!0.1", "1!1", "2!0", "10!0"});
}

TEST_CASE("pep440: local versions") {
  check_ascending(scheme, {"1.0", "1.0+a", "1.0+a.a", "1.0+a.0", "1.0+ab", "1.0+b", "1.0+0",
                           "1.0+0.a", "1.0+0.0", "1.0+1", "1.0+9", "1.0+10"});
}

TEST_CASE("pep440: equal spellings") {
  check_equal(scheme, {"3.14", "3.14.0", "v3.14", "V3.14.0.0", "0!3.14", "03.014"});
  check_equal(scheme, {"1.1a1", "1.1.a1", "1.1-alpha.1", "1.1_ALPHA_1", "1.1alpha-1", "1.1A01"});
  check_equal(scheme, {"1.1b0", "1.1b", "1.1beta", "1.1-BETA", "1.1.beta."});
  check_equal(scheme, {"1.1rc2", "1.1c2", "1.1-pre2", "1.1preview-2", "1.1.PREVIEW.2", "1.1_RC2"});
  check_equal(scheme,
              {"1.0.post1", "1.0-1", "1.0-post1", "1.0post1", "1.0-r1", "1.0.rev.1", "1.0_POST-1"});
  check_equal(scheme, {"1.0.post0", "1.0.post", "1.0-r", "1.0rev"});
  check_equal(scheme, {"1.0.dev0", "1.0dev", "1.0-DEV", "1.0_dev.0", "1.0.dev-"});
  check_equal(scheme, {"1.0a0.post1.dev2", "1.0a.post1.dev2", "1.0alpha-r1dev2", "1.0apost1dev2"});
  check_equal(scheme, {"1.0+ubuntu.1", "1.0+Ubuntu-1", "1.0+UBUNTU_01"});
}

TEST_CASE("pep440: own spelling keeps what was written of the release") {
  check_spelling(scheme, "v3.14.0", "3.14.0");
  check_spelling(scheme, "1!2.0C1-1.Dev3+A.01", "1!2.0rc1.post1.dev3+a.1");
}

TEST_CASE("pep440: prereleases are pre and dev, never post") {
  check_prereleases(scheme, {"1a1", "1b1", "1rc1", "1.dev1", "1a1.post1", "1.post1.dev1", "1a1+x"},
                    {"1", "1.post1", "1+abc", "1.post1+a1"});
}

TEST_CASE("pep440: release numbers") {
  check_release(scheme, "3.14", {"3", "14"});
  check_release(scheme, "2!03.14.0rc1", {"3", "14", "0"});
  check_release(scheme, "1.0+5.6", {"1", "0"});
}

TEST_CASE("pep440: no version") {
  check_bad(scheme,
            {"",        "v",        "a1",    ".1",          "1.",        "1..2",   "1.0+",
             "1.0+a+b", "1.0+a..b", "1.0+_", "1.0a1b1",     "1.0dev1a1", "1.0--1", "1.0-1-1",
             "1 .0",    " 1.0",     "1.0 ",  "1.0x",        "!1.0",      "1!",     "=1.0",
             "3.14.x",  "3.14.*",   "1.0\n", "1.0\xC3\xA9", "-1"});
}

}  // namespace
}  // namespace buildable
