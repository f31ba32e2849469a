// The fields and names by which rules/ and the compiled-in form spell the structs of model/rules.h.
// Only what reads or writes them includes this: it costs the compiler more than the structs do.
#pragma once

#include <array>
#include <string_view>
#include <tuple>
#include <utility>

#include "base/fields.h"
#include "model/rules.h"

namespace buildable {

template <>
struct EnumNames<Scheme> {
  static constexpr std::array<std::pair<std::string_view, Scheme>, 9> list{{
      {"pep440", Scheme::pep440},
      {"semver", Scheme::semver},
      {"go", Scheme::go},
      {"java", Scheme::java},
      {"dotnet", Scheme::dotnet},
      {"composer", Scheme::composer},
      {"ruby", Scheme::ruby},
      {"maven", Scheme::maven},
      {"docker", Scheme::docker},
  }};
};

template <>
struct EnumNames<Mechanism> {
  static constexpr std::array<std::pair<std::string_view, Mechanism>, 9> list{{
      {"inventory", Mechanism::inventory},
      {"series", Mechanism::series},
      {"archives", Mechanism::archives},
      {"repository", Mechanism::repository},
      {"aliases", Mechanism::aliases},
      {"fixed", Mechanism::fixed},
      {"supported", Mechanism::supported},
      {"any", Mechanism::any},
      {"unrecorded", Mechanism::unrecorded},
  }};
};

template <>
struct EnumNames<Granularity> {
  static constexpr std::array<std::pair<std::string_view, Granularity>, 3> list{{
      {"version", Granularity::version},
      {"series", Granularity::series},
      {"unlimited", Granularity::unlimited},
  }};
};

template <>
struct EnumNames<Severity> {
  static constexpr std::array<std::pair<std::string_view, Severity>, 3> list{{
      {"accept", Severity::accept},
      {"warn", Severity::warn},
      {"refuse", Severity::refuse},
  }};
};

template <>
struct EnumNames<SourceKind> {
  static constexpr std::array<std::pair<std::string_view, SourceKind>, 21> list{{
      {"values_file", SourceKind::values_file},
      {"supported_versions", SourceKind::supported_versions},
      {"gitlab_commits", SourceKind::gitlab_commits},
      {"harbor", SourceKind::harbor},
      {"harbor_list", SourceKind::harbor_list},
      {"registry", SourceKind::registry},
      {"registry_token", SourceKind::registry_token},
      {"image_layer", SourceKind::image_layer},
      {"chart_values", SourceKind::chart_values},
      {"injection_script", SourceKind::injection_script},
      {"release_cycles", SourceKind::release_cycles},
      {"builder_toml", SourceKind::builder_toml},
      {"inventory", SourceKind::inventory},
      {"series_constants", SourceKind::series_constants},
      {"alias_table", SourceKind::alias_table},
      {"buildpack_descriptor", SourceKind::buildpack_descriptor},
      {"repository_constant", SourceKind::repository_constant},
      {"package_repository", SourceKind::package_repository},
      {"archive_listing", SourceKind::archive_listing},
      {"default_constant", SourceKind::default_constant},
      {"changelog", SourceKind::changelog},
  }};
};

template <>
struct EnumNames<Level> {
  static constexpr std::array<std::pair<std::string_view, Level>, 3> list{{
      {"error", Level::error},
      {"warning", Level::warning},
      {"note", Level::note},
  }};
};

template <>
struct EnumNames<PinSyntax> {
  static constexpr std::array<std::pair<std::string_view, PinSyntax>, 15> list{{
      {"lines", PinSyntax::lines},
      {"json", PinSyntax::json},
      {"toml", PinSyntax::toml},
      {"yaml", PinSyntax::yaml},
      {"properties", PinSyntax::properties},
      {"xml", PinSyntax::xml},
      {"directive", PinSyntax::directive},
      {"call", PinSyntax::call},
      {"lock_section", PinSyntax::lock_section},
      {"image", PinSyntax::image},
      {"action", PinSyntax::action},
      {"tool", PinSyntax::tool},
      {"conda", PinSyntax::conda},
      {"argument", PinSyntax::argument},
      {"variable", PinSyntax::variable},
  }};
};

template <>
struct Fields<PinFile> {
  static constexpr auto list() {
    return std::tuple{required("file", &PinFile::file),
                      optional("key", &PinFile::key),
                      optional("forms", &PinFile::forms),
                      optional("grammar", &PinFile::grammar),
                      optional("roll_forward", &PinFile::roll_forward),
                      optional("skips_unreadable", &PinFile::skips_unreadable),
                      optional("note", &PinFile::note)};
  }
};

template <>
struct Fields<RefusedFile> {
  static constexpr auto list() {
    return std::tuple{required("file", &RefusedFile::file), required("why", &RefusedFile::why)};
  }
};

template <>
struct Fields<BuildpackRule> {
  static constexpr auto list() {
    return std::tuple{required("id", &BuildpackRule::id),
                      required("versions", &BuildpackRule::versions),
                      required("mechanism", &BuildpackRule::mechanism),
                      optional("supported", &BuildpackRule::supported),
                      optional("supported_grammar", &BuildpackRule::supported_grammar),
                      optional("default_version", &BuildpackRule::default_version),
                      optional("resolves", &BuildpackRule::resolves),
                      optional("reads", &BuildpackRule::reads),
                      optional("refuses", &BuildpackRule::refuses),
                      optional("archive_urls", &BuildpackRule::archive_urls),
                      optional("later_patches_after", &BuildpackRule::later_patches_after),
                      optional("error_unknown_version", &BuildpackRule::error_unknown_version),
                      optional("evidence", &BuildpackRule::evidence)};
  }
};

template <>
struct Fields<Behaviour> {
  static constexpr auto list() {
    return std::tuple{
        required("name", &Behaviour::name), required("buildpack", &Behaviour::buildpack),
        required("versions", &Behaviour::versions), optional("value", &Behaviour::value),
        optional("evidence", &Behaviour::evidence)};
  }
};

template <>
struct Fields<RenovateMatch> {
  static constexpr auto list() {
    return std::tuple{required("datasources", &RenovateMatch::datasources),
                      optional("packages", &RenovateMatch::packages),
                      optional("dependency_types", &RenovateMatch::dependency_types),
                      optional("no_replacement_in", &RenovateMatch::no_replacement_in),
                      optional("long_term_preset", &RenovateMatch::long_term_preset),
                      optional("long_term_text", &RenovateMatch::long_term_text),
                      optional("granularity", &RenovateMatch::granularity),
                      optional("note", &RenovateMatch::note)};
  }
};

template <>
struct Fields<RenovateManager> {
  static constexpr auto list() {
    return std::tuple{required("files", &RenovateManager::files),
                      required("matches", &RenovateManager::matches),
                      required("dependency", &RenovateManager::dependency),
                      optional("package", &RenovateManager::package),
                      required("datasource", &RenovateManager::datasource),
                      optional("versioning", &RenovateManager::versioning),
                      optional("extract_version", &RenovateManager::extract_version),
                      optional("note", &RenovateManager::note)};
  }
};

template <>
struct Fields<RenovateLibraries> {
  static constexpr auto list() {
    return std::tuple{required("datasources", &RenovateLibraries::datasources),
                      required("constraint", &RenovateLibraries::constraint)};
  }
};

template <>
struct Fields<RenovateNames> {
  static constexpr auto list() {
    return std::tuple{optional("matches", &RenovateNames::matches),
                      optional("managers", &RenovateNames::managers),
                      optional("libraries", &RenovateNames::libraries),
                      optional("single_managers", &RenovateNames::single_managers)};
  }
};

template <>
struct Fields<DependabotNames> {
  static constexpr auto list() {
    return std::tuple{required("ecosystem", &DependabotNames::ecosystem),
                      required("dependencies", &DependabotNames::dependencies),
                      optional("granularity", &DependabotNames::granularity)};
  }
};

template <>
struct Fields<Codename> {
  static constexpr auto list() {
    return std::tuple{required("name", &Codename::name), required("series", &Codename::series)};
  }
};

template <>
struct Fields<LongTermSeries> {
  static constexpr auto list() {
    return std::tuple{required("series", &LongTermSeries::series),
                      required("from", &LongTermSeries::from)};
  }
};

template <>
struct Fields<LockFile> {
  static constexpr auto list() {
    return std::tuple{required("file", &LockFile::file), required("command", &LockFile::command),
                      optional("must_agree", &LockFile::must_agree),
                      optional("of_workspace", &LockFile::of_workspace)};
  }
};

template <>
struct Fields<PinPlace> {
  static constexpr auto list() {
    return std::tuple{optional("files", &PinPlace::files),
                      required("syntax", &PinPlace::syntax),
                      optional("key", &PinPlace::key),
                      optional("paths", &PinPlace::paths),
                      optional("names", &PinPlace::names),
                      optional("grammar", &PinPlace::grammar),
                      optional("prefixes", &PinPlace::prefixes),
                      optional("around", &PinPlace::around),
                      optional("moving", &PinPlace::moving),
                      optional("roll_forward", &PinPlace::roll_forward),
                      optional("minimum", &PinPlace::minimum),
                      optional("granularity", &PinPlace::granularity),
                      optional("locks", &PinPlace::locks),
                      optional("note", &PinPlace::note)};
  }
};

template <>
struct Fields<RuntimeRules> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &RuntimeRules::schema_version),
                      required("id", &RuntimeRules::id),
                      required("name", &RuntimeRules::name),
                      optional("aliases", &RuntimeRules::aliases),
                      required("scheme", &RuntimeRules::scheme),
                      required("series_components", &RuntimeRules::series_components),
                      optional("build_tool", &RuntimeRules::build_tool),
                      optional("release_dates", &RuntimeRules::release_dates),
                      optional("codenames", &RuntimeRules::codenames),
                      optional("long_term", &RuntimeRules::long_term),
                      required("buildpacks", &RuntimeRules::buildpacks),
                      optional("behaviours", &RuntimeRules::behaviours),
                      optional("pins", &RuntimeRules::pins),
                      optional("renovate", &RuntimeRules::renovate),
                      optional("dependabot", &RuntimeRules::dependabot),
                      optional("notes", &RuntimeRules::notes)};
  }
};

