#include "publish/plan.h"

#include <algorithm>
#include <array>

#include "base/digest.h"
#include "base/text.h"
#include "publish/object_id.h"

namespace buildable::publish {
namespace {

constexpr std::array<const char*, 4> read_names{manifest_name, signature_name, "snapshot.json",
                                                "history.json"};

tl::unexpected<Error> in_the_way(const std::string& path, const std::string& what) {
  return fail(Diagnostic{.message = what + ", and buildable has not written it",
                         .file = path,
                         .hint = "move it away, or publish elsewhere with --path"});
}

bool is_ours(const Standing& standing, const std::string& path) {
  return path == manifest_name || path == signature_name ||
         (standing.manifest && standing.manifest->files.contains(path));
}

// A file where a folder of ours must be, or a folder where a file must be.
Result<void> check_kinds(const Standing& standing, const std::string& path) {
  const auto& files = standing.head.files;
  const std::string full = standing.folder + path;
  for (auto slash = full.find('/'); slash != std::string::npos; slash = full.find('/', slash + 1)) {
    const std::string parent = full.substr(0, slash);
    if (!files.contains(parent)) continue;
    const bool ours = parent.size() > standing.folder.size() &&
                      is_ours(standing, parent.substr(standing.folder.size()));
    if (!ours) return in_the_way(parent, "a file stands where a folder is needed");
  }
  const auto inside = files.lower_bound(full + "/");
  if (inside == files.end() || !inside->first.starts_with(full + "/")) return {};
  if (is_ours(standing, inside->first.substr(standing.folder.size()))) return {};
  return in_the_way(inside->first, "it stands in a folder where a file is needed");
}

Result<void> place(const Standing& standing, const std::string& path, const std::string& content,
                   Plan& plan) {
  if (auto fits = check_kinds(standing, path); !fits) return fits;
  const auto there = standing.head.files.find(standing.folder + path);
  if (there == standing.head.files.end()) {
    plan.added.push_back(path);
    return {};
  }
  const BranchFile& file = there->second;
  const bool is_same =
      (file.mode == "100644" || file.mode == "100755") && file.id == blob_id(content);
  if (is_same && file.mode == "100644") return {};
  if (!is_same && !is_ours(standing, path))
    return in_the_way(standing.folder + path, "another file stands there");
  plan.modified.push_back(path);
  return {};
}

bool says_the_truth(const Manifest& manifest, const std::map<std::string, std::string>& tree,
                    const std::string& snapshot_digest) {
  if (manifest.snapshot != snapshot_digest || manifest.files.size() != tree.size()) return false;
  return std::all_of(tree.begin(), tree.end(), [&](const auto& file) {
    const auto entry = manifest.files.find(file.first);
    return entry != manifest.files.end() && !mismatch(entry->second, file.second);
  });
}

}  // namespace

std::vector<std::string> paths_to_read(const std::string& folder) {
  std::vector<std::string> paths;
  paths.reserve(read_names.size());
  for (const char* name : read_names) paths.push_back(folder + name);
  return paths;
}

Result<Standing> standing_of(const std::string& folder, BranchHead head) {
  Standing standing{.folder = folder, .head = std::move(head)};
  standing.is_signed = standing.head.files.contains(folder + signature_name);
  if (!standing.head.files.contains(folder + manifest_name)) return standing;
  const std::string* text = standing.text(manifest_name);
  auto manifest = parse_manifest(text == nullptr ? "" : *text, folder + manifest_name);
  if (manifest) {
    standing.manifest = std::move(*manifest);
    return standing;
  }
  std::vector<Diagnostic> problems{
      {.message = "this program cannot read the manifest that is there",
       .file = folder + manifest_name,
       .hint = "a newer buildable may have written it; else remove it from the branch, or publish "
               "elsewhere with --path"}};
  for (const Diagnostic& problem : manifest.error().diagnostics()) problems.push_back(problem);
  return fail(Error(std::move(problems)));
}

Result<Plan> plan_of(const Standing& standing, const std::map<std::string, std::string>& tree,
                     const std::string& snapshot_digest) {
  Plan plan;
  for (const auto& [path, content] : tree)
    if (auto placed = place(standing, path, content, plan); !placed)
      return fail(std::move(placed.error()));
  for (const char* name : {manifest_name, signature_name})
    if (auto fits = check_kinds(standing, name); !fits) return fail(std::move(fits.error()));
  if (!standing.manifest) return plan;
  for (const auto& [path, entry] : standing.manifest->files)
    if (!tree.contains(path) && standing.head.files.contains(standing.folder + path))
      plan.removed.push_back(path);
  plan.manifest_is_right = says_the_truth(*standing.manifest, tree, snapshot_digest);
  return plan;
}

Result<std::string> next_revision(const std::string& day, const Standing& standing,
                                  const std::vector<std::string>& tags) {
  const std::string standing_revision = standing.manifest ? standing.manifest->revision : "";
  constexpr int most = 10000;
  for (int number = 0; number < most; ++number) {
    std::string revision = number == 0 ? day : day + "." + std::to_string(number);
    if (!standing_revision.empty() && compare_revisions(revision, standing_revision) <= 0) {
      // No number makes an older day newer.
      if (compare_revisions(day + ".999999999", standing_revision) <= 0) break;
      continue;
    }
    if (std::find(tags.begin(), tags.end(), revision) == tags.end()) return revision;
  }
  return fail("no revision of " + day + " is newer than " + standing_revision +
              ", which is published");
}

}  // namespace buildable::publish
