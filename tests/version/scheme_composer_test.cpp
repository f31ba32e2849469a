#include "scheme_cases.h"

namespace buildable {
namespace {

constexpr Scheme scheme = Scheme::composer;

TEST_CASE("composer: stabilities") {
  check_ascending(scheme, {"8.1.99",
                           "8.2.0-dev",
                           "8.2.0-alpha-dev",
                           "8.2.0alpha",
                           "8.2.0alpha0",
                           "8.2.0alpha1-dev",
                           "8.2.0alpha1",
                           "8.2.0alpha1.1",
                           "8.2.0alpha2",
                           "8.2.0alpha10",
                           "8.2.0beta1",
                           "8.2.0RC1-dev",
                           "8.2.0RC1",
                           "8.2.0RC2",
                           "8.2.0",
                           "8.2.0-patch-dev",
                           "8.2.0-patch",
                           "8.2.0pl1",
                           "8.2.0-p2",
                           "8.2.0.1",
                           "8.2.1",
                           "8.10.0",
                           "3000000000000000000000000000000000000000.1"});
}

TEST_CASE("composer: equal spellings") {
  check_equal(scheme, {"8.2", "v8.2", "8.2.0", "8.2.0.0", "V8.02", "8.2-stable", "8.2+build",
                       "8.2.0-STABLE1"});
  check_equal(scheme,
              {"8.4.0-RC1", "8.4.0RC1", "8.4.0-rc.1", "8.4-rc1", "v8.4.0_RC-1", "8.4.RC01"});
  check_equal(scheme, {"1.0-alpha2", "1.0a2", "1-ALPHA.2", "1.0.0.a-2"});
  check_equal(scheme, {"1.0-beta", "1.0b", "1-b", "1.0.0-beta"});
  check_equal(scheme, {"1.0-patch1", "1.0p1", "1-pl1", "1.0.0.patch.1"});
  check_equal(scheme, {"1.0-dev", "1.0dev", "1.dev", "1.0.0_DEV"});
  check_spelling(scheme, "1.2.3.4-beta.1.2-dev+x", "1.2.3.4-beta1.2-dev");
}

TEST_CASE("composer: prereleases and releases") {
  check_prereleases(scheme, {"1-dev", "1-alpha", "1b2", "8.5.0RC1", "1-patch1-dev", "1-stable-dev"},
                    {"1", "1-stable", "1-p1", "8.2.30", "1.2.3.4"});
  check_release(scheme, "v8.2", {"8", "2"});
  check_release(scheme, "8.4.0RC1", {"8", "4", "0"});
}

TEST_CASE("composer: no version") {
  check_bad(scheme, {"", "v", "dev-main", "1.x-dev", "8.2.*", "8.2.", "1.2.3.4.5", "8.2-",
                     "8.2-foo", "8.2.0RC1x", "8.2+", " 8.2", "8.2 ", "^8.2", "8.2@stable",
                     "8.2-RC1-beta1", "8,2", "8.2\xE2\x80\x93"});
}

}  // namespace
}  // namespace buildable