template <>
struct Fields<TrackRules> {
  static constexpr auto list() {
    return std::tuple{required("name", &TrackRules::name),
                      required("builder_key", &TrackRules::builder_key),
                      optional("runner_key", &TrackRules::runner_key),
                      optional("valid_until_key", &TrackRules::valid_until_key),
                      optional("command_option", &TrackRules::command_option),
                      optional("config_key", &TrackRules::config_key),
                      optional("next", &TrackRules::next),
                      required("description", &TrackRules::description)};
  }
};

template <>
struct Fields<FileNotice> {
  static constexpr auto list() {
    return std::tuple{required("rule", &FileNotice::rule),
                      required("level", &FileNotice::level),
                      required("files", &FileNotice::files),
                      optional("contains", &FileNotice::contains),
                      optional("distro_versions", &FileNotice::distro_versions),
                      required("title", &FileNotice::title),
                      required("message", &FileNotice::message),
                      optional("evidence", &FileNotice::evidence)};
  }
};

template <>
struct Fields<InjectedBuildpack> {
  static constexpr auto list() {
    return std::tuple{optional("id", &InjectedBuildpack::id),
                      required("what", &InjectedBuildpack::what),
                      optional("trigger", &InjectedBuildpack::trigger),
                      optional("image", &InjectedBuildpack::image),
                      optional("distro_versions", &InjectedBuildpack::distro_versions),
                      optional("unknown", &InjectedBuildpack::unknown),
                      optional("evidence", &InjectedBuildpack::evidence)};
  }
};

