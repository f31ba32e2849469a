#include "emit/site/timeline.h"

#include <algorithm>
#include <array>
#include <map>

namespace buildable::emit {
namespace {

constexpr int width = 520;
constexpr int left = 66;  // room for the names of the lines
constexpr int right = 20;
constexpr int top = 26;
constexpr int line_height = 44;
constexpr int bottom = 32;
constexpr int label_room = 30;  // a label needs this much

std::string number(int value) { return std::to_string(value); }

struct Scale {
  TimeSpan span;
  int x(Day day) const {
    const auto all = std::max<std::int64_t>((span.end - span.begin).count(), 1);
    return left + static_cast<int>((day - span.begin).count() * (width - left - right) / all);
  }
  bool shows(Day day) const { return day >= span.begin && day <= span.end; }
};

int line_at(std::size_t place) { return top + static_cast<int>(place) * line_height; }

void write_text(MarkupWriter& page, int x, int y, std::string_view anchor, std::string_view text) {
  page.open("text").attribute("x", number(x)).attribute("y", number(y));
  if (!anchor.empty()) page.attribute("text-anchor", anchor);
  page.text(text).close();
}

void write_path(MarkupWriter& page, std::string_view kind, int x1, int y1, int x2, int y2) {
  page.leaf("path").attribute("class", kind);
  page.attribute("d", "M" + number(x1) + " " + number(y1) + "L" + number(x2) + " " + number(y2));
}

void write_dot(MarkupWriter& page, std::string_view kind, int x, int y) {
  page.leaf("circle").attribute("class", kind).attribute("cx", number(x));
  page.attribute("cy", number(y)).attribute("r", "4");
}

// Labels of one line, left to right: one that would lie on the one before goes to the other side of
// the line, or is left out.
class Labels {
 public:
  Labels(MarkupWriter& page, int y, int other_y)
      : page_(page), sides_{Side{y, 0}, Side{other_y, 0}} {}
  void add(int x, std::string_view text) {
    const int half = std::max(label_room, static_cast<int>(text.size()) * 7) / 2;
    for (Side& side : sides_) {
      if (x - half < side.end) continue;
      side.end = x + half;
      write_text(page_, x, side.y, "middle", text);
      return;
    }
  }

 private:
  struct Side {
    int y;
    int end;  // of its last label
  };
  MarkupWriter& page_;
  std::array<Side, 2> sides_;
};

void write_years(MarkupWriter& page, const Scale& scale, std::size_t lines) {
  const auto year_of = [](Day day) { return std::chrono::year_month_day(day).year(); };
  const int ground = line_at(lines - 1) + 10;
  for (auto year = year_of(scale.span.begin) + std::chrono::years(1);
       year <= year_of(scale.span.end); ++year) {
    const int x = scale.x(Day(year / std::chrono::January / 1));
    write_path(page, "grid", x, top - 8, x, ground);
    write_text(page, x, ground + bottom - 6, "middle", number(static_cast<int>(year)));
  }
}

void write_upstream(MarkupWriter& page, const SeriesHistory& history, const Scale& scale) {
  std::vector<Released> shown;
  for (const Released& released : history.upstream)
    if (scale.shows(released.day)) shown.push_back(released);
  std::stable_sort(shown.begin(), shown.end(),
                   [](const Released& a, const Released& b) { return a.day < b.day; });
  Labels labels(page, line_at(0) - 10, line_at(0) + 17);
  for (const Released& released : shown) {
    write_dot(page, "upstream", scale.x(released.day), line_at(0));
    labels.add(scale.x(released.day), released.series);
  }
}

// From upstream's release down to the track's day.
void write_waits(MarkupWriter& page, const SeriesHistory& history, const Scale& scale, int y) {
  for (const Wait& wait : history.waits)
    if (scale.shows(wait.released) && scale.shows(wait.built))
      write_path(page, "wait", scale.x(wait.released), line_at(0), scale.x(wait.built), y);
}

// "26", "25, 26", "26 and 3 more".
std::string label_of(const std::vector<std::string>& series) {
  if (series.size() == 1) return series.front();
  if (series.size() == 2) return series.front() + ", " + series.back();
  return series.back() + " +" + number(static_cast<int>(series.size()) - 1);
}

void write_arrivals(MarkupWriter& page, const SeriesHistory& history, const Scale& scale, int y) {
  std::map<Day, std::vector<std::string>> by_day;
  for (const Arrival& arrival : history.arrivals)
    if (scale.shows(arrival.day)) by_day[arrival.day].push_back(arrival.series);
  Labels labels(page, y + 17, y - 8);
  for (const auto& [day, series] : by_day) {
    write_dot(page, "built", scale.x(day), y);
    labels.add(scale.x(day), label_of(series));
  }
}

// All that the picture says, for who does not see it.
std::string description_of(const std::string& runtime, const std::vector<TimelineTrack>& tracks) {
  std::string text = runtime + ": upstream’s releases and when tracks could build them.";
  for (const TimelineTrack& track : tracks)
    for (const Wait& wait : track.history.waits)
      text += " " + wait.series + " came out on " + text_of_day(wait.released) + " and reached " +
              track.name + " on " + text_of_day(wait.built) + ".";
  return text;
}

}  // namespace

std::string waiting_time_text(const std::vector<TimelineTrack>& tracks) {
  const Wait* newest = nullptr;
  for (const TimelineTrack& track : tracks)
    if (const auto& waits = track.history.waits; !waits.empty())
      if (newest == nullptr || newest->released < waits.back().released) newest = &waits.back();
  if (newest == nullptr) return {};
  std::string text;
  for (const TimelineTrack& track : tracks)
    for (const Wait& wait : track.history.waits)
      if (wait.series == newest->series)
        text += (text.empty() ? newest->series + ": " : ", ") + number(wait.days()) +
                (wait.days() == 1 ? " day to " : " days to ") + track.name;
  return text;
}

bool has_timeline(const std::vector<TimelineTrack>& tracks, const TimeSpan& span) {
  if (tracks.empty() || span.begin >= span.end) return false;
  return std::ranges::any_of(tracks.front().history.upstream, [&](const Released& each) {
    return each.day >= span.begin && each.day <= span.end;
  });
}

void write_timeline(MarkupWriter& page, const std::string& runtime,
                    const std::vector<TimelineTrack>& tracks, const TimeSpan& span) {
  if (!has_timeline(tracks, span)) return;
  const Scale scale{span};
  const std::size_t lines = tracks.size() + 1;
  page.open("svg").attribute(
      "viewBox", "0 0 " + number(width) + " " + number(line_at(lines - 1) + 10 + bottom));
  page.attribute("role", "img").attribute("aria-label", description_of(runtime, tracks));
  write_years(page, scale, lines);
  for (std::size_t line = 0; line < lines; ++line) {
    write_path(page, "axis", left, line_at(line), width - right, line_at(line));
    write_text(page, left - 8, line_at(line) + 4, "end",
               line == 0 ? "upstream" : tracks[line - 1].name);
  }
  for (std::size_t i = 0; i < tracks.size(); ++i)
    write_waits(page, tracks[i].history, scale, line_at(i + 1));
  write_upstream(page, tracks.front().history, scale);
  for (std::size_t i = 0; i < tracks.size(); ++i)
    write_arrivals(page, tracks[i].history, scale, line_at(i + 1));
  page.close();
}

}  // namespace buildable::emit
