#include "emit/tracks.h"

#include <charconv>

namespace buildable::emit {

namespace {

// What stands before the last number, and that number; -1 where there is none.
std::pair<std::string_view, int> parts_of(std::string_view series) {
  const std::size_t dot = series.rfind('.');
  const std::size_t begin = dot == std::string_view::npos ? 0 : dot + 1;
  const std::string_view last = series.substr(begin);
  int number = -1;
  const auto [end, problem] = std::from_chars(last.data(), last.data() + last.size(), number);
  if (problem != std::errc() || end != last.data() + last.size()) number = -1;
  return {series.substr(0, begin), number};
}

bool governed_on_some_track(const Policy& policy, std::string_view runtime) {
  for (const TrackPolicy& track : policy.tracks)
    if (governed(track, runtime)) return true;
  return false;
}

TrackPolicy undeployed(const TrackRules& track, const Rules& rules, const Policy& policy) {
  TrackPolicy made;
  made.track = track.name;
  made.description = track.description;
  made.command_option = track.command_option;
  for (const RuntimeRules& runtime : rules.runtimes) {
    RuntimePolicy nothing;
    nothing.runtime = runtime.id;
    nothing.name = runtime.name;
    nothing.scheme = runtime.scheme;
    nothing.series_components = runtime.series_components;
    nothing.buildable = VersionSet::none(runtime.scheme);
    nothing.unbuildable = VersionSet::all(runtime.scheme);
    nothing.governed = governed_on_some_track(policy, runtime.id);
    nothing.summary = runtime.name + ": " + policy.platform_name +
                      " deploys no builder on the track " + track.name + ".";
    made.runtimes.push_back(std::move(nothing));
  }
  return made;
}

}  // namespace

std::deque<TrackPolicy> missing_tracks(const Rules& rules, const Policy& policy) {
  std::deque<TrackPolicy> made;
  for (const TrackRules& track : rules.platform.tracks)
    if (!policy.find(track.name)) made.push_back(undeployed(track, rules, policy));
  return made;
}

const RuntimePolicy* governed(const TrackPolicy& track, std::string_view runtime) {
  const RuntimePolicy* found = track.find(runtime);
  return found && found->governed ? found : nullptr;
}

std::vector<std::string> track_description(const TrackContext& context, std::string_view what) {
  const Policy& policy = context.policy;
  const TrackPolicy& track = context.track;
  const std::string since = format_day(policy.effective);
  if (!context.deployed)
    return {std::string(what) + " for the track " + track.track + " of " + policy.platform_name +
            ": no builder is deployed on it, state of " + since + "."};
  std::vector<std::string> sentences = {std::string(what) + " for the track " + track.track +
                                        " of " + policy.platform_name + ": builder " +
                                        track.builder + ", state of " + since + ", last seen " +
                                        format_day(policy.observed) + "."};
  if (!track.certain)
    sentences.push_back(
        "What is inside this image is known from its tag only: allowed is what every state that "
        "fits the tag builds.");
  if (track.expired)
    sentences.push_back("The track ended on " + day_of(track.valid_until) +
                        ": the platform refuses it since then.");
  return sentences;
}

std::vector<std::string> rule_description(const RuntimePolicy& runtime) {
  std::vector<std::string> sentences = {runtime.summary};
  if (runtime.buildable.empty()) sentences.push_back("So no version is allowed.");
  return sentences;
}

std::string with_final_slash(std::string url) {
  if (!url.empty() && !url.ends_with('/')) url += '/';
  return url;
}

std::string_view newest_known(const RuntimePolicy& runtime) {
  for (auto version = runtime.known.rbegin(); version != runtime.known.rend(); ++version)
    if (!version->is_prerelease()) return version->text();
  return runtime.known.empty() ? std::string_view() : runtime.known.back().text();
}

bool follows(std::string_view next, std::string_view series) {
  const auto [before, number] = parts_of(series);
  const auto [next_before, next_number] = parts_of(next);
  return number >= 0 && before == next_before && next_number == number + 1;
}

std::string series_text(std::span<const std::string> series) {
  std::string text;
  for (std::size_t first = 0; first < series.size();) {
    std::size_t last = first;
    while (last + 1 < series.size() && follows(series[last + 1], series[last])) ++last;
    if (last == first + 1) last = first;  // two are two, not a span
    text += (text.empty() ? "" : ", ") + series[first];
    if (last > first) text += " to " + series[last];
    first = last + 1;
  }
  return text;
}

std::vector<std::string> names_of_series(const RuntimePolicy& runtime) {
  std::vector<std::string> names;
  for (const SeriesRow& row : runtime.series) names.push_back(row.series);
  return names;
}

std::string span_of(const RuntimePolicy& runtime) {
  constexpr std::size_t readable = 40;
  if (!runtime.series.empty()) return series_text(names_of_series(runtime));
  if (!runtime.takes.empty() && runtime.takes.size() <= readable) return runtime.takes;
  std::string set = to_string(runtime.buildable);
  return set.size() <= readable ? set : std::string();
}

std::string default_of(const RuntimePolicy& runtime) {
  const std::string pinned = runtime.default_version == "*" ? "newest" : runtime.default_version;
  const std::string& resolved = runtime.default_resolved;
  if (pinned.empty() || resolved.empty() || pinned == resolved)
    return pinned.empty() ? resolved : pinned;
  return pinned + " (" + resolved + ")";
}

}  // namespace buildable::emit
