#include <algorithm>

#include "emit/json_writer.h"
#include "emit/renovate.h"

namespace buildable {

namespace {

std::string prefix_of(const std::vector<std::string>& numbers, std::size_t count) {
  std::string text = numbers[0];
  for (std::size_t i = 1; i < count; ++i) text += "." + numbers[i];
  return text;
}

bool is_series_name(Scheme scheme, std::string_view text) {
  const Result<Version> version = Version::parse(scheme, text);
  return version && is_partial(*version);
}

// The series of the policy, and what lies between a series and a full version: "24" and "24.11".
std::vector<std::string> partial_forms(const RuntimePolicy& runtime) {
  std::vector<std::string> forms;
  const auto add = [&](std::string form) {
    if (std::find(forms.rbegin(), forms.rend(), form) == forms.rend() &&
        is_series_name(runtime.scheme, form))
      forms.push_back(std::move(form));
  };
  for (const SeriesRow& row : runtime.series) add(row.series);
  std::string last;
  for (const Version& version : runtime.known) {
    if (version.is_prerelease()) continue;
    const std::vector<std::string> numbers = version.release();
    for (std::size_t count = static_cast<std::size_t>(runtime.series_components) + 1;
         count < numbers.size(); ++count) {
      std::string form = prefix_of(numbers, count);
      if (form == last) continue;
      last = form;
      add(std::move(form));
    }
  }
  return forms;
}

void write_release(JsonWriter& json, std::string_view version) {
  json.open_object(JsonWriter::Layout::line).member("version", version).close();
}

}  // namespace

std::string emit_datasource(const TrackContext& context, const RuntimeRules& rules) {
  JsonWriter json;
  json.open_object().key("releases").open_array();
  if (const RuntimePolicy* runtime = governed(context.track, rules.id)) {
    for (const std::string& form : partial_forms(*runtime)) write_release(json, form);
    for (const Version& version : runtime->known) write_release(json, version.text());
  }
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable
