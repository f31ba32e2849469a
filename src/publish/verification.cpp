#include "publish/verification.h"

#include <algorithm>

namespace buildable::publish {

Result<Manifest> verify_manifest(const std::string& manifest, const std::string& signature,
                                 const Trust& trust) {
  auto signed_by_us = check_signature(manifest, signature, trust.keys);
  if (!signed_by_us) return fail(std::move(signed_by_us.error()).in_file(signature_name));
  auto parsed = parse_manifest(manifest, manifest_name);
  if (!parsed) return parsed;
  std::vector<Diagnostic> problems;
  if (parsed->files.empty())
    problems.push_back({.message = "names no file: there is no such tree", .file = manifest_name});
  if (parsed->expires <= trust.now)
    problems.push_back(
        {.message = "expired at " + format_instant(parsed->expires),
         .file = manifest_name,
         .hint = "its publisher has not confirmed it since " + format_instant(parsed->generated)});
  if (!trust.not_older_than.empty() &&
      compare_revisions(parsed->revision, trust.not_older_than) < 0)
    problems.push_back(
        {.message = "revision " + parsed->revision + " is older than " + trust.not_older_than,
         .file = manifest_name,
         .hint = "somebody may be holding back what is newer"});
  if (!problems.empty()) return fail(Error(std::move(problems)));
  return parsed;
}

Result<void> verify_files(const Manifest& manifest, const std::map<std::string, std::string>& files,
                          const std::vector<std::string>& allowed) {
  std::vector<Diagnostic> problems;
  for (const auto& [path, entry] : manifest.files) {
    const auto file = files.find(path);
    if (file == files.end()) {
      problems.push_back({.message = "is missing", .file = path});
    } else if (const auto wrong = mismatch(entry, file->second)) {
      problems.push_back({.message = *wrong, .file = path});
    }
  }
  for (const auto& [path, content] : files) {
    if (manifest.files.contains(path) || path == manifest_name || path == signature_name) continue;
    if (std::find(allowed.begin(), allowed.end(), path) != allowed.end()) continue;
    problems.push_back({.message = "is not named by the manifest",
                        .file = path,
                        .hint = "--allow " + path + " accepts it"});
  }
  if (!problems.empty()) return fail(Error(std::move(problems)));
  return {};
}

}  // namespace buildable::publish
