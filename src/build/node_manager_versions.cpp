#include "build/node_manager_versions.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/characters.h"
#include "build/node_semver.h"
#include "version/range.h"

namespace buildable::build {
namespace {

// Releases that the registry has, ascending: where a range takes one of them, the newest that it
// takes is no older.
constexpr std::array<std::string_view, 10> npm_releases{"6.14.18", "7.24.2", "8.5.5",  "8.19.4",
                                                        "9.9.4",   "10.8.2", "10.9.0", "10.9.2",
                                                        "11.0.0",  "11.6.0"};
constexpr std::array<std::string_view, 6> pnpm_releases{"7.33.7", "8.15.9", "9.0.0",
                                                        "9.15.9", "10.0.0", "10.24.0"};
// Of @yarnpkg/cli-dist.
constexpr std::array<std::string_view, 6> newer_yarn_releases{"2.4.2", "3.0.0", "3.8.7",
                                                              "4.0.0", "4.9.1", "4.12.0"};
constexpr std::string_view newest_yarn_1 = "1.22.22";

// What Node.js brings along. https://nodejs.org/dist/index.json
struct BundledNpm {
  std::string_view node;  // from this version on
  std::string_view low;
  std::string_view below;
};
constexpr std::array bundled{
    BundledNpm{"26.0.0", "11.0.0", ""}, BundledNpm{"24.0.0", "11.0.0", "12.0.0"},
    BundledNpm{"22.10.0", "10.9.0", "11.0.0"}, BundledNpm{"20.0.0", "9.6.0", "11.0.0"},
    BundledNpm{"18.0.0", "8.6.0", "11.0.0"}};

VersionSet any_version() { return VersionSet::all(Scheme::semver); }

std::optional<Cut> cut_before(std::string_view version) {
  if (version.empty()) return std::nullopt;
  const auto read = Version::parse(Scheme::semver, version);
  if (!read) return std::nullopt;
  return Cut{*read, Cut::Side::before};
}

// The newest of the releases that the buildpack finds in the range; empty: none.
std::string_view newest_taken(std::span<const std::string_view> releases,
                              const node_semver::Range& range) {
  for (auto each = releases.rbegin(); each != releases.rend(); ++each) {
    const auto version = node_semver::parse_version(*each);
    if (version && range.satisfied_by(*version)) return *each;
  }
  return {};
}

// A range that takes any version from 2.0.0 on is looked up in @yarnpkg/cli-dist, any other in
// yarn.
VersionSet yarn_for_range(const std::string& text, const node_semver::Range& range) {
  const std::string_view newer = newest_taken(newer_yarn_releases, range);
  if (!newer.empty()) return releases_from(newer);
  const auto npm = range_of_npm(text);
  const std::array<std::string_view, 1> old{newest_yarn_1};
  const bool surely_old = npm && !npm->intersects(releases_from("2.0.0"));
  if (!surely_old || newest_taken(old, range).empty()) return any_version();
  return releases_from(newest_yarn_1, "2.0.0");
}

}  // namespace

std::optional<VersionSet> range_of_npm(std::string_view text) {
  auto set = parse_range(Grammar::npm, Scheme::semver, text);
  if (!set || text == "latest") return std::nullopt;
  return *std::move(set);
}

VersionSet releases_from(std::string_view low, std::string_view below) {
  return VersionSet::finals_between(Scheme::semver, cut_before(low), cut_before(below));
}

VersionSet versions_of_bundled_npm(std::string_view node) {
  const auto version = Version::parse(Scheme::semver, node);
  if (!version) return any_version();
  for (const BundledNpm& each : bundled)
    if (releases_from(each.node).contains(*version)) return releases_from(each.low, each.below);
  return any_version();
}

VersionSet versions_for_range(std::string_view manager, const std::string& range) {
  const auto read = node_semver::parse_requirement(range);
  if (!read.range) return any_version();
  if (manager == "yarn") return yarn_for_range(range, *read.range);
  const std::string_view newest = manager == "npm" ? newest_taken(npm_releases, *read.range)
                                                   : newest_taken(pnpm_releases, *read.range);
  return newest.empty() ? any_version() : releases_from(newest);
}

VersionSet versions_of_version(std::string_view version) {
  const auto read = Version::parse(Scheme::semver, version);
  return read ? VersionSet::of(*read) : any_version();
}

VersionSet versions_of_default_yarn() { return releases_from(newest_yarn_1, "1.23.0"); }

VersionSet versions_of_vendored_yarn(std::string_view path) {
  std::string_view name = path.substr(path.rfind('/') + 1);
  if (!name.starts_with("yarn-")) return any_version();
  name.remove_prefix(std::string_view("yarn-").size());
  name = name.substr(0, name.rfind('.'));
  if (name == "berry") return releases_from("2.0.0");
  const auto version = Version::parse(Scheme::semver, name);
  if (version && !is_partial(*version)) return VersionSet::of(*version);
  const std::string_view major = name.substr(0, name.find('.'));
  return is_digits(major) ? releases_from(std::string(major) + ".0.0") : any_version();
}

}  // namespace buildable::build
