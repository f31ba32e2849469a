#include "build/php_extensions.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

bool takes_version(const PlatformDemand& demand, std::string_view version) {
  const auto parsed = Version::parse(Scheme::composer, version);
  return demand.takes && parsed && demand.takes->contains(*parsed);
}

// Of a list the entry for a name: "json", "uri:8.5", "phalcon:5.11.1:8.4". Empty: there is none.
std::string_view extension_entry(std::string_view list, std::string_view name) {
  for (const std::string_view entry : rust::words(list))
    if (entry.substr(0, entry.find(':')) == name) return entry;
  return {};
}

std::optional<VersionSet> php_series(std::string_view text) {
  const auto named = parse_named(Scheme::composer, text);
  if (!named || named->series.empty()) return std::nullopt;
  return VersionSet::series(Scheme::composer, named->series);
}

// "8.4" of 8.4.19 is not above "8.4".
bool is_above_series(const Version& php, std::string_view newest_series) {
  const auto series = php_series(newest_series);
  return series && !series->contains(php) && order(php, series->finals().back().high->at) >= 0;
}

bool is_below_series(const Version& php, std::string_view oldest_series) {
  const auto series = php_series(oldest_series);
  return series && !series->contains(php) && order(php, series->finals().front().low->at) < 0;
}

// "json", or "uri:8.5": in PHP itself, or only from that series on.
Presence in_php(std::string_view entry, const PlatformDemand& demand, const Version& php) {
  const auto pieces = split(entry, ':');
  if (pieces.size() > 1 && is_below_series(php, pieces[1])) return Presence::no;
  const bool fits = demand.constraint == "*" || takes_version(demand, php.text());
  return fits ? Presence::yes : Presence::maybe;
}

// "mongodb:1.21.5,2.2.1" or "phalcon:5.11.1:8.4": an extension that has packages of its own, their
// versions, and the newest series of PHP that they are made for.
Presence has_package(std::string_view entry, const PlatformDemand& demand, const Version& php) {
  const auto pieces = split(entry, ':');
  if (pieces.size() > 2 && is_above_series(php, pieces[2])) return Presence::no;
  const auto versions = split(pieces.size() > 1 ? pieces[1] : std::string_view(), ',');
  const bool fits = std::any_of(versions.begin(), versions.end(),
                                [&](std::string_view each) { return takes_version(demand, each); });
  return demand.constraint == "*" || fits ? Presence::yes : Presence::maybe;
}

}  // namespace

Presence installable_extension(const Context& context, const PlatformDemand& demand,
                               const Version& php) {
  const std::string_view name = std::string_view(demand.name).substr(4);
  const auto bundled = extension_entry(context.value("bundled-extensions"), name);
  if (!bundled.empty()) return in_php(bundled, demand, php);
  const std::string_view packages = context.value("packaged-extensions");
  if (packages.empty()) return Presence::maybe;
  const auto packaged = extension_entry(packages, name);
  return packaged.empty() ? Presence::no : has_package(packaged, demand, php);
}

Presence unasked_extension(const Context& context, std::string_view name,
                           const ExtensionNames& asked) {
  if (context.value("packaged-extensions").empty()) return Presence::maybe;
  if (!extension_entry(context.value("shared-extensions"), name).empty()) return Presence::no;
  if (!extension_entry(context.value("bundled-extensions"), name).empty()) return Presence::maybe;
  // Of those with packages of their own pq alone brings another.
  return name == "raphf" && asked.contains("ext-pq") ? Presence::maybe : Presence::no;
}

}  // namespace buildable::build
