// A runtime's time as a picture inside a page (SVG within HTML): on one line upstream's releases,
// below it, a line a track, the days from which on the track could build them.
#pragma once

#include <string>
#include <vector>

#include "emit/site/markup.h"
#include "emit/site/outlook.h"

namespace buildable::emit {

struct TimelineTrack {
  std::string name;
  SeriesHistory history;
};

// The time that is shown: one for all runtimes, so that they compare.
struct TimeSpan {
  Day begin;
  Day end;
};

// "3.14: 176 days to default, 153 to latest": the newest series that any track got while it was
// watched; empty where there is none.
std::string waiting_time_text(const std::vector<TimelineTrack>& tracks);

// Nothing where upstream has released nothing in that time. Colours come from the page's style.
void write_timeline(MarkupWriter& page, const std::string& runtime,
                    const std::vector<TimelineTrack>& tracks, const TimeSpan& span);
bool has_timeline(const std::vector<TimelineTrack>& tracks, const TimeSpan& span);

}  // namespace buildable::emit
