#include "emit/bots/renovate.h"
#include "emit/json_writer.h"

namespace buildable::emit {

namespace {

constexpr int longest_partial = 4;  // no scheme's releases have more numbers

bool is_series_name(Scheme scheme, std::string_view text) {
  const Result<Version> version = Version::parse(scheme, text);
  return version && is_partial(*version);
}

// The first `count` numbers of a version's text; empty where it has no more than these.
std::string_view shortened(std::string_view text, int count) {
  std::size_t end = 0;
  for (int dots = 0; end < text.size(); ++end)
    if (text[end] == '.' && ++dots == count) return text.substr(0, end);
  return {};
}

// The series of the policy, and what lies between a series and a full version: "24" and "24.11".
std::vector<std::string> partial_forms(const RuntimePolicy& runtime) {
  std::vector<std::string> forms;
  for (const SeriesRow& row : runtime.series)
    if (is_series_name(runtime.scheme, row.series)) forms.push_back(row.series);
  std::string_view last;  // of each length the forms ascend, as the known versions do
  for (int count = runtime.series_components + 1; count < longest_partial; ++count)
    for (const Version& version : runtime.known) {
      const std::string_view form = shortened(version.text(), count);
      if (form.empty() || form == last || version.is_prerelease()) continue;
      last = form;
      if (is_series_name(runtime.scheme, form)) forms.emplace_back(form);
    }
  return forms;
}

// The day of a release as upstream's table has it: of the newest of each series, and of the series
// that of its first. Empty where it is not known.
std::string_view released_on(const RuntimeReleases* releases, std::string_view version) {
  if (releases == nullptr) return {};
  for (const ReleaseCycle& cycle : releases->cycles) {
    if (cycle.latest == version) return cycle.latest_released;
    if (cycle.series == version) return cycle.released;
  }
  return {};
}

void write_release(JsonWriter& json, std::string_view version, const RuntimeReleases* releases) {
  json.open_object(JsonWriter::Layout::line).member("version", version);
  const std::string_view day = released_on(releases, version);
  if (!day.empty()) json.member("releaseTimestamp", std::string(day) + "T00:00:00Z");
  json.close();
}

}  // namespace

std::string emit_datasource(const TrackContext& context, const RuntimeRules& rules,
                            const RuntimeReleases* releases) {
  JsonWriter json;
  json.open_object().key("releases").open_array();
  if (const RuntimePolicy* runtime = governed(context.track, rules.id)) {
    for (const std::string& form : partial_forms(*runtime)) write_release(json, form, releases);
    for (const Version& version : runtime->known) write_release(json, version.text(), releases);
  }
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
