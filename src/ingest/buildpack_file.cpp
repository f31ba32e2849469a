#include "ingest/buildpack_file.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/document_view.h"
#include "ingest/limits.h"
#include "ingest/reference.h"

namespace buildable::ingest {
namespace {

Result<std::string> distro_of(const DocumentView& distro) {
  Result<std::string> name = distro.text("name");
  if (!name) return name;
  Result<std::string> version = distro.text("version");
  if (!version) return version;
  return *name + " " + *version;
}

Result<BuildpackTarget> target_of(const DocumentView& table) {
  BuildpackTarget target;
  for (auto [key, text] : {std::pair{"os", &target.os}, std::pair{"arch", &target.arch}}) {
    Result<std::string> found = table.text(key);
    if (!found) return fail(std::move(found.error()));
    *text = std::move(*found);
  }
  auto distros = table.optional_member("distros");
  if (!distros) return fail(std::move(distros.error()));
  if (!*distros) return target;
  auto names = (*distros)->each(&distro_of);
  if (!names) return fail(std::move(names.error()));
  target.distros = std::move(*names);
  return target;
}

Result<std::string> stack_of(const DocumentView& stack) { return stack.text("id"); }

// An optional list: nothing where it is absent.
template <class T>
Result<std::vector<T>> list_of(const DocumentView& file, std::string_view key,
                               Result<T> (*read)(const DocumentView&)) {
  auto list = file.optional_member(key);
  if (!list) return fail(std::move(list.error()));
  if (!*list) return std::vector<T>{};
  return (*list)->each(read);
}

Result<std::vector<std::string>> tarballs_of(const DocumentView& table) {
  auto members = table.members();
  if (!members) return fail(std::move(members.error()));
  if (members->empty()) return table.problem("the table is empty");
  std::vector<std::string> versions;
  for (const auto& [version, tarball] : *members) {
    Result<std::string> url = tarball.text("url");
    if (!url) return fail(std::move(url.error()));
    versions.push_back(version);
  }
  return versions;
}

Result<void> read_metadata(const DocumentView& metadata, BuildpackFile& read) {
  auto table = metadata.optional_member("tarballs");
  if (!table) return fail(std::move(table.error()));
  if (!*table) return {};
  auto tarballs = tarballs_of(**table);
  if (!tarballs) return fail(std::move(tarballs.error()));
  read.tarballs = std::move(*tarballs);
  Result<std::string> chosen = metadata.text("default-version");
  if (!chosen) return fail(std::move(chosen.error()));
  read.default_tarball = std::move(*chosen);
  bool listed = std::find(read.tarballs.begin(), read.tarballs.end(), read.default_tarball) !=
                read.tarballs.end();
  if (listed) return {};
  return metadata.problem("the default " + in_quotes(read.default_tarball) + " is not in the list");
}

Result<void> read_identity(const DocumentView& table, BuildpackFile& read) {
  Result<std::string> id = table.text("id");
  if (!id) return fail(std::move(id.error()));
  Result<std::string> version = table.text("version");
  if (!version) return fail(std::move(version.error()));
  if (!is_buildpack_id(*id)) return table.problem("no buildpack id: " + in_quotes(*id));
  if (!is_buildpack_version(*version)) return table.problem("no version: " + in_quotes(*version));
  read.id = std::move(*id);
  read.version = std::move(*version);
  return {};
}

}  // namespace

Result<BuildpackFile> parse_buildpack_file(std::string_view toml) {
  Result<Node> document = read_toml(toml, limits::descriptor, "buildpack.toml");
  if (!document) return fail(std::move(document.error()));
  DocumentView file(*document);
  Result<void> known =
      file.only({"api", "buildpack", "targets", "stacks", "order", "metadata", "extension"});
  if (!known) return fail(std::move(known.error()));

  BuildpackFile read;
  Result<void> identity = file.member("buildpack").and_then([&](const DocumentView& table) {
    return read_identity(table, read);
  });
  if (!identity) return fail(std::move(identity.error()));
  auto targets = list_of(file, "targets", &target_of);
  if (!targets) return fail(std::move(targets.error()));
  read.targets = std::move(*targets);
  auto stacks = list_of(file, "stacks", &stack_of);
  if (!stacks) return fail(std::move(stacks.error()));
  read.stacks = std::move(*stacks);
  auto metadata = file.optional_member("metadata");
  if (!metadata) return fail(std::move(metadata.error()));
  if (*metadata) {
    Result<void> taken = read_metadata(**metadata, read);
    if (!taken) return fail(std::move(taken.error()));
  }
  return read;
}

}  // namespace buildable::ingest
