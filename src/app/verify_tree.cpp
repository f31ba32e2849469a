#include "app/verify_tree.h"

#include <filesystem>
#include <ostream>

#include "base/text.h"
#include "publish/verification.h"
#include "store/durable_directory.h"
#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable {
namespace {

namespace fs = std::filesystem;

// The newest revision that was verified before.
fs::path memory_of(const VerifyArguments& arguments) {
  return fs::path(arguments.state) / "verified-revision";
}

Result<std::string> newest_verified(const VerifyArguments& arguments) {
  if (arguments.state.empty()) return std::string();
  const auto text = read_file_if_there(memory_of(arguments));
  if (!text) return fail(text.error());
  if (!*text) return std::string();
  std::string revision(trim(**text));
  if (auto checked = check_revision(revision); !checked)
    return fail(std::move(checked.error()).in_file(memory_of(arguments).string()));
  return revision;
}

Result<Trust> trust_of(const Context& context, const VerifyArguments& arguments) {
  const auto at = context.at();
  if (!at) return fail(at.error());
  Trust trust{{}, arguments.not_older_than, *at};
  for (const std::string& file : arguments.keys) {
    const auto text = read_argument(file);
    if (!text) return fail(text.error());
    auto key = PublicKey::parse(*text, file);
    if (!key) return fail(std::move(key.error()));
    trust.keys.push_back(std::move(*key));
  }
  if (!trust.not_older_than.empty())
    if (auto checked = check_revision(trust.not_older_than); !checked)
      return fail("--not-older-than: " + checked.error().message());
  const auto remembered = newest_verified(arguments);
  if (!remembered) return fail(remembered.error());
  if (trust.not_older_than.empty() ||
      (!remembered->empty() && compare_revisions(*remembered, trust.not_older_than) > 0))
    trust.not_older_than = *remembered;
  return trust;
}

Result<void> remember(const VerifyArguments& arguments, const std::string& revision) {
  if (arguments.state.empty()) return {};
  if (auto made = create_durably(fs::absolute(arguments.state)); !made) return made;
  return write_file(memory_of(arguments), revision + "\n", {.synced = true});
}

int refused(const Context& context, const Error& error) {
  context.failed(error);
  context.say("The tree is not to be trusted.");
  return exit_doubt;
}

std::vector<std::string> paths_of(const Manifest& manifest) {
  std::vector<std::string> paths;
  for (const auto& [path, entry] : manifest.files) paths.push_back(path);
  return paths;
}

// Those that the manifest does not name are there with nothing in them: their names are enough.
Result<std::map<std::string, std::string>> files_of(const Manifest& manifest,
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

bool is_url(const std::string& place) { return place.find("://") != std::string::npos; }

int verify_tree(const Context& context, const VerifyArguments& arguments,
                const TreeAccess& access) {
  const auto trust = trust_of(context, arguments);
  if (!trust) return context.failed(trust.error());
  auto sealed = access.read({manifest_name, signature_name});
  if (!sealed) return context.failed(sealed.error());
  for (const char* name : {manifest_name, signature_name})
    if (!sealed->contains(name))
      return refused(context, Diagnostic{.message = "is missing", .file = name});
  const auto manifest =
      verify_manifest((*sealed)[manifest_name], (*sealed)[signature_name], *trust);
  if (!manifest) return refused(context, manifest.error());
  const auto files = files_of(*manifest, access);
  if (!files) return context.failed(files.error());
  const auto verified = verify_files(*manifest, *files, arguments.allowed);
  if (!verified) return refused(context, verified.error());
  const auto remembered = remember(arguments, manifest->revision);
  if (!remembered) return context.failed(remembered.error());
  context.out << "verified " << manifest->revision << '\n';
  context.say(std::to_string(manifest->files.size()) + " files, good until " + manifest->expires);
  return exit_good;
}

}  // namespace buildable
