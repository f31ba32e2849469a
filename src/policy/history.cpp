#include "policy/history.h"

#include "policy/diff.h"

namespace buildable {
namespace {

std::string text_of(const VersionSet& set) { return set.empty() ? std::string() : to_string(set); }

RuntimeNews news_of(const RuntimeChange& change) {
  return {change.runtime,       change.name,        text_of(change.gained), text_of(change.lost),
          change.gained_series, change.lost_series, change.old_default,     change.new_default};
}

TrackNews news_of(const TrackChange& change) {
  TrackNews news{change.track, change.old_builder, change.new_builder, change.expired_now, {}};
  for (const RuntimeChange& runtime : change.runtimes) news.runtimes.push_back(news_of(runtime));
  return news;
}

}  // namespace

HistoryState history_state(const Policy* before, const Policy& now) {
  HistoryState state{now.platform, now.effective, now.snapshot_digest, {}, {}};
  for (const TrackPolicy& track : now.tracks) {
    state.builders.push_back({track.track, track.builder});
  }
  if (before == nullptr) return state;
  for (const TrackChange& track : diff(*before, now).tracks) {
    state.changes.push_back(news_of(track));
  }
  return state;
}

}  // namespace buildable
