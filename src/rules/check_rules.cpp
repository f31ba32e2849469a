#include <algorithm>
#include <type_traits>

#include "base/text.h"
#include "base/time.h"
#include "model/rules_fields.h"
#include "rules/checks.h"
#include "version/range.h"

namespace buildable {
namespace {

Result<VersionSet> span_of(const BuildpackRule& rule) {
  return parse_range(Grammar::npm, Scheme::semver, rule.versions);
}

void check_span(const std::vector<BuildpackRule>& rules, std::size_t index, Findings& findings) {
  std::string path = item_path("buildpacks", index, "versions");
  Result<VersionSet> span = span_of(rules[index]);
  findings.require(span, path);
  if (!span) return;
  if (span->empty()) findings.add(path, "takes no version");
  for (std::size_t i = 0; i < index; ++i) {
    if (rules[i].id != rules[index].id) continue;
    Result<VersionSet> other = span_of(rules[i]);
    if (!other || !other->intersects(*span)) continue;
    findings.add(path,
                 in_quotes(rules[index].versions) + " overlaps " + in_quotes(rules[i].versions) +
                     " of " + item_path("buildpacks", i),
                 "one version of a buildpack has one rule");
  }
}

void check_supported(const RuntimeRules& runtime, std::size_t index, Findings& findings) {
  const BuildpackRule& rule = runtime.buildpacks[index];
  std::string path = item_path("buildpacks", index, "supported");
  if ((rule.mechanism == Mechanism::supported) == rule.supported.empty()) {
    return findings.add(path, "goes with the mechanism \"supported\", and only with it");
  }
  if (rule.supported.empty() && rule.supported_grammar.empty()) return;
  Result<Grammar> grammar = grammar_named(rule.supported_grammar);
  findings.require(grammar, path + "_grammar");
  if (grammar) findings.require(parse_range(*grammar, runtime.scheme, rule.supported), path);
}

void check_pin_files(const BuildpackRule& rule, const std::string& path, Findings& findings) {
  for (std::size_t i = 0; i < rule.reads.size(); ++i) {
    const PinFile& pin = rule.reads[i];
    std::string place = item_path(path + ".reads", i);
    findings.require_text(pin.file, place + ".file");
    if (pin.grammar.empty()) continue;
    findings.require(grammar_named(pin.grammar), place + ".grammar");
  }
}

// Which syntaxes need names, and know their files by themselves.
bool names_things(PinSyntax syntax) {
  return syntax == PinSyntax::image || syntax == PinSyntax::action || syntax == PinSyntax::tool ||
         syntax == PinSyntax::conda || syntax == PinSyntax::variable;
}

bool has_key(PinSyntax syntax) {
  return syntax != PinSyntax::lines && syntax != PinSyntax::image && syntax != PinSyntax::tool &&
         syntax != PinSyntax::conda && syntax != PinSyntax::variable;
}

// "project/build/plugins/plugin[maven-compiler-plugin]/configuration/release"
bool is_xml_path(std::string_view path) {
  const auto is_step = [](std::string_view step) {
    const std::size_t open = step.find('[');
    const bool named = open == std::string_view::npos;
    return open != 0 && !step.empty() && (named || (step.ends_with(']') && open + 2 < step.size()));
  };
  const auto steps = split(path, '/');
  return std::all_of(steps.begin(), steps.end(), is_step);
}

void check_xml_paths(const PinPlace& place, const std::string& path, Findings& findings) {
  if (place.paths.empty() == (place.syntax == PinSyntax::xml))
    findings.add(path + ".paths",
                 place.paths.empty() ? "is missing or empty" : "means nothing in this syntax");
  for (std::size_t i = 0; i < place.paths.size(); ++i)
    if (!is_xml_path(place.paths[i]))
      findings.add(item_path(path + ".paths", i), "is not a path of elements");
}

void check_pin_places(const RuntimeRules& runtime, Findings& findings) {
  for (std::size_t i = 0; i < runtime.pins.size(); ++i) {
    const PinPlace& place = runtime.pins[i];
    const std::string path = item_path("pins", i);
    const bool naming = names_things(place.syntax);
    if (place.files.empty() && !naming) findings.add(path + ".files", "is missing or empty");
    if (place.names.empty() && naming) findings.add(path + ".names", "is missing or empty");
    if (place.key.empty() == has_key(place.syntax))
      findings.add(path + ".key",
                   has_key(place.syntax) ? "is missing or empty" : "means nothing in this syntax");
    check_xml_paths(place, path, findings);
    if (!place.grammar.empty()) findings.require(grammar_named(place.grammar), path + ".grammar");
    if (!place.around.empty() && place.around.find("{version}") == std::string::npos)
      findings.add(path + ".around", "has no {version}");
  }
}

void check_codenames(const RuntimeRules& runtime, Findings& findings) {
  for (std::size_t i = 0; i < runtime.codenames.size(); ++i) {
    const Codename& codename = runtime.codenames[i];
    findings.require(Version::parse(runtime.scheme, codename.series),
                     item_path("codenames", i, "series"));
  }
}

void check_long_term(const RuntimeRules& runtime, Findings& findings) {
  for (std::size_t i = 0; i < runtime.long_term.size(); ++i) {
    findings.require(Version::parse(runtime.scheme, runtime.long_term[i].series),
                     item_path("long_term", i, "series"));
    findings.require(parse_day(runtime.long_term[i].from), item_path("long_term", i, "from"));
  }
}

// Of one name and buildpack one value holds for a version.
void check_behaviours(const RuntimeRules& runtime, Findings& findings) {
  for (std::size_t i = 0; i < runtime.behaviours.size(); ++i) {
    const Behaviour& behaviour = runtime.behaviours[i];
    const std::string path = item_path("behaviours", i);
    findings.require_text(behaviour.name, path + ".name");
    findings.require_text(behaviour.buildpack, path + ".buildpack");
    const auto span = parse_range(Grammar::npm, Scheme::semver, behaviour.versions);
    findings.require(span, path + ".versions");
    for (std::size_t j = 0; span && j < i; ++j) {
      const Behaviour& other = runtime.behaviours[j];
      if (other.name != behaviour.name || other.buildpack != behaviour.buildpack) continue;
      const auto before = parse_range(Grammar::npm, Scheme::semver, other.versions);
      if (before && before->intersects(*span))
        findings.add(path + ".versions",
                     in_quotes(behaviour.versions) + " overlaps " + in_quotes(other.versions) +
                         " of " + item_path("behaviours", j),
                     "one version of a buildpack has one value");
    }
  }
}

void check_dependabot(const RuntimeRules& runtime, Findings& findings) {
  for (std::size_t i = 0; i < runtime.dependabot.size(); ++i) {
    if (!runtime.dependabot[i].dependencies.empty()) continue;
    findings.add(item_path("dependabot", i, "dependencies"), "is empty");
  }
}

void check_notices(const PlatformRules& platform, Findings& findings) {
  for (std::size_t i = 0; i < platform.notices.size(); ++i) {
    findings.require_text(platform.notices[i].rule, item_path("notices", i, "rule"));
    if (platform.notices[i].files.empty())
      findings.add(item_path("notices", i, "files"), "is empty");
  }
}

void check_shares(const JudgementRules& judgement, Findings& findings) {
  const auto check = [&](const auto& field) {
    if constexpr (std::is_same_v<decltype(field.member), int JudgementRules::*>) {
      const int percent = judgement.*(field.member);
      if (percent >= 0 && percent <= 100) return;
      findings.add("judgement." + std::string(field.name),
                   "is a share in percent, 0 to 100, not " + std::to_string(percent));
    }
  };
  std::apply([&](const auto&... field) { (check(field), ...); }, Fields<JudgementRules>::list());
}

}  // namespace

void check_platform(const PlatformRules& platform, Findings& findings) {
  findings.require_schema(platform.schema_version);
  findings.require_name(platform.id, "id");
  std::vector<std::string> tracks = names_of(platform.tracks, &TrackRules::name);
  findings.require_unique(tracks, "tracks", "name");
  findings.require_unique(names_of(platform.sources, &Source::name), "sources", "name");
  for (std::size_t i = 0; i < platform.tracks.size(); ++i) {
    findings.require_name(platform.tracks[i].name, item_path("tracks", i, "name"));
    findings.require_text(platform.tracks[i].builder_key, item_path("tracks", i, "builder_key"));
    const std::string& next = platform.tracks[i].next;
    if (!next.empty() && std::find(tracks.begin(), tracks.end(), next) == tracks.end())
      findings.add(item_path("tracks", i, "next"), in_quotes(next) + " is none of the tracks");
  }
  check_notices(platform, findings);
  check_shares(platform.judgement, findings);
  if (std::find(tracks.begin(), tracks.end(), platform.default_track) != tracks.end()) return;
  findings.add("default_track", in_quotes(platform.default_track) + " is none of the tracks",
               tracks.empty() ? "" : "they are: " + join(tracks, ", "));
}

void check_runtime(const RuntimeRules& runtime, Findings& findings) {
  findings.require_schema(runtime.schema_version);
  findings.require_name(runtime.id, "id");
  findings.require_text(runtime.name, "name");
  if (runtime.series_components < 1 || runtime.series_components > 3) {
    findings.add("series_components",
                 "is 1, 2 or 3, not " + std::to_string(runtime.series_components));
  }
  for (std::size_t i = 0; i < runtime.buildpacks.size(); ++i) {
    findings.require_text(runtime.buildpacks[i].id, item_path("buildpacks", i, "id"));
    check_span(runtime.buildpacks, i, findings);
    check_supported(runtime, i, findings);
    check_pin_files(runtime.buildpacks[i], item_path("buildpacks", i), findings);
  }
  check_pin_places(runtime, findings);
  check_codenames(runtime, findings);
  check_long_term(runtime, findings);
  check_behaviours(runtime, findings);
  check_dependabot(runtime, findings);
}

}  // namespace buildable
