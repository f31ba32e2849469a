#include "emit/site/timeline.h"

#include <doctest/doctest.h>

#include "emit/tracks.h"
#include "emit/well_formed.h"
#include "support/instants.h"

using namespace buildable;
using namespace buildable::emit;
using buildable::testing::instant;
using buildable::testing::markup_problem;

namespace {

Day day(const char* text) { return std::chrono::floor<std::chrono::days>(*parse_day(text)); }

RuntimePolicy snail(const std::vector<std::string>& series) {
  RuntimePolicy runtime;
  runtime.runtime = "snail";
  runtime.name = "Snail";
  for (const std::string& each : series) runtime.series.push_back({each, "", false});
  return runtime;
}

HistoryState began(const std::string& effective, std::vector<std::string> gained = {}) {
  HistoryState made;
  made.effective = instant(effective);
  RuntimeNews news;
  news.runtime = "snail";
  news.gained_series = std::move(gained);
  made.changes = {{"default", "a", "b", false, {news}}};
  return made;
}

const std::vector<RuntimeReleases> upstream{
    {"snail",
     {{"3", "2025-09-01", "3.2", "2026-01-01", "2027-01-01"},
      {"2", "2025-03-01", "2.9", "2025-12-05", ""},
      {"1", "2024-09-01", "1.9", "", "2025-09-01"}},
     {}}};

struct Snail {
  Rules rules;
  Policy policy;
  std::vector<HistoryState> history{began("2024-12-01T00:00:00Z"),
                                    began("2025-04-01T00:00:00Z", {"2"})};
  TrackPolicy track;
  RuntimePolicy runtime = snail({"1", "2"});

  Snail() {
    policy.observed = instant("2025-12-31T00:00:00Z");
    track.track = "default";
  }
  SeriesHistory series() const {
    return series_history({rules, policy, history, upstream}, track, runtime);
  }
};

}  // namespace

TEST_CASE("series are told with their gaps") {
  struct Row {
    std::vector<std::string> series;
    const char* text;
  };
  const Row rows[] = {
      {{}, ""},
      {{"24"}, "24"},
      {{"8", "11", "17", "21", "22", "23"}, "8, 11, 17, 21 to 23"},
      {{"3.10", "3.11"}, "3.10, 3.11"},
      {{"3.9", "3.10", "3.11"}, "3.9 to 3.11"},
      {{"3.3", "3.4", "4.0"}, "3.3, 3.4, 4.0"},
      {{"x", "y"}, "x, y"},
  };
  for (const Row& row : rows) CHECK(series_text(row.series) == row.text);
}

TEST_CASE("since when a series can be built, and how long it took to come") {
  const SeriesHistory series = Snail().series();
  CHECK(since_text(series, "1") == "2024-12-01 or before");
  CHECK(since_text(series, "2") == "2025-04-01");
  CHECK(since_text(series, "3").empty());
  REQUIRE(series.waits.size() == 1);
  CHECK(series.waits.front().series == "2");
  CHECK(series.waits.front().days() == 31);
}

TEST_CASE("series that a track begins with say nothing about how long one takes") {
  Snail snail;
  snail.history = {began("2024-12-01T00:00:00Z"), began("2025-04-01T00:00:00Z", {"1", "2"})};
  const SeriesHistory series = snail.series();
  CHECK(since_text(series, "2") == "2025-04-01");
  CHECK(series.waits.empty());
  CHECK(outlook_text(series, "default", "3") ==
        "How long a series takes to reach default is not known yet.");
}

TEST_CASE("when a series may come follows from upstream's day and the last one's time") {
  Snail snail;
  CHECK(outlook_text(snail.series(), "default", "3") ==
        "The last series, 2, took 31 days to reach default; this one takes longer.");
  snail.policy.observed = instant("2025-09-10T00:00:00Z");
  CHECK(outlook_text(snail.series(), "default", "3") ==
        "The last series, 2, took 31 days to reach default: expect it around 2025-10-02.");
  CHECK(outlook_text(snail.series(), "default", "4") ==
        "The last series, 2, took 31 days to reach default: expect it around 2026-04-04.");
  CHECK(upstream_text(snail.series(), "4") ==
        "Upstream has not released 4 yet; at its pace so far that is around 2026-03-04.");
  CHECK(outlook_text(snail.series(), "default", "5").empty());
  CHECK(outlook_text(snail.series(), "default", "0").empty());
}

TEST_CASE("what upstream does with a series") {
  const SeriesHistory series = Snail().series();
  CHECK(upstream_text(series, "1") ==
        "Upstream released 1 on 2024-09-01, and ended it on 2025-09-01.");
  CHECK(upstream_text(series, "3") ==
        "Upstream released 3 on 2025-09-01, and keeps it up until 2027-01-01.");
  CHECK(upstream_text(series, "2") == "Upstream released 2 on 2025-03-01.");
  CHECK(upstream_text(series, "9").empty());
  CHECK(end_of_life_text(series, "1") == "ended 2025-09-01");
  CHECK(end_of_life_text(series, "3") == "ends 2027-01-01");
}

TEST_CASE("the picture has upstream's line and one for each track, and says the same in words") {
  const std::vector<TimelineTrack> tracks{{"default", Snail().series()}};
  const TimeSpan span{day("2024-12-01"), day("2026-01-20")};
  CHECK(waiting_time_text(tracks) == "2: 31 days to default");
  REQUIRE(has_timeline(tracks, span));
  MarkupWriter page{std::string_view()};
  page.open("div");
  write_timeline(page, "Snail & <co>", tracks, span);
  page.close();
  const std::string text = std::move(page).take();
  CHECK(markup_problem("<!DOCTYPE html>" + text) == "");
  const auto count = [&](std::string_view part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++found;
    return found;
  };
  CHECK(count("class=\"axis\"") == 2);
  CHECK(count("class=\"upstream\"") == 2);  // 1 came out before the picture begins
  CHECK(count("class=\"built\"") == 2);
  CHECK(count("class=\"wait\"") == 1);
  CHECK(count("2 came out on 2025-03-01 and reached default on 2025-04-01.") == 1);
  CHECK(!has_timeline(tracks, {day("2020-01-01"), day("2021-01-01")}));
  CHECK(!has_timeline({}, span));
}
