// Renovate has no rule that takes a version back, but it replaces a dependency by another, which
// may be the same one with a lower version. Two kinds of rules say so: the first name a runtime and
// give what all its pull requests share; the second, one a series, know a pin by that and say what
// to go back to.
#include <algorithm>
#include <optional>

#include "emit/bots/renovate.h"
#include "emit/bots/renovate_writing.h"

namespace buildable::emit {

namespace {

// Pins that are taken back to one version: those above `beyond`, and below the series `until`.
struct Return {
  std::string series;
  std::string target;
  std::string beyond;  // in the form of `sort_key`
  std::string until;   // empty: no end
};

// What the rules make of a pin's numbers to compare them as text: "22.9.0" is "0022.0009.0000".
constexpr std::string_view sort_key =
    "$join($match($match(currentValue, /^v?[\\d.]+/).match, /\\d+/).$pad(match, -4, '0'), '.')";
constexpr std::string_view taken_back = "Take back";

constexpr std::size_t digits_of_key = 4;
constexpr std::size_t numbers_of_version = 4;  // no scheme's releases have more

// Fails on a number that the key cannot hold.
std::optional<std::string> key_of(const std::vector<std::string>& numbers) {
  std::string key;
  for (const std::string& number : numbers) {
    if (number.size() > digits_of_key) return std::nullopt;
    if (!key.empty()) key += '.';
    key += std::string(digits_of_key - number.size(), '0') + number;
  }
  return key;
}

// As long as can be, so that pins that leave out final zeros do not lie above it.
std::optional<std::string> key_of_release(const Version& version) {
  std::vector<std::string> numbers = version.release();
  while (numbers.size() < numbers_of_version) numbers.emplace_back("0");
  return key_of(numbers);
}

// Above every member of the series: "~" comes after all digits.
std::optional<std::string> key_above_series(const Version& series) {
  std::optional<std::string> key = key_of(series.release());
  if (key) *key += ".~";
  return key;
}

std::vector<Version> series_of(const RuntimePolicy& runtime) {
  std::vector<Version> made;
  for (const SeriesRow& row : runtime.series)
    if (Result<Version> series = Version::parse(runtime.scheme, row.series);
        series && !row.newest.empty())
      made.push_back(std::move(*series));
    else
      return {};
  return made;
}

std::optional<Cut> start_of(const std::vector<Version>& series, std::size_t index) {
  if (index >= series.size()) return std::nullopt;
  return Cut{series[index], Cut::Side::before};
}

// What lies between the newest version of a series and the next series that can be built. Where
// newer patches of the series can be built too, only what lies between the two series.
std::optional<Return> return_to(const RuntimePolicy& runtime, const std::vector<Version>& series,
                                std::size_t index) {
  const SeriesRow& row = runtime.series[index];
  const Result<Version> newest = Version::parse(runtime.scheme, row.newest);
  if (!newest || !runtime.buildable.contains(*newest)) return std::nullopt;
  const VersionSet above = VersionSet::finals_between(
      runtime.scheme, Cut{*newest, Cut::Side::after}, start_of(series, index + 1));
  const VersionSet members = VersionSet::series(runtime.scheme, series[index].release());
  const bool is_open = runtime.later_patches_after > 0 || above.intersects(runtime.buildable);
  const VersionSet taken = is_open ? above.minus(members) : above;
  if (taken.empty() || taken.intersects(runtime.buildable)) return std::nullopt;
  const std::optional<std::string> beyond =
      is_open ? key_above_series(series[index]) : key_of_release(*newest);
  const std::optional<std::string> until =
      index + 1 < series.size() ? key_of(series[index + 1].release()) : std::string();
  if (!beyond || !until) return std::nullopt;
  return Return{row.series, row.newest, *beyond, *until};
}

std::vector<Return> returns_of(const RuntimePolicy& runtime) {
  std::vector<Return> made;
  const std::vector<Version> series = series_of(runtime);
  for (std::size_t index = 0; index < series.size(); ++index)
    if (std::optional<Return> found = return_to(runtime, series, index))
      made.push_back(std::move(*found));
  return made;
}

// Plain versions, with the variant of an image, and "26.x". Neither ranges nor prereleases.
std::string plain_versions(const RuntimePolicy& runtime) {
  const std::string finals =
      to_regex(VersionSet::finals_between(runtime.scheme, std::nullopt, std::nullopt));
  return "/^\\d+(?:\\.\\d+)?\\.x$|" + finals + "/";
}

struct Names {
  std::vector<std::string> managers;
  std::vector<std::string> datasources;
  std::vector<std::string> packages;
};

std::string branch_of(const RuntimePolicy& runtime) { return "take-back-" + runtime.runtime; }

// Names the dependency's runtime for the rules after it.
void write_names(JsonWriter& json, const RuntimePolicy& runtime, const Names& names) {
  json.open_object();
  write_matcher(json, "matchManagers", names.managers);
  write_matcher(json, "matchDatasources", names.datasources);
  write_matcher(json, "matchPackageNames", names.packages);
  json.key("replacement").open_object(JsonWriter::Layout::line);
  json.member("branchTopic", branch_of(runtime)).close();
  json.close();
}

// Whether a rule before it gave the replacement's setting this value.
std::string has_setting(std::string_view setting, std::string_view value) {
  return "replacement." + std::string(setting) + " = '" + std::string(value) + "'";
}

// What all pins of a runtime that can be taken back share. A limit must have been set before: else
// what was taken back would be proposed again. Renovate's own note on replacements speaks of what a
// community suggests, and notes only add up: so the body has ours in place of all.
void write_shared(JsonWriter& json, const TrackContext& context, const RuntimePolicy& runtime) {
  json.open_object();
  json.member("matchCurrentValue", plain_versions(runtime));
  json.member("matchJsonata",
              std::vector<std::string>{has_setting("branchTopic", branch_of(runtime)) +
                                       " and $exists(allowedVersions)"});
  json.key("replacement").open_object();
  json.member("commitMessageAction", taken_back);
  json.member("commitMessageTopic", runtime.name);
  json.member("prBodyTemplate",
              "{{{header}}}{{{table}}}{{{warnings}}}**What was pinned is not known to build.** " +
                  reason_of(context, runtime) +
                  "\n\n{{{changelogs}}}{{{configDescription}}}{{{controls}}}{{{footer}}}");
  json.close().close();
}

// The first `count` numbers; all where there are no more.
std::string first_numbers(std::string_view version, int count) {
  std::size_t end = 0;
  for (int dots = 0; end < version.size(); ++end)
    if (version[end] == '.' && ++dots == count) break;
  return std::string(version.substr(0, end));
}

// A pin file may take full versions only: "26" is written as "26.0.0".
std::string in_full(std::string version) {
  for (auto dots = std::count(version.begin(), version.end(), '.'); dots < 2; ++dots)
    version += ".0";
  return version;
}

// Docker's versioning writes what it is given, and so do others that presets give to images: so a
// tag keeps as many numbers as it has, its "v" and its variant. All others take the version and
// keep the pin's form by themselves.
std::string replacement(const std::string& target) {
  const auto replaced = [&](std::string_view numbers, int count, const std::string& in) {
    return "(replace '^(?<v>v?)" + std::string(numbers) + "(?<rest>$|[^.\\d])' '$<v>" +
           first_numbers(target, count) + "$<rest>' " + in + ")";
  };
  std::string tag = replaced("\\d+(?:\\.\\d+){2,}", 9, "currentValue");
  tag = replaced("\\d+\\.\\d+", 2, tag);
  tag = replaced("\\d+", 1, tag);
  tag = tag.substr(1, tag.size() - 2);
  return "{{#if (or (equals datasource 'docker') (equals versioning 'docker'))}}{{{" + tag +
         "}}}{{else}}" + in_full(target) + "{{/if}}";
}

void write_return(JsonWriter& json, const RuntimePolicy& runtime, const Return& back) {
  const std::string end = back.until.empty() ? "" : " and $pin < '" + back.until + "'";
  json.open_object();
  json.key("description").open_array();
  json.value(runtime.name + " goes back to " + back.target + ".").close();
  json.member("matchJsonata",
              std::vector<std::string>{has_setting("branchTopic", branch_of(runtime)) + " and " +
                                       has_setting("commitMessageAction", taken_back) +
                                       " and ($pin := " + std::string(sort_key) + "; $pin > '" +
                                       back.beyond + "'" + end + ")"});
  json.member("replacementNameTemplate", "{{{depName}}}");
  json.member("replacementVersionTemplate", replacement(back.target));
  json.key("replacement").open_object();
  json.member("branchTopic", branch_of(runtime) + "-" + back.series);
  json.member("commitMessageExtra", "to " + back.target);
  json.close().close();
}

std::vector<std::string> all_but(std::vector<std::string> managers) {
  for (std::string& manager : managers) manager.insert(0, "!");
  return managers;
}

void write_runtime(JsonWriter& json, const TrackContext& context, const RuntimeRules& rules,
                   const RuntimePolicy& runtime) {
  const std::vector<Return> returns = returns_of(runtime);
  if (returns.empty()) return;
  for (const RenovateMatch& match : rules.renovate.matches)
    if (match.granularity == Granularity::version)
      write_names(json, runtime,
                  {all_but(match.no_replacement_in), match.datasources, match.packages});
  for (const CoverageSource& source : coverage_sources(context, rules))
    write_names(json, runtime, {{"custom.regex"}, {source.datasource}, {source.package}});
  write_shared(json, context, runtime);
  for (const Return& back : returns) write_return(json, runtime, back);
}

}  // namespace

std::string emit_take_back_preset(const TrackContext& context) {
  JsonWriter json;
  std::vector<std::string> description =
      track_description(context, "Pins that are too new are taken back");
  description.push_back(
      "Opt-in, after the preset of the track or of a runtime: a plain version above what that "
      "preset allows is replaced by the newest that can be built, of the same series where "
      "there is one.");
  begin_preset(json, description);
  json.key("packageRules").open_array();
  for (const RuntimeRules& rules : context.rules.runtimes)
    if (const RuntimePolicy* runtime = governed(context.track, rules.id))
      write_runtime(json, context, rules, *runtime);
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
