#include "ingest/package_repository.h"

#include "base/text.h"
#include "ingest/document_view.h"
#include "ingest/inventory.h"
#include "ingest/limits.h"
#include "ingest/reference.h"
#include "ingest/source_constants.h"

namespace buildable::ingest {
namespace {

// Appends the version of a package object if it is the wanted one. Packages listed under a name
// need not repeat it.
Result<void> take(const DocumentView& object, std::string_view listed_as, std::string_view package,
                  std::vector<std::string>& versions) {
  Result<std::string> name = object.optional_text("name");
  if (!name) return fail(std::move(name.error()));
  if (name->empty()) *name = listed_as;
  if (name->empty()) return object.problem("a package without a name");
  if (!listed_as.empty() && *name != listed_as) {
    return object.problem("the package " + in_quotes(*name) + " under another name");
  }
  if (*name != package) return {};
  Result<std::string> version = object.text("version");
  if (!version) return fail(std::move(version.error()));
  versions.push_back(std::move(*version));
  return {};
}

// One value of `packages`: a list of packages or a map from version to package.
Result<void> take_all(const DocumentView& group, std::string_view listed_as,
                      std::string_view package, std::vector<std::string>& versions) {
  std::vector<DocumentView> objects;
  if (group.is_array()) {
    auto items = group.items();
    if (!items) return fail(std::move(items.error()));
    objects = std::move(*items);
  } else {
    auto members = group.members();
    if (!members) return fail(std::move(members.error()));
    for (auto& [version, object] : *members) objects.push_back(std::move(object));
  }
  for (const DocumentView& object : objects) {
    Result<void> taken = take(object, listed_as, package, versions);
    if (!taken) return taken;
  }
  return {};
}

Result<std::vector<std::pair<std::string, DocumentView>>> groups_of(const DocumentView& packages) {
  if (!packages.is_array()) return packages.members();
  auto items = packages.items();
  if (!items) return fail(std::move(items.error()));
  std::vector<std::pair<std::string, DocumentView>> groups;
  for (DocumentView& item : *items) groups.emplace_back("", std::move(item));
  return groups;
}

Result<void> check_self_contained(const DocumentView& repository) {
  for (std::string_view key :
       {"metadata-url", "providers-url", "provider-includes", "includes", "providers-lazy-url"}) {
    auto member = repository.optional_member(key);
    if (!member) return fail(std::move(member.error()));
    if (!*member) continue;
    return (*member)->problem("the repository keeps its packages elsewhere",
                              "this form is not read: the list here is not the whole one");
  }
  return {};
}

}  // namespace

Result<std::string> parse_repository_snapshot(std::string_view source, std::string_view name) {
  Result<SourceConstants> constants = parse_source_constants(source);
  if (!constants) return fail(std::move(constants.error()));
  Result<std::string> hash = text_constant(*constants, name);
  if (!hash || is_hex(*hash, 64)) return hash;
  return fail(Diagnostic{.message = "not a hash of 64 hexadecimal digits: " + in_quotes(*hash),
                         .path = std::string(name),
                         .hint = "the source has changed its form: read it by hand"});
}

Result<std::vector<std::string>> parse_package_versions(std::string_view text,
                                                        std::string_view package, Scheme scheme) {
  auto document = read_json(text, limits::repository, "the package repository");
  if (!document) return fail(std::move(document.error()));
  DocumentView repository(*document);
  Result<void> whole = check_self_contained(repository);
  if (!whole) return fail(std::move(whole.error()));
  auto groups = repository.member("packages").and_then(groups_of);
  if (!groups) return fail(std::move(groups.error()));

  std::vector<std::string> versions;
  for (const auto& [name, group] : *groups) {
    Result<void> taken = take_all(group, name, package, versions);
    if (!taken) return fail(std::move(taken.error()));
  }
  if (!versions.empty()) return sorted_versions(scheme, versions);
  return repository.problem("the repository has no package " + in_quotes(package));
}

}  // namespace buildable::ingest