template <>
struct Fields<Source> {
  static constexpr auto list() {
    return std::tuple{required("name", &Source::name),
                      required("kind", &Source::kind),
                      required("url", &Source::url),
                      optional("buildpack", &Source::buildpack),
                      optional("versions", &Source::versions),
                      optional("optional", &Source::optional),
                      optional("constants", &Source::constants),
                      optional("stacks", &Source::stacks),
                      optional("digest", &Source::digest),
                      optional("note", &Source::note)};
  }
};

template <>
struct Fields<JudgementRules> {
  static constexpr auto list() {
    return std::tuple{required("track_vanished", &JudgementRules::track_vanished),
                      required("default_track_missing", &JudgementRules::default_track_missing),
                      required("runtime_vanished", &JudgementRules::runtime_vanished),
                      required("set_shrank", &JudgementRules::set_shrank),
                      required("sources_disagree", &JudgementRules::sources_disagree),
                      required("label_missing", &JudgementRules::label_missing),
                      required("digest_changed", &JudgementRules::digest_changed),
                      required("deprecated_ended", &JudgementRules::deprecated_ended),
                      required("builder_moved_back", &JudgementRules::builder_moved_back),
                      required("snapshot_older", &JudgementRules::snapshot_older),
                      required("empty_policy", &JudgementRules::empty_policy),
                      required("lost_versions_share", &JudgementRules::lost_versions_share),
                      required("lost_series_share", &JudgementRules::lost_series_share),
                      required("lost_versions_share_of_new_builder",
                               &JudgementRules::lost_versions_share_of_new_builder),
                      required("lost_series_share_of_new_builder",
                               &JudgementRules::lost_series_share_of_new_builder)};
  }
};

template <>
struct Fields<PlatformRules> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &PlatformRules::schema_version),
                      required("id", &PlatformRules::id),
                      required("name", &PlatformRules::name),
                      optional("homepage", &PlatformRules::homepage),
                      required("default_track", &PlatformRules::default_track),
                      required("tracks", &PlatformRules::tracks),
                      optional("sources", &PlatformRules::sources),
                      optional("injected", &PlatformRules::injected),
                      optional("components_file", &PlatformRules::components_file),
                      optional("mentions", &PlatformRules::mentions),
                      optional("distributions", &PlatformRules::distributions),
                      optional("notices", &PlatformRules::notices),
                      optional("judgement", &PlatformRules::judgement),
                      optional("notes", &PlatformRules::notes)};
  }
};

template <>
struct Fields<Rules> {
  static constexpr auto list() {
    return std::tuple{required("platform", &Rules::platform),
                      required("runtimes", &Rules::runtimes)};
  }
};

}  // namespace buildable
