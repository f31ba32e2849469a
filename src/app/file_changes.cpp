#include "app/file_changes.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include "store/file_edit.h"
#include "store/file_reader.h"

namespace buildable::app {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> refused_link(const std::string& path) {
  return fail(Diagnostic{.message = "is a symbolic link: left alone",
                         .file = path,
                         .hint = "edit the file that it leads to"});
}

}  // namespace

// A link to a file of the repository says what that file says by now.
Result<void> FileChanger::hold_link(const pins::FileChange& change) const {
  const auto text = store::read_file(shown(change.path));
  if (text && change.after && *text == *change.after) return {};
  return refused_link(shown(change.path));
}

Result<void> FileChanger::write(const pins::FileChange& change) const {
  const std::string path = shown(change.path);
  if (!change.after) return store::remove_text(path, *change.before);
  if (!change.before) return store::create_text(path, *change.after);
  return store::replace_text(path, *change.before, *change.after);
}

bool FileChanger::leave(const pins::FileChange& change, const Result<void>& done) {
  const auto& found = done.error().diagnostics();
  failures_.insert(failures_.end(), found.begin(), found.end());
  not_written_.insert(change.path);
  return false;
}

FileChanger::ByRealPath FileChanger::by_real_path(
    const std::vector<pins::FileChange>& changes) const {
  ByRealPath written;
  for (const pins::FileChange& each : changes) {
    std::error_code error;
    const std::string path = shown(each.path);
    if (fs::is_symlink(path, error)) continue;
    const fs::path real = fs::canonical(path, error);
    if (!error) written.emplace(real.string(), &each);
  }
  return written;
}

Result<void> FileChanger::may_make(const pins::FileChange& change,
                                   const ByRealPath& written) const {
  const std::string path = shown(change.path);
  std::error_code error;
  if (!change.before) return {};
  if (fs::is_symlink(path, error)) {
    const auto target = written.find(fs::canonical(path, error).string());
    const bool same = target != written.end() && target->second->after == change.after;
    if (change.after && same) return {};
    return refused_link(path);
  }
  return change.after ? store::may_replace_text(path, *change.before)
                      : store::may_remove_text(path, *change.before);
}

std::map<std::string, Diagnostic> FileChanger::blocked(
    const std::vector<pins::FileChange>& changes) const {
  const ByRealPath written = by_real_path(changes);
  std::map<std::string, Diagnostic> why;
  for (const pins::FileChange& change : changes)
    if (const auto may = may_make(change, written); !may)
      why.emplace(change.path, may.error().diagnostics().front());
  return why;
}

bool FileChanger::may_remove(const pins::FileChange& removal) {
  const auto may = may_make(removal, {});
  return may || leave(removal, may);
}

bool FileChanger::make(const pins::FileChange& change, bool is_link) {
  if (!dry_run_) {
    if (const auto done = is_link ? hold_link(change) : write(change); !done)
      return leave(change, done);
  }
  if (!is_link) made_.push_back({shown(change.path), change.before, change.after});
  return true;
}

// Links come after what they may lead to. Nothing goes while what should stand elsewhere does not,
// and nothing new comes where what it replaces cannot go.
void FileChanger::make(const std::vector<pins::FileChange>& changes) {
  std::vector<const pins::FileChange*> links, removals;
  bool good = true;
  for (const pins::FileChange& change : changes)
    if (!change.after && !may_remove(change)) good = false;
  const bool all_may_go = good;
  for (const pins::FileChange& change : changes) {
    std::error_code error;
    if (!change.before && !all_may_go)
      not_written_.insert(change.path);
    else if (!change.after)
      removals.push_back(&change);
    else if (fs::is_symlink(shown(change.path), error))
      links.push_back(&change);
    else
      good = make(change, false) && good;
  }
  for (const pins::FileChange* link : links) {
    good = make(*link, true) && good;
    not_written_.insert(link->path);
  }
  for (const pins::FileChange* removal : removals) {
    std::error_code error;
    const bool link = fs::is_symlink(shown(removal->path), error);
    if (not_written_.contains(removal->path)) continue;
    if (!good || !make(*removal, link)) not_written_.insert(removal->path);
  }
}

bool FileChanger::is_made(const pins::FixedThing& thing) const {
  return std::none_of(thing.files.begin(), thing.files.end(),
                      [this](const std::string& file) { return not_written_.contains(file); });
}

std::vector<build::ChangedFile> FileChanger::changed(
    const std::vector<pins::FileChange>& changes) const {
  std::vector<build::ChangedFile> changed;
  for (const pins::FileChange& each : changes)
    if (!not_written_.contains(each.path)) changed.push_back({each.path, each.after});
  return changed;
}

}  // namespace buildable::app
