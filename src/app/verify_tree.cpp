#include "app/verify_tree.h"

#include <filesystem>

#include "base/text.h"
#include "store/durable_directory.h"
#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable::app {
namespace {

namespace fs = std::filesystem;

// The newest revision that was verified before.
fs::path remembered_in(const VerifyRequest& request) {
  return fs::path(request.state_directory) / "verified-revision";
}

Result<std::string> newest_verified(const VerifyRequest& request) {
  if (request.state_directory.empty()) return std::string();
  const auto text = store::read_file_if_there(remembered_in(request));
  if (!text) return fail(text.error());
  if (!*text) return std::string();
  std::string revision(trim(**text));
  if (auto checked = publish::check_revision(revision); !checked)
    return fail(std::move(checked.error()).in_file(remembered_in(request).string()));
  return revision;
}

Result<publish::Trust> trust_of(const VerifyRequest& request) {
  publish::Trust trust{{}, request.not_older_than, request.at};
  for (const std::string& file : request.key_files) {
    const auto text = store::read_argument(file);
    if (!text) return fail(text.error());
    auto key = publish::PublicKey::parse(*text, file);
    if (!key) return fail(std::move(key.error()));
    trust.keys.push_back(std::move(*key));
  }
  if (!trust.not_older_than.empty())
    if (auto checked = publish::check_revision(trust.not_older_than); !checked)
      return fail("--not-older-than: " + checked.error().message());
  const auto remembered = newest_verified(request);
  if (!remembered) return fail(remembered.error());
  if (trust.not_older_than.empty() ||
      (!remembered->empty() && publish::compare_revisions(*remembered, trust.not_older_than) > 0))
    trust.not_older_than = *remembered;
  return trust;
}

Result<void> remember(const VerifyRequest& request, const std::string& revision) {
  if (request.state_directory.empty()) return {};
  if (auto made = store::create_durably(fs::absolute(request.state_directory)); !made) return made;
  return store::write_file(remembered_in(request), revision + "\n", {.synced = true});
}

std::vector<std::string> paths_of(const publish::Manifest& manifest) {
  std::vector<std::string> paths;
  for (const auto& [path, entry] : manifest.files) paths.push_back(path);
  return paths;
}

// Those that the manifest does not name are there with nothing in them: their names are enough.
Result<std::map<std::string, std::string>> files_of(const publish::Manifest& manifest,
                                                    const TreeAccess& access) {
  auto files = access.read(paths_of(manifest));
  if (!files || !access.list) return files;
  const auto all = access.list();
  if (!all) return fail(all.error());
  for (const std::string& path : *all)
    if (!manifest.files.contains(path)) files->try_emplace(path);
  return files;
}

}  // namespace

Result<TreeVerification> verify_tree(const publish::Trust& trust,
                                     const std::vector<std::string>& allowed,
                                     const TreeAccess& access) {
  const auto refused = [](Error error) { return TreeVerification{{}, {}, std::move(error)}; };
  auto sealed = access.read({publish::manifest_name, publish::signature_name});
  if (!sealed) return fail(std::move(sealed.error()));
  for (const char* name : {publish::manifest_name, publish::signature_name})
    if (!sealed->contains(name)) return refused(Diagnostic{.message = "is missing", .file = name});
  auto manifest = publish::verify_manifest((*sealed)[publish::manifest_name],
                                           (*sealed)[publish::signature_name], trust);
  if (!manifest) return refused(std::move(manifest.error()));
  auto files = files_of(*manifest, access);
  if (!files) return fail(std::move(files.error()));
  if (auto verified = publish::verify_files(*manifest, *files, allowed); !verified)
    return refused(std::move(verified.error()));
  for (auto& [name, content] : *sealed) (*files)[name] = std::move(content);
  return TreeVerification{std::move(*manifest), std::move(*files), std::nullopt};
}

Result<TreeVerification> verify_tree(const VerifyRequest& request, const TreeAccess& access) {
  const auto trust = trust_of(request);
  if (!trust) return fail(trust.error());
  auto verified = verify_tree(*trust, request.allowed, access);
  if (!verified || verified->refused) return verified;
  if (auto kept = remember(request, verified->manifest.revision); !kept)
    return fail(std::move(kept.error()));
  return verified;
}

}  // namespace buildable::app
