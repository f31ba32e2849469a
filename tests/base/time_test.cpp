#include "base/time.h"

#include <doctest/doctest.h>

using namespace buildable;

TEST_CASE("instants are read as RFC 3339 writes them") {
  struct Row {
    std::string_view text;
    std::string_view utc;
  };
  const Row rows[] = {
      {"2026-05-14T19:06:38Z", "2026-05-14T19:06:38Z"},
      {"2026-05-14t19:06:38z", "2026-05-14T19:06:38Z"},
      {"2026-05-14 19:06:38Z", "2026-05-14T19:06:38Z"},
      {"2026-05-14T19:06:38.999999Z", "2026-05-14T19:06:38Z"},
      {"2026-05-14T19:06:38+01:00", "2026-05-14T18:06:38Z"},
      {"2026-01-01T00:30:00+02:00", "2025-12-31T22:30:00Z"},
      {"2025-12-31T23:30:00-00:45", "2026-01-01T00:15:00Z"},
      {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00Z"},
      {"2000-02-29T12:00:00Z", "2000-02-29T12:00:00Z"},
      {"1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"},
      {"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
      {"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    Result<Instant> instant = parse_instant(row.text);
    REQUIRE(instant.has_value());
    CHECK(format_instant(*instant) == row.utc);
    CHECK(parse_instant(format_instant(*instant)) == *instant);
  }
  CHECK(parse_instant("1970-01-01T00:00:10Z")->time_since_epoch().count() == 10);
}

TEST_CASE("what is not an instant is refused") {
  for (std::string_view text : {"",
                                "2026-05-14",
                                "2026-05-14T19:06:38",
                                "2026-05-14T19:06Z",
                                "2026-02-29T00:00:00Z",
                                "1900-02-29T00:00:00Z",
                                "2026-13-01T00:00:00Z",
                                "2026-00-01T00:00:00Z",
                                "2026-04-31T00:00:00Z",
                                "2026-05-14T24:00:00Z",
                                "2026-05-14T19:60:00Z",
                                "2026-05-14T19:06:61Z",
                                "2026-05-14T19:06:38+24:00",
                                "2026-05-14T19:06:38+01:60",
                                "2026-05-14T19:06:38+0100",
                                "2026-05-14T19:06:38.Z",
                                "2026-05-14T19:06:38Zx",
                                " 2026-05-14T19:06:38Z",
                                "26-05-14T19:06:38Z",
                                "2026-5-14T19:06:38Z",
                                "2026-05-14T19:06:3٣Z",
                                "-026-05-14T19:06:38Z"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_instant(text).has_value());
  }
  CHECK(parse_instant("yesterday").error().to_text() ==
        "\"yesterday\" is not an instant\n  write it as RFC 3339 has it: 2026-05-14T19:06:38Z");
}

TEST_CASE("a day means its end where a state is asked for, and its beginning elsewhere") {
  CHECK(format_instant(*parse_instant_or_day("2026-03-20")) == "2026-03-20T23:59:59Z");
  CHECK(format_instant(*parse_instant_or_day("2026-03-20T01:02:03Z")) == "2026-03-20T01:02:03Z");
  CHECK(format_instant(*parse_day("2026-03-20")) == "2026-03-20T00:00:00Z");
  CHECK(format_day(*parse_instant("2026-03-20T23:59:59Z")) == "2026-03-20");
  CHECK_FALSE(parse_instant_or_day("2026-02-30").has_value());
  CHECK_FALSE(parse_day("2026-03-20T00:00:00Z").has_value());
  CHECK_FALSE(parse_day("2026-3-20").has_value());
}

TEST_CASE("every day of four centuries is written and read back") {
  Instant day = *parse_day("1804-01-01");
  std::string before = "";
  for (; day < *parse_day("2204-01-01"); day += std::chrono::hours(24)) {
    std::string text = format_day(day);
    REQUIRE(before < text);
    REQUIRE(parse_day(text) == day);
    before = text;
  }
}
