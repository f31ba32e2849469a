#include "ingest/release_cycles.h"

#include "base/text.h"
#include "base/time.h"
#include "ingest/document_view.h"
#include "ingest/limits.h"

namespace buildable::ingest {
namespace {

constexpr std::size_t longest_name = 200;

// A day, or empty where it is missing or null.
Result<std::string> day_of(const DocumentView& object, std::string_view key) {
  auto day = object.optional_text(key);
  if (!day || day->empty()) return day;
  if (!parse_day(*day))
    return object.problem(std::string(key) + ": no day: " + in_quotes(*day),
                          "its form has changed");
  return day;
}

Result<void> take_latest(const DocumentView& release, ReleaseCycle& cycle) {
  const auto latest = release.optional_member("latest");
  if (!latest) return fail(latest.error());
  if (!*latest) return {};
  auto name = (*latest)->text("name");
  if (!name) return fail(std::move(name.error()));
  auto day = day_of(**latest, "date");
  if (!day) return fail(std::move(day.error()));
  cycle.latest = std::move(*name);
  cycle.latest_released = std::move(*day);
  return {};
}

Result<ReleaseCycle> cycle_of(const DocumentView& release) {
  ReleaseCycle cycle;
  auto name = release.text("name");
  if (!name) return fail(std::move(name.error()));
  cycle.series = std::move(*name);
  for (const auto& [key, day] :
       {std::pair{"releaseDate", &cycle.released}, std::pair{"eolFrom", &cycle.end_of_life}}) {
    auto found = day_of(release, key);
    if (!found) return fail(std::move(found.error()));
    *day = std::move(*found);
  }
  const auto latest = take_latest(release, cycle);
  if (!latest) return fail(latest.error());
  if (cycle.series.size() > longest_name || cycle.latest.size() > longest_name)
    return release.problem("a name that is too long");
  return cycle;
}

}  // namespace

Result<std::vector<ReleaseCycle>> parse_release_cycles(std::string_view json) {
  const auto document = read_json(json, limits::json, "the release cycles");
  if (!document) return fail(document.error());
  return DocumentView(*document)
      .member("result")
      .and_then([](const DocumentView& result) { return result.member("releases"); })
      .and_then([](const DocumentView& releases) { return releases.each(&cycle_of); });
}

}  // namespace buildable::ingest
