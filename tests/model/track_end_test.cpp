#include "model/track_end.h"

#include <doctest/doctest.h>

using namespace buildable;

TEST_CASE("a track ends at an instant, at the beginning of a day, or never") {
  CHECK(track_end("2026-04-27T12:00:00Z").value() == parse_instant("2026-04-27T12:00:00Z").value());
  CHECK(track_end("2026-04-27").value() == parse_instant("2026-04-27T00:00:00Z").value());
  CHECK(track_end("").value() == std::nullopt);
}

TEST_CASE("what is not a date says how to write one") {
  for (const char* text : {"soon", "2026-13-01", "2026-04-31", "27.04.2026", "2026-04-27T"}) {
    CAPTURE(text);
    const auto end = track_end(text);
    REQUIRE_FALSE(end);
    CHECK(end.error().to_text().find("write 2026-05-14 or") != std::string::npos);
  }
}
