#include "emit/site/lag_plot.h"

#include <algorithm>

namespace buildable::emit {
namespace {

constexpr int width = 400;
constexpr int height = 140;
constexpr int left = 52;  // room for the days
constexpr int bottom = 24;
constexpr int top = 10;
constexpr int right = 8;

int days_between(Day from, Day to) { return static_cast<int>((to - from).count()); }

int lag_on(const LagStretch& stretch, Day day) {
  return stretch.since ? days_between(*stretch.since, day) : 0;
}

struct Scale {
  Day begin;
  int days;  // along
  int most;  // up

  int x(Day day) const {
    return left + days_between(begin, day) * (width - left - right) / std::max(days, 1);
  }
  int y(int lag) const { return height - bottom - lag * (height - bottom - top) / most; }
};

// A round number at or above.
int round_up(int lag) {
  for (const int step : {30, 60, 90, 180, 365, 730, 1095, 1825, 3650})
    if (lag <= step) return step;
  return lag;
}

Scale scale_of(const Lag& lag) {
  int most = 1;
  for (const LagStretch& stretch : lag.stretches)
    most = std::max({most, lag_on(stretch, stretch.begin), lag_on(stretch, stretch.end)});
  const Day begin = lag.stretches.front().begin;
  return {begin, days_between(begin, lag.stretches.back().end), round_up(most)};
}

std::string point(int x, int y) { return std::to_string(x) + "," + std::to_string(y); }

// Up with the days, down where a series came.
std::string outline(const Lag& lag, const Scale& scale) {
  std::string path = "M" + point(scale.x(lag.stretches.front().begin), scale.y(0));
  for (const LagStretch& stretch : lag.stretches) {
    path += " L" + point(scale.x(stretch.begin), scale.y(lag_on(stretch, stretch.begin)));
    path += " L" + point(scale.x(stretch.end), scale.y(lag_on(stretch, stretch.end)));
  }
  return path + " L" + point(scale.x(lag.stretches.back().end), scale.y(0)) + " Z";
}

void write_line(MarkupWriter& page, std::string_view name, int x1, int y1, int x2, int y2) {
  page.leaf("path").attribute("class", name);
  page.attribute("d", "M" + point(x1, y1) + " L" + point(x2, y2));
}

void write_label(MarkupWriter& page, int x, int y, std::string_view anchor,
                 const std::string& text) {
  page.open("text").attribute("class", "label").attribute("x", std::to_string(x));
  page.attribute("y", std::to_string(y)).attribute("text-anchor", anchor).text(text).close();
}

void write_years(MarkupWriter& page, const Scale& scale) {
  const auto year_of = [](Day day) { return std::chrono::year_month_day(day).year(); };
  const Day end = scale.begin + std::chrono::days(scale.days);
  for (auto year = year_of(scale.begin) + std::chrono::years(1); year <= year_of(end); ++year) {
    const int x = scale.x(Day(year / std::chrono::January / 1));
    write_line(page, "grid", x, top, x, height - bottom);
    write_label(page, x, height - 6, "middle", std::to_string(static_cast<int>(year)));
  }
}

void write_days(MarkupWriter& page, const Scale& scale) {
  for (const int lag : {0, scale.most / 2, scale.most}) {
    write_line(page, lag == 0 ? "axis" : "grid", left, scale.y(lag), width - right, scale.y(lag));
    write_label(page, left - 6, scale.y(lag) + 4, "end", std::to_string(lag) + " d");
  }
}

}  // namespace

void write_lag_plot(MarkupWriter& page, const Lag& lag, const std::string& title) {
  if (lag.stretches.empty()) return;
  const Scale scale = scale_of(lag);
  page.open("svg").attribute("viewBox",
                             "0 0 " + std::to_string(width) + " " + std::to_string(height));
  page.attribute("role", "img").attribute("aria-label", title);
  write_days(page, scale);
  write_years(page, scale);
  page.leaf("path").attribute("class", "lag").attribute("d", outline(lag, scale));
  page.close();
}

}  // namespace buildable::emit
