#include "emit/site/lag.h"

#include <doctest/doctest.h>

#include <random>

#include "support/instants.h"

using namespace buildable;
using namespace buildable::emit;
using buildable::testing::instant;

namespace {

Day day(const char* text) { return std::chrono::floor<std::chrono::days>(*parse_day(text)); }

RuntimePolicy snake(const std::vector<std::string>& series) {
  RuntimePolicy runtime;
  runtime.runtime = "snake";
  runtime.name = "Snake";
  for (const std::string& each : series) runtime.series.push_back({each, "", false});
  return runtime;
}

HistoryState state(const std::string& effective, std::vector<std::string> gained = {},
                   std::vector<std::string> lost = {}) {
  HistoryState made;
  made.effective = instant(effective);
  RuntimeNews news;
  news.runtime = "snake";
  news.gained_series = std::move(gained);
  news.lost_series = std::move(lost);
  made.changes = {{"default", "a", "b", false, {news}}};
  return made;
}

const RuntimeReleases upstream{"snake",
                               {{"3.15", "2027-10-01", "", "", ""},
                                {"3.14", "2025-10-07", "3.14.2", "2025-12-05", ""},
                                {"3.13", "2024-10-07", "3.13.11", "2025-12-05", ""},
                                {"3.12", "2023-10-02", "3.12.12", "2025-10-09", ""}},
                               {}};

}  // namespace

TEST_CASE("the lag rises from an upstream release until the track has the series") {
  const auto lag = lag_of(snake({"3.12", "3.13"}), "default", &upstream,
                          {state("2025-01-01T00:00:00Z"), state("2025-06-01T12:00:00Z", {"3.13"})},
                          instant("2025-12-31T00:00:00Z"));
  REQUIRE(lag.has_value());
  CHECK(lag->newest_series == "3.14");
  CHECK(lag->newest == "3.14.2");
  CHECK(lag->waiting_for == "3.14");
  CHECK(lag->days == 85);
  CHECK(lag->stretches ==
        std::vector<LagStretch>{{day("2025-01-01"), day("2025-06-01"), day("2024-10-07")},
                                {day("2025-06-01"), day("2025-10-07"), std::nullopt},
                                {day("2025-10-07"), day("2025-12-31"), day("2025-10-07")}});
}

TEST_CASE("a track that has upstream's newest is not behind") {
  const auto lag = lag_of(snake({"3.12", "3.14"}), "default", &upstream,
                          {state("2025-11-01T00:00:00Z")}, instant("2025-12-31T00:00:00Z"));
  REQUIRE(lag.has_value());
  CHECK(lag->waiting_for.empty());
  CHECK(lag->days == 0);
  CHECK(lag->stretches.size() == 1);
}

TEST_CASE("what was lost is taken back, too, when looking back") {
  const auto lag = lag_of(
      snake({"3.14"}), "default", &upstream,
      {state("2025-01-01T00:00:00Z"), state("2025-11-01T00:00:00Z", {"3.14"}, {"3.12", "3.13"})},
      instant("2025-12-31T00:00:00Z"));
  REQUIRE(lag.has_value());
  CHECK(lag->stretches ==
        std::vector<LagStretch>{{day("2025-01-01"), day("2025-10-07"), std::nullopt},
                                {day("2025-10-07"), day("2025-11-01"), day("2025-10-07")},
                                {day("2025-11-01"), day("2025-12-31"), std::nullopt}});
}

TEST_CASE("what became known later could be built from the state's beginning on") {
  HistoryState known = state("2025-12-01T00:00:00Z", {"3.14"});
  known.known_by = {"a build installed Snake 3.14.0"};
  const auto lag =
      lag_of(snake({"3.12", "3.13", "3.14"}), "default", &upstream,
             {state("2025-01-01T00:00:00Z"), state("2025-11-01T00:00:00Z", {"3.13"}), known},
             instant("2025-12-31T00:00:00Z"));
  REQUIRE(lag.has_value());
  CHECK(lag->waiting_for.empty());
  CHECK(lag->stretches ==
        std::vector<LagStretch>{{day("2025-01-01"), day("2025-11-01"), day("2024-10-07")},
                                {day("2025-11-01"), day("2025-12-31"), std::nullopt}});
}

TEST_CASE("without upstream's days or a history there is no lag to tell") {
  const std::vector<HistoryState> states{state("2025-01-01T00:00:00Z")};
  CHECK(!lag_of(snake({"3.12"}), "default", nullptr, states, instant("2025-12-31")).has_value());
  CHECK(!lag_of(snake({"3.12"}), "default", &upstream, {}, instant("2025-12-31")).has_value());
  const RuntimeReleases without_days{"snake", {{"3.14", "", "", "", ""}}, {}};
  CHECK(!lag_of(snake({"3.12"}), "default", &without_days, states, instant("2025-12-31"))
             .has_value());
}

TEST_CASE("stretches are without gaps and never negative, whatever the history") {
  std::mt19937 random(5);
  const auto some_day = [&](int year) {
    return std::to_string(year + static_cast<int>(random() % 3)) + "-0" +
           std::to_string(1 + random() % 9) + "-1" + std::to_string(random() % 10);
  };
  const std::vector<std::string> names{"3.12", "3.13", "3.14", "3.15"};
  for (int round = 0; round < 3000; ++round) {
    std::vector<std::string> days;
    for (int i = static_cast<int>(1 + random() % 5); i > 0; --i) days.push_back(some_day(2024));
    std::sort(days.begin(), days.end());
    std::vector<HistoryState> states;
    for (const std::string& each : days)
      states.push_back(state(each + "T00:00:00Z", {names[random() % 4]}, {names[random() % 4]}));
    RuntimeReleases releases{"snake", {}, {}};
    for (auto name = names.rbegin(); name != names.rend(); ++name)
      releases.cycles.push_back({*name, some_day(2023), "", "", ""});
    const auto lag =
        lag_of(snake({names[random() % 4]}), "default", &releases, states, instant(some_day(2025)));
    if (!lag) continue;
    CHECK(lag->days >= 0);
    CHECK((lag->days == 0 || !lag->waiting_for.empty()));
    for (std::size_t i = 0; i < lag->stretches.size(); ++i) {
      const LagStretch& stretch = lag->stretches[i];
      CHECK(stretch.begin < stretch.end);
      if (stretch.since) CHECK(*stretch.since <= stretch.begin);
      if (i > 0) CHECK(lag->stretches[i - 1].end == stretch.begin);
    }
  }
}
