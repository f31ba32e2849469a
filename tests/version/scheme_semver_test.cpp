#include "scheme_cases.h"

namespace buildable {
namespace {

constexpr Scheme both[] = {Scheme::semver, Scheme::dotnet};

TEST_CASE("semver: the specification's order") {
  for (Scheme scheme : both) {
    check_ascending(
        scheme, {"1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
                 "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1"});
    check_ascending(scheme, {"1.0.0-0", "1.0.0-0.0", "1.0.0-0.a", "1.0.0-1", "1.0.0-9", "1.0.0-10",
                             "1.0.0--", "1.0.0--.0", "1.0.0--1", "1.0.0-1a", "1.0.0-A", "1.0.0-a",
                             "1.0.0-a-b", "1.0.0-aa", "1.0.0"});
  }
}

TEST_CASE("semver: long numbers") {
  check_ascending(Scheme::semver, {"0.0.0", "0.0.9", "0.0.10", "0.0.9007199254740993",
                                   "0.0.3000000000000000000000000000000000000000",
                                   "0.0.3000000000000000000000000000000000000001",
                                   "0.0.10000000000000000000000000000000000000000",
                                   "1.0.0-3000000000000000000000000000000000000000",
                                   "1.0.0-10000000000000000000000000000000000000000", "1.0.0"});
}

TEST_CASE("semver: equal spellings") {
  for (Scheme scheme : both) {
    check_equal(scheme, {"22.1.0", "v22.1.0", "=22.1.0", "=v22.1.0", "22.1.0+build.5", "22.1"});
    check_equal(scheme, {"22", "v22", "22.0", "22.0.0"});
    check_equal(scheme, {"1.2.3-rc.1", "v1.2.3-rc.1", "1.2.3-rc.1+sha.0045"});
  }
}

TEST_CASE("dotnet: previews of SDKs") {
  check_ascending(Scheme::dotnet,
                  {"9.0.100-preview.7.24407.12", "9.0.100-rc.1.24452.12", "9.0.100-rc.2.24474.11",
                   "9.0.100", "9.0.101", "9.0.200", "10.0.100-preview.1.25120.13",
                   "10.0.100-rc.1.25451.107", "10.0.100-rc.2.25502.107", "10.0.100"});
}

TEST_CASE("semver: prereleases and releases") {
  check_prereleases(Scheme::semver, {"1.0.0-0", "1.0.0-a"}, {"1.0.0", "1", "1.0.0+a"});
  check_release(Scheme::semver, "v22.1.0-rc.1", {"22", "1", "0"});
  check_release(Scheme::semver, "22", {"22"});
}

TEST_CASE("semver: no version") {
  for (Scheme scheme : both)
    check_bad(
        scheme,
        {"",       "v",      "=",        "vv1.0.0",    "1.2.3.4",        "01.2.3", "1.02.3",
         "1.2.03", "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1.2.3-a.",       "1.2.3+", "1.2.3-a_b",
         "1.2-a",  "1-1",    "1.2.3 ",   " 1.2.3",     "1.2.x",          "x",      "*",
         "1.",     ".1",     "1.2.3a",   "lts/jod",    "1.2.3-\xC3\xA9", "-1.2.3", "^1.2.3"});
}

TEST_CASE("go: prereleases stand below their release") {
  check_ascending(Scheme::go, {"1.20", "1.20.1", "1.21rc2", "1.21.0", "1.21.1", "1.22alpha1",
                               "1.22beta1", "1.22beta2", "1.22beta10", "1.22rc1", "1.22rc2", "1.22",
                               "1.22.1", "1.100", "2"});
}

TEST_CASE("go: equal spellings") {
  check_equal(Scheme::go, {"1.22rc1", "go1.22rc1", "1.22.0-rc1", "v1.22.0-rc.1", "1.22RC1"});
  check_equal(Scheme::go, {"1.22", "go1.22", "1.22.0", "go1.22.0", "v1.22"});
  check_spelling(Scheme::go, "go1.24.02", "1.24.2");
  check_spelling(Scheme::go, "1.22.0-rc.01", "1.22.0rc1");
}

TEST_CASE("go: prereleases, releases, no version") {
  check_prereleases(Scheme::go, {"1.22rc1", "go1.9beta2"}, {"1.22", "go1.22.3"});
  check_release(Scheme::go, "go1.22rc1", {"1", "22"});
  check_release(Scheme::go, "go1.24.2", {"1", "24", "2"});
  check_bad(Scheme::go, {"", "go", "gogo1.2", "1.22rc", "1.22-", "1.22rc1.2", "1.2.3.4", "1.22pre1",
                         "1.22 rc1", "1.22.0-rc1-dirty", "1.22.x", "~1.22", "1.22-1"});
}

}  // namespace
}  // namespace buildable
