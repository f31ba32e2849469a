#include "policy/describe.h"

#include <algorithm>
#include <utility>

namespace buildable {
namespace {

// How many series a sentence names before it says only the newest.
constexpr std::size_t series_in_a_sentence = 5;

bool served(const VersionSet& buildable, const Named& series) {
  if (series.exact) return buildable.contains(*series.exact);
  return buildable.intersects(VersionSet::series(buildable.scheme(), series.series));
}

void add_declared(std::vector<SeriesRow>& rows, std::span<const std::string> declared,
                  const VersionSet& buildable, bool open) {
  for (const std::string& name : declared) {
    const bool present = std::any_of(rows.begin(), rows.end(),
                                     [&](const SeriesRow& row) { return row.series == name; });
    const auto named = parse_named(buildable.scheme(), name);
    if (!present && named && served(buildable, *named))
      rows.push_back({.series = name, .open_patches = open});
  }
}

void sort_rows(std::vector<SeriesRow>& rows, Scheme scheme) {
  std::sort(rows.begin(), rows.end(), [&](const SeriesRow& a, const SeriesRow& b) {
    const auto left = Version::parse(scheme, a.series), right = Version::parse(scheme, b.series);
    return left && right ? order(*left, *right) < 0 : a.series < b.series;
  });
}

std::string first_to_last(std::span<const std::string> series) {
  if (series.size() == 1) return series.front();
  return series.front() + " to " + series.back();
}

std::string ending(const TrackPolicy& track, std::string_view platform) {
  return std::string(platform) + "'s " + track.track + " track ended on " +
         day_of(track.valid_until) + ": nothing builds on it any more.";
}

std::string can_build(const RuntimePolicy& runtime) {
  if (runtime.alternatives.empty())
    return "has a builder whose contents are not known; bots get no limit for it.";
  if (runtime.buildpacks.empty()) return "has no buildpack for " + runtime.name + ".";
  if (!runtime.governed)
    return runtime.takes.empty()
               ? "accepts versions that are not known here; bots get no limit for it."
               : "can build " + runtime.takes + "; bots need no limit.";
  if (runtime.takes.empty()) return "is not known to build any version.";
  return "can build " + runtime.takes + ".";
}

}  // namespace

std::string with_source(const Reason& reason) {
  return reason.text + " (" + reason.evidence.source + ")";
}

std::string joined(std::span<const std::string> items) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? " and " : ", ";
    text += items[i];
  }
  return text;
}

std::string_view series_of(const Version& version, int components) {
  const std::string_view text = version.text();
  std::size_t end = 0;
  for (int dots = 0; end < text.size(); ++end) {
    if (text[end] == '.' && ++dots == components) break;
    if (text[end] != '.' && (text[end] < '0' || text[end] > '9')) break;
  }
  return text.substr(0, end);
}

std::vector<std::string> newest_of_last_series(std::span<const Version* const> known,
                                               int components) {
  std::vector<std::string> newest;
  std::string_view last_series;
  for (auto version = known.rbegin(); version != known.rend(); ++version) {
    const std::string_view series = series_of(**version, components);
    if ((*version)->is_prerelease() || series == last_series) continue;
    if (newest.size() == series_in_a_sentence) break;
    newest.push_back((*version)->text());
    last_series = series;
  }
  std::reverse(newest.begin(), newest.end());
  return newest;
}

std::vector<SeriesRow> series_rows(std::span<const Version> known,
                                   std::span<const std::string> declared,
                                   const VersionSet& buildable, int components, bool open) {
  std::vector<SeriesRow> rows;
  for (const Version& version : known) {
    if (version.is_prerelease()) continue;
    const std::string_view series = series_of(version, components);
    if (rows.empty() || rows.back().series != series)
      rows.push_back({.series = std::string(series), .open_patches = open});
    rows.back().newest = version.text();
  }
  add_declared(rows, declared, buildable, open);
  if (!declared.empty()) sort_rows(rows, buildable.scheme());
  return rows;
}

std::string accepted_text(const Accepted& takes) {
  if (takes.mechanism == Mechanism::supported) return "versions " + takes.supported;
  if (takes.mechanism == Mechanism::any) return "any version";
  if (takes.open)
    return takes.series.empty() ? std::string()
                                : first_to_last(takes.series) + ", any patch release";
  if (takes.newest.empty()) return {};
  const std::string newest = joined(takes.newest);
  switch (takes.mechanism) {
    case Mechanism::inventory:
      return "the versions that it lists, up to " + newest;
    case Mechanism::archives:
      return "the versions that are known to be in its archive, up to " + newest;
    case Mechanism::repository:
      return "the versions that are known to be in its package repository, up to " + newest;
    case Mechanism::aliases:
      return "the versions that its aliases name, up to " + newest;
    default:
      return "only " + newest;
  }
}

std::string buildpack_span(std::span<const BuildpackReference> oldest_and_newest) {
  if (oldest_and_newest.empty()) return {};
  const BuildpackReference& oldest = oldest_and_newest.front();
  const BuildpackReference& newest = oldest_and_newest.back();
  std::string text = oldest.id;
  if (!oldest.version.empty()) text += " " + oldest.version;
  if (oldest == newest) return text;
  return text + " to " + (oldest.id == newest.id ? "" : newest.id + " ") + newest.version;
}

std::string_view short_reference(std::string_view reference) {
  return reference.substr(reference.rfind('/') + 1);
}

std::string day_of(std::string_view instant) {
  return std::string(instant.substr(0, instant.find('T')));
}

std::string summary_of(const RuntimePolicy& runtime, const TrackPolicy& track,
                       std::string_view platform) {
  std::string text = runtime.name + ": ";
  if (track.expired) return text + ending(track, platform);
  text += std::string(platform) + "'s " + track.track + " track (builder " +
          std::string(short_reference(track.builder));
  if (!runtime.buildpacks.empty()) text += ", " + buildpack_span(runtime.buildpacks);
  text += ") ";
  return text + can_build(runtime);
}

}  // namespace buildable
