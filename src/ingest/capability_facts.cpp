#include "ingest/capability_facts.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/buildpack_file.h"
#include "ingest/inventory.h"
#include "ingest/limits.h"
#include "ingest/package_repository.h"
#include "ingest/source_constants.h"

namespace buildable::ingest {
namespace {

Result<std::string> mark(const SourceMarks& marks, const std::string& name) {
  const auto found = marks.find(name);
  if (found != marks.end()) return found->second;
  return fail(Diagnostic{.message = "the rules do not say what to look for",
                         .path = "sources.constants." + name,
                         .hint = "add it to the source in the platform's rules"});
}

// The text in quotes that follows the only `before`.
Result<std::string> quoted_after(std::string_view text, const std::string& before) {
  const auto problem = [&](const char* what) {
    return fail(Diagnostic{.message = what,
                           .path = before,
                           .hint = "the source has changed its form: read it by hand"});
  };
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) return problem("it does not stand in the source");
  if (text.find(before, at + 1) != std::string_view::npos) return problem("it stands there twice");
  const std::string_view rest = text.substr(at + before.size());
  const std::size_t end = rest.find('"', 1);
  if (rest.empty() || rest.front() != '"' || end == std::string_view::npos || end == 1)
    return problem("no quoted text follows it");
  return std::string(rest.substr(1, end - 1));
}

Result<std::string> default_in(std::string_view text, const SourceMarks& marks) {
  if (const auto after = marks.find("after"); after != marks.end())
    return quoted_after(text, after->second);
  const auto constants = parse_source_constants(text);
  if (!constants) return fail(constants.error());
  if (const auto number = marks.find("number"); number != marks.end())
    return integer_constant(*constants, number->second);
  const auto name = mark(marks, "text");
  if (!name) return fail(name.error());
  return text_constant(*constants, *name);
}

}  // namespace

Result<void> take_inventory(std::string_view text, Scheme scheme, const Target& target,
                            Capability& capability) {
  const auto inventory = parse_inventory(text);
  if (!inventory) return fail(inventory.error());
  auto versions = inventory_versions(*inventory, scheme, target);
  if (!versions) return fail(std::move(versions.error()));
  capability.versions = std::move(*versions);
  return {};
}

Result<void> take_descriptor(std::string_view text, Scheme scheme, Capability& capability) {
  auto file = parse_buildpack_file(text);
  if (!file) return fail(std::move(file.error()));
  auto versions = sorted_versions(scheme, file->tarballs);
  if (!versions) return fail(std::move(versions.error()));
  if (versions->empty())
    return fail(Diagnostic{.message = "no version is listed", .path = "metadata.tarballs"});
  capability.versions = std::move(*versions);
  capability.default_version = std::move(file->default_tarball);
  return {};
}

Result<void> take_series_constants(std::string_view text, const SourceMarks& marks,
                                   Capability& capability) {
  SeriesConstantNames names;
  for (const auto& [key, name] :
       {std::pair{"default", &names.default_version}, std::pair{"oldest", &names.oldest},
        std::pair{"newest", &names.newest}, std::pair{"alias_prefix", &names.alias_prefix},
        std::pair{"series", &names.series}}) {
    auto found = mark(marks, key);
    if (!found) return fail(std::move(found.error()));
    *name = std::move(*found);
  }
  auto constants = parse_series_constants(text, names);
  if (!constants) return fail(std::move(constants.error()));
  capability.default_version = std::move(constants->default_version);
  capability.oldest_series = std::move(constants->oldest_series);
  capability.newest_series = std::move(constants->newest_series);
  capability.aliases = std::move(constants->aliases);
  return {};
}

Result<void> take_alias_table(std::string_view text, Capability& capability) {
  auto aliases = parse_alias_table(text);
  if (!aliases) return fail(std::move(aliases.error()));
  capability.aliases = std::move(*aliases);
  return {};
}

Result<void> take_default(std::string_view text, const SourceMarks& marks, Capability& capability) {
  const auto checked = check_text(text, limits::source, "the source");
  if (!checked) return fail(checked.error());
  auto found = default_in(text, marks);
  if (!found) return fail(std::move(found.error()));
  capability.default_version = std::move(*found);
  return {};
}

Result<void> take_repository_constant(std::string_view text, const SourceMarks& marks,
                                      Capability& capability) {
  const auto name = mark(marks, "snapshot");
  if (!name) return fail(name.error());
  auto hash = parse_repository_snapshot(text, *name);
  if (!hash) return fail(std::move(hash.error()));
  capability.repository = std::move(*hash);
  return {};
}

Result<void> take_packages(std::string_view json, const SourceMarks& marks,
                           const RuntimeRules& runtime, Capability& capability) {
  const auto package = mark(marks, "package");
  if (!package) return fail(package.error());
  auto versions = parse_package_versions(json, *package, runtime.scheme);
  if (!versions) return fail(std::move(versions.error()));
  capability.series.clear();
  for (const std::string& version : *versions) {
    const auto parsed = Version::parse(runtime.scheme, version);
    if (!parsed || parsed->is_prerelease()) continue;
    std::vector<std::string> numbers = parsed->release();
    numbers.resize(std::min<std::size_t>(numbers.size(), runtime.series_components));
    std::string series = join(numbers, ".");
    if (capability.series.empty() || capability.series.back() != series)
      capability.series.push_back(std::move(series));
  }
  capability.versions = std::move(*versions);
  return {};
}

}  // namespace buildable::ingest
