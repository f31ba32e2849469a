#include "emit/site/events.h"

#include <algorithm>
#include <span>

#include "base/text.h"
#include "policy/describe.h"

namespace buildable::emit {
namespace {

// Whether it names a series as people call it, not releases of one: "3.14", not "3.14.1 to 3.14.3".
bool is_series(std::string_view name, std::string_view runtime, const Rules& rules) {
  int components = 1;
  for (const RuntimeRules& each : rules.runtimes)
    if (each.id == runtime) components = each.series_components;
  return name.find(' ') == std::string_view::npos &&
         std::count(name.begin(), name.end(), '.') == components - 1;
}

// "Python 3.14, Node.js 26": of each runtime the newest series; nothing where it has none.
std::vector<std::string> newest_series(const TrackNews& track, const Rules& rules,
                                       std::vector<std::string> RuntimeNews::*names) {
  std::vector<std::string> items;
  for (const RuntimeNews& news : track.runtimes) {
    const std::vector<std::string>& all = news.*names;
    const auto newest = std::find_if(all.rbegin(), all.rend(), [&](const std::string& name) {
      return is_series(name, news.runtime, rules);
    });
    if (newest != all.rend()) items.push_back(news.name + " " + *newest);
  }
  return items;
}

std::string some_of(const std::vector<std::string>& items) {
  constexpr std::size_t most = 4;
  if (items.size() <= most + 1) return joined(items);
  return join(std::span(items).first(most), ", ") + " and " + std::to_string(items.size() - most) +
         " more";
}

}  // namespace

std::string event_of(const TrackNews& track, const Rules& rules, bool became_known) {
  if (track.old_builder.empty()) return "There is a new track, " + track.track;
  if (track.new_builder.empty()) return "The track " + track.track + " is no longer deployed";
  if (track.expired_now) return "The track " + track.track + " has ended";
  if (const auto gained = newest_series(track, rules, &RuntimeNews::gained_series); !gained.empty())
    return some_of(gained) + (became_known ? " now known to build on " : " can be built on ") +
           track.track;
  if (const auto lost = newest_series(track, rules, &RuntimeNews::lost_series); !lost.empty())
    return some_of(lost) + " can no longer be built on " + track.track;
  std::vector<std::string> names;
  for (const RuntimeNews& news : track.runtimes) names.push_back(news.name);
  if (names.empty()) return "A new builder with the same versions on " + track.track;
  return "Other releases of " + some_of(names) + " on " + track.track;
}

}  // namespace buildable::emit
