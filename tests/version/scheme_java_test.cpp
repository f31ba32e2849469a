#include "scheme_cases.h"

namespace buildable {
namespace {

constexpr Scheme scheme = Scheme::java;

TEST_CASE("java: both numberings stand in one order") {
  check_ascending(scheme, {"1.7.0_352", "8-ea",
                           "8",         "8u442",
                           "1.8.0_452", "9",
                           "10.0.2",    "11",
                           "11.0.14",   "11.0.14.1",
                           "11.0.15",   "21-ea",
                           "21",        "21.0.2",
                           "21.0.10",   "21.1",
                           "25",        "26-alpha",
                           "26-beta",   "26-ea",
                           "26-ea0",    "26-ea2",
                           "26-ea10",   "26-rc1",
                           "26",        "3000000000000000000000000000000000000000"});
}

TEST_CASE("java: equal spellings") {
  check_equal(scheme, {"8.0.442", "1.8.0_442", "8u442", "8u442-b06", "1.8.0_442-b06"});
  check_equal(scheme, {"7.0.352", "1.7.0_352", "7u352"});
  check_equal(scheme, {"8", "1.8", "1.8.0", "8.0.0", "8u0"});
  check_equal(scheme, {"17", "17.0", "17.0.0", "17.0.0.0", "17+35", "17+35-LTS", "17.0.0_35"});
  check_equal(scheme, {"21.0.8", "21.0.8+9.0.LTS", "21.0.8+9", "21.0.8_9", "21.0.08"});
  check_equal(scheme, {"26-ea", "26-EA", "26.0.0-ea", "26-ea+5"});
  check_equal(scheme, {"26-ea5", "26-ea.5", "26-ea-5", "26-ea-05+1"});
}

TEST_CASE("java: a first number of one is dropped from 1.2 on") {
  check_spelling(scheme, "1.2", "2");
  check_spelling(scheme, "1.9.0", "9.0");
  check_spelling(scheme, "1.11.0.2", "11.0.2");
  check_spelling(scheme, "1", "1");
  check_spelling(scheme, "1.1.8", "1.1.8");
  check_spelling(scheme, "1.0.2", "1.0.2");
  check_bad(scheme, {"1.08", "01.8", "1_8", "1.0x"});
}

TEST_CASE("java: prereleases and releases") {
  check_prereleases(scheme, {"26-ea", "24-beta", "21.0.2-ea+3"}, {"25", "8u442-b06", "21+35"});
  check_release(scheme, "1.8.0_442", {"8", "0", "442"});
  check_release(scheme, "8u442", {"8", "0", "442"});
  check_release(scheme, "25", {"25"});
  check_release(scheme, "26-ea", {"26"});
  check_release(scheme, "11.0.14.1+1", {"11", "0", "14", "1"});
}

TEST_CASE("java: no version") {
  check_bad(scheme, {"",
                     "u442",
                     "8u",
                     "8u442-",
                     "8u442-b",
                     "11u28",
                     "8.0u442",
                     "1.8.0_",
                     "21.0.2-",
                     "21.0.2-tem",
                     "zulu-21",
                     "openjdk-21",
                     "temurin-21.0.2",
                     "21.",
                     "21..0",
                     "21+",
                     "26-ea.",
                     "26-ea-x",
                     "26-ea5x",
                     " 21",
                     "21 ",
                     "v21",
                     "21.x",
                     "1.08",
                     "01.8",
                     "1_8",
                     "21.0.4-b06",
                     "1.8.0_442-b06x",
                     "lts",
                     "21\xC2\xA0"});
}

}  // namespace
}  // namespace buildable
