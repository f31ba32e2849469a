#include "scheme_cases.h"

namespace buildable {
namespace {

constexpr Scheme scheme = Scheme::maven;

TEST_CASE("maven: qualifiers") {
  check_ascending(scheme, {"1-alpha2snapshot",
                           "1-alpha2",
                           "1-alpha-123",
                           "1-beta-2",
                           "1-beta123",
                           "1-m2",
                           "1-m11",
                           "1-rc",
                           "1-cr2",
                           "1-rc123",
                           "1-SNAPSHOT",
                           "1",
                           "1-sp",
                           "1-sp2",
                           "1-sp123",
                           "1-abc",
                           "1-def",
                           "1-pom-1",
                           "1-1-snapshot",
                           "1-1",
                           "1-2",
                           "1-123"});
}

TEST_CASE("maven: numbers") {
  check_ascending(scheme, {"0",
                           "0.0.1",
                           "1",
                           "1-0.1",
                           "1-0.2",
                           "1-1",
                           "1.0.0.1",
                           "1.0.1",
                           "1.1",
                           "1.9",
                           "1.10",
                           "2.0",

                           "2.0.a",
                           "2-1",
                           "2.0.1-alpha",
                           "2.0.1-123.alpha",
                           "2.0.1-123",
                           "2.0.1.1",
                           "2.0.2",
                           "3000000000000000000000000000000000000000",
                           "10000000000000000000000000000000000000000"});
}

TEST_CASE("maven: examples of the specification") {
  check_ascending(scheme, {"1-alpha", "1-beta", "1"});
  check_ascending(scheme, {"1-foo2", "1-foo10"});
  check_ascending(scheme, {"1-foo", "1-1", "1.1"});
  check_equal(scheme, {"1.ga", "1-ga", "1-0", "1.0", "1", "1.0.0-final", "1-release", "1.FINAL"});
  check_ascending(scheme, {"1.0.RC1", "1.0", "1-sp", "1-ga-1"});
  check_equal(scheme, {"1-a1", "1-alpha-1", "1-alpha1", "1alpha1", "1.0-ALPHA-1", "1_alpha1"});
}

TEST_CASE("maven: equal spellings") {
  check_equal(scheme, {"1-b3", "1-beta-3", "1.beta3", "1.0.0-Beta_3"});
  check_equal(scheme, {"1-m3", "1-milestone-3", "1M3"});
  check_equal(scheme, {"1-rc1", "1-cr1", "1.0.CR1", "1.RC-1", "1rc01"});
  check_equal(scheme, {"1.0-x", "1-X", "1.x", "1.0.0.x"});
  check_equal(scheme, {"1-0.1", "1.0-0.1", "1.0.0-0-0.1", "1-ga.1"});
  check_equal(scheme, {"4.0.0-rc-4", "4.0.0-RC4", "4-rc4"});
}

TEST_CASE("maven: versions of the build tools") {
  check_ascending(scheme, {"3.8.8", "3.9.9", "3.9.10", "4.0.0-alpha-13", "4.0.0-beta-5",
                           "4.0.0-rc-1", "4.0.0-rc-4", "4.0.0"});
  check_ascending(scheme, {"1.9.9", "1.10.0-M1", "1.10.0-RC1", "1.10.0", "2.0.0-M2", "2.0.0-RC3"});
}

TEST_CASE("maven: prereleases and releases") {
  check_prereleases(scheme, {"1-alpha", "1.0.RC1", "1-SNAPSHOT", "1-foo-alpha", "1-1-snapshot"},
                    {"1", "1-foo", "1-sp", "1-ga", "1-a", "1.0.0.Final"});
  check_release(scheme, "4.0.0-rc-4", {"4", "0", "0"});
  check_release(scheme, "1-2.3", {"1"});
}

TEST_CASE("maven: no version") {
  check_bad(scheme, {"", "alpha", "v1", "1.", "1-", "1..2", "1--2", "1.-2", ".1", "1 ", " 1",
                     "[1,2)", "1,2", "1:2", "${project.version}", "1.0\xC3\xA4"});
}

}  // namespace
}  // namespace buildable
