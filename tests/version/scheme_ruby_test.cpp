#include "scheme_cases.h"

namespace buildable {
namespace {

constexpr Scheme scheme = Scheme::ruby;

TEST_CASE("ruby: Gem::Version's order") {
  check_ascending(scheme, {"0.beta.1",
                           "0",
                           "0.0.0.1",
                           "0.0.1",
                           "0.1",
                           "0.9",
                           "0.10",
                           "1.0.a",
                           "1.0.a.0.0.1",
                           "1.0.a.1",
                           "1.0.a.2",
                           "1.0.a.10",
                           "1.0.b1",
                           "1.0.rc1",
                           "1.0",
                           "1.0.0.1",
                           "1.0.1",
                           "1.1",
                           "1.8.2.a9",
                           "1.8.2.a10",
                           "1.8.2.b",
                           "1.8.2",
                           "1.9.a",
                           "1.9",
                           "2",
                           "3000000000000000000000000000000000000000",
                           "10000000000000000000000000000000000000000"});
}

TEST_CASE("ruby: words and zeros interleave") {
  check_ascending(
      scheme, {"1.a.a", "1.a.0.a", "1.a.0.0.a", "1.a", "1.a.0.0.1", "1.a.0.1", "1.a.1", "1.aa",
               "1.b.A", "1.b.a", "1.b", "1", "1.0.0.1.a", "1.0.0.1", "1.0.1.a", "1.0.1", "1.1"});
}

TEST_CASE("ruby: previews of the interpreter") {
  check_ascending(scheme, {"3.3.6", "3.4.0-preview1", "3.4.0-preview2", "3.4.0-rc1", "3.4.0",
                           "3.4.1", "3.5.0-preview1"});
}

TEST_CASE("ruby: equal spellings") {
  check_equal(scheme, {"3.4", "3.4.0", "3.4.0.0", "03.4", "3.04"});
  check_equal(scheme, {"3.4.0.preview1", "3.4.0-preview1", "3.4.preview1", "3.4.preview.1",
                       "3.4.0.0.preview01"});
  check_equal(scheme, {"0", "0.0", "00"});
  check_equal(scheme, {"1.a.1", "1.0.a1", "1.0a1", "1-a-1", "1.a.1.0"});
}

TEST_CASE("ruby: prereleases and releases") {
  check_prereleases(scheme, {"1.a", "3.4.0-preview1", "3.3.6p108"}, {"3.4.1", "3", "1.2.3.4.5"});
  check_release(scheme, "3.4.0-preview1", {"3", "4", "0"});
  check_release(scheme, "3.3.6p108", {"3", "3", "6"});
  check_release(scheme, "3", {"3"});
}

TEST_CASE("ruby: no version") {
  check_bad(scheme, {"", "v3.4", "ruby-3.4.1", "a", "1a", ".1", "1.", "1..2", "1.-a", "1-", "3.4 ",
                     " 3.4", "3.4_1", "3.4+1", "~> 3.4", "3.4.*", "3.4\n", "3.4.\xC3\xBC"});
}

}  // namespace
}  // namespace buildable
