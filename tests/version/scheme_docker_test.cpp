#include "scheme_cases.h"

namespace buildable {
namespace {

constexpr Scheme scheme = Scheme::docker;

TEST_CASE("docker: numbers, then word, then suffix") {
  check_ascending(
      scheme, {"3.13", "3.13-slim", "3.13.7", "3.14.0a1-slim", "3.14.0a2", "3.14.0b1", "3.14.0rc1",
               "3.14.0-rc1-slim", "3.14.0rc2", "3.14.0rc10", "3.14.0", "3.14.0-alpine3.22",
               "3.14.0-slim", "3.14.0-slim-bookworm", "3.14.1", "22", "22-alpine"});
  check_ascending(scheme, {"8u432-b06-jdk", "8u442-b06-jdk", "8u442-b06-jre", "21-ea-jdk", "21-jdk",
                           "21.0.4-jdk", "21.0.4_7-jdk", "21.0.4_7-jre", "21.0.4_10-jdk",
                           "21.0.4_10.1-jdk", "3000000000000000000000000000000000000000"});
}

TEST_CASE("docker: equal spellings, and a tag's text stays as written") {
  check_equal(scheme, {"3.5.0-preview1-slim", "v3.5.0-preview1-slim", "3.5.0preview1-slim",
                       "3.5.0-PREVIEW.1-slim"});
  check_spelling(scheme, "v22.01.0-slim", "v22.01.0-slim");
}

TEST_CASE("docker: prereleases are words of prereleases, in a suffix too") {
  check_prereleases(
      scheme, {"3.14.0a1", "3.14.0rc1-slim", "26-ea", "26-ea-jdk", "3.5.0-rc.1", "1-nightly"},
      {"3.14", "3.14-slim", "21.0.4_7", "8u442-b06", "22-alpine3.22", "1-eat", "1-trixie"});
}

TEST_CASE("docker: releases") {
  check_release(scheme, "v3.14.0rc1-slim", {"3", "14", "0"});
  check_release(scheme, "8u442-b06", {"8"});
  check_release(scheme, "21.0.4_7-jre", {"21", "0", "4"});
}

TEST_CASE("docker: no version") {
  check_bad(scheme, {"", "latest", "slim", "v", "lts-alpine", "3.", "3.-slim", "3.14-", "3.14_",
                     "3.14--", "3.14-slim.", "3.14 ", "3.14/slim", "3.14@sha256:00", "3.12.alpine",
                     "3.14-sl\xC3\xADm"});
}

}  // namespace
}  // namespace buildable
