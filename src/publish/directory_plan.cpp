#include "publish/directory_plan.h"

#include "base/text.h"

namespace buildable::publish {
namespace {

using Kind = store::InnerEntry::Kind;

std::string place_of(const store::InnerFiles& files, const std::string& path) {
  return (files.directory() / path).string();
}

// Whether the file there is what the entry says.
bool is_that(const store::InnerFiles& files, const std::string& path,
             const store::InnerEntry& there, const ManifestEntry& entry) {
  if (there.status.st_size != entry.size) return false;
  const auto content = files.read(path, static_cast<std::size_t>(entry.size));
  return content && !mismatch(entry, *content);
}

class Planning {
 public:
  Planning(const store::InnerFiles& files, const std::optional<Manifest>& standing,
           const NewEntries& entries)
      : files_(files), standing_(standing), entries_(entries) {}

  Result<DirectoryPlan> run() {
    for (const auto& [path, entry] : entries_) place(path, entry);
    if (standing_) {
      for (const auto& [path, entry] : standing_->files)
        if (!entries_.contains(path)) retire(path, &entry);
      if (!entries_.contains(signature_name)) retire(signature_name, nullptr);
    }
    if (!problems_.empty()) return fail(Error(std::move(problems_)));
    return std::move(plan_);
  }

 private:
  void refuse(const std::string& path, std::string what, std::string hint) {
    problems_.push_back(
        {.message = std::move(what), .file = place_of(files_, path), .hint = std::move(hint)});
  }
  void write(const std::string& path, std::optional<struct stat> replaced) {
    if (!files_.may_change(path))
      return refuse(path,
                    "cannot be written: its folder belongs to somebody else, is read-only or "
                    "is on another file system",
                    "");
    PlannedWrite planned{path, replaced};
    if (path == manifest_name)
      plan_.manifest = std::move(planned);
    else
      plan_.written.push_back(std::move(planned));
  }
  void place(const std::string& path, const ManifestEntry& entry);
  void place_over_file(const std::string& path, const ManifestEntry& entry,
                       const store::InnerEntry& there);
  void retire(const std::string& path, const ManifestEntry* entry);

  const store::InnerFiles& files_;
  const std::optional<Manifest>& standing_;
  const NewEntries& entries_;
  DirectoryPlan plan_;
  std::vector<Diagnostic> problems_;
};

void Planning::place_over_file(const std::string& path, const ManifestEntry& entry,
                               const store::InnerEntry& there) {
  if (is_that(files_, path, there, entry)) return plan_.kept.push_back(path);
  // Of the two the manifest says nothing; they are ours where it is.
  if (standing_ && (path == manifest_name || path == signature_name))
    return write(path, there.status);
  const auto known = standing_ ? standing_->files.find(path) : entries_.end();
  if (!standing_ || known == standing_->files.end())
    return refuse(path, "another file stands here, and buildable has not written it",
                  "move it away, or write the tree to another directory");
  if (!is_that(files_, path, there, known->second))
    return refuse(path, "was changed since buildable wrote it",
                  "move it away to keep the change, or delete it; then run again");
  write(path, there.status);
}

void Planning::place(const std::string& path, const ManifestEntry& entry) {
  const store::InnerEntry there = files_.look(path);
  const char* const elsewhere = "move it away, or write the tree to another directory";
  switch (there.kind) {
    case Kind::absent:
      return write(path, std::nullopt);
    case Kind::file:
      return place_over_file(path, entry, there);
    case Kind::folder:
      return refuse(path, "a folder stands where a file is needed", elsewhere);
    case Kind::other:
      return refuse(path, "a link or a special file stands where a file is needed", elsewhere);
    case Kind::blocked:
      return refuse(there.at,
                    "something that is not a folder, or may not be entered, stands where "
                    "a folder is needed",
                    elsewhere);
  }
}

// Without an entry: the signature.
void Planning::retire(const std::string& path, const ManifestEntry* entry) {
  const store::InnerEntry there = files_.look(path);
  if (there.kind == Kind::absent) plan_.gone.push_back(path);
  if (there.kind != Kind::file) return;
  if (entry != nullptr && !is_that(files_, path, there, *entry)) {
    plan_.warnings.push_back(
        {.message = "is no longer generated, but was changed since buildable wrote it: it is kept",
         .file = place_of(files_, path)});
  } else if (!files_.may_change(path)) {
    refuse(path, "is no longer generated and cannot be removed", "");
  } else {
    plan_.removed.push_back(path);
  }
}

}  // namespace

std::vector<std::string> DirectoryPlan::ours() const {
  std::vector<std::string> paths = kept;
  paths.insert(paths.end(), removed.begin(), removed.end());
  for (const PlannedWrite& planned : written)
    if (planned.replaced) paths.push_back(planned.path);
  if (manifest && manifest->replaced) paths.push_back(manifest->path);
  return paths;
}

Result<std::optional<Manifest>> standing_manifest(const store::InnerFiles& files) {
  if (files.look(manifest_name).kind == Kind::absent) return std::nullopt;
  const std::string place = place_of(files, manifest_name);
  const auto text = files.read_up_to(manifest_name, max_manifest_size);
  if (!text) return fail(text.error());
  auto manifest = parse_manifest(*text, place);
  if (manifest) return std::optional<Manifest>(std::move(*manifest));
  std::vector<Diagnostic> problems{
      {.message = "another file stands here, or one of a newer buildable",
       .file = place,
       .hint = "move it away, or write the tree to another directory"}};
  for (const Diagnostic& problem : manifest.error().diagnostics()) problems.push_back(problem);
  return fail(Error(std::move(problems)));
}

Result<DirectoryPlan> plan_directory(const store::InnerFiles& files,
                                     const std::optional<Manifest>& standing,
                                     const NewEntries& entries) {
  return Planning(files, standing, entries).run();
}

}  // namespace buildable::publish
