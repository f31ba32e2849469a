#include "store/inner_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "store/file_reader.h"

namespace buildable::store {
namespace {

namespace fs = std::filesystem;

constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

std::string last_name(const std::string& path) { return path.substr(path.rfind('/') + 1); }

InnerEntry::Kind kind_of(const struct stat& status) {
  if (S_ISREG(status.st_mode)) return InnerEntry::Kind::file;
  if (S_ISDIR(status.st_mode)) return InnerEntry::Kind::folder;
  return InnerEntry::Kind::other;
}

// Owner and group first: changing them takes the set-id bits from the mode, and who may not give
// the file away must not hand out its own rights by those bits.
void make_like(int file, const struct stat& like) {
  struct stat now {};
  if (::fstat(file, &now) != 0) return;
  const bool same_group =
      now.st_gid == like.st_gid || ::fchown(file, static_cast<uid_t>(-1), like.st_gid) == 0;
  const bool same_owner =
      now.st_uid == like.st_uid || ::fchown(file, like.st_uid, static_cast<gid_t>(-1)) == 0;
  static_cast<void>(::fchmod(file, like.st_mode & (same_group && same_owner ? 07777U : 0777U)));
}

int rename_new(int from_folder, const char* from, int to_folder, const char* to) {
  const int done = ::renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE);
  if (done == 0 || errno != EINVAL) return done;
  struct stat there {};  // a file system without that flag
  if (::fstatat(to_folder, to, &there, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    return -1;
  }
  return ::renameat(from_folder, from, to_folder, to);
}

}  // namespace

Result<InnerFiles> InnerFiles::open(const fs::path& directory) {
  FileDescriptor root(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!root.is_open()) return system_failure("cannot open", directory);
  return InnerFiles(directory, std::move(root));
}

struct stat InnerFiles::status() const {
  struct stat status {};
  static_cast<void>(::fstat(root_.value(), &status));
  return status;
}

// The folder that holds the last name; where it cannot be had errno says why.
Result<FileDescriptor> InnerFiles::folder_of(const std::string& path, bool create) const {
  FileDescriptor folder(::openat(root_.value(), ".", folder_flags));
  std::size_t from = 0;
  for (auto slash = path.find('/'); folder.is_open() && slash != std::string::npos;
       slash = path.find('/', from)) {
    const std::string name = path.substr(from, slash - from);
    if (create && ::mkdirat(folder.value(), name.c_str(), 0777) != 0 && errno != EEXIST)
      return system_failure("cannot create", directory_ / path.substr(0, slash));
    FileDescriptor next(::openat(folder.value(), name.c_str(), folder_flags));
    if (!next.is_open()) return system_failure("cannot open", directory_ / path.substr(0, slash));
    folder = std::move(next);
    from = slash + 1;
  }
  if (!folder.is_open()) return system_failure("cannot open", directory_);
  return folder;
}

InnerEntry InnerFiles::look(const std::string& path) const {
  InnerEntry entry;
  FileDescriptor folder(::openat(root_.value(), ".", folder_flags));
  std::size_t from = 0;
  for (auto slash = path.find('/'); slash != std::string::npos; slash = path.find('/', from)) {
    const std::string name = path.substr(from, slash - from);
    FileDescriptor next(::openat(folder.value(), name.c_str(), folder_flags));
    if (!next.is_open()) {
      if (errno != ENOENT) entry = {InnerEntry::Kind::blocked, {}, path.substr(0, slash)};
      return entry;
    }
    folder = std::move(next);
    from = slash + 1;
  }
  if (::fstatat(folder.value(), path.c_str() + from, &entry.status, AT_SYMLINK_NOFOLLOW) == 0)
    entry.kind = kind_of(entry.status);
  else if (errno != ENOENT)
    entry = {InnerEntry::Kind::blocked, {}, path};
  return entry;
}

Result<std::string> InnerFiles::read_up_to(const std::string& path, std::size_t limit) const {
  const auto folder = folder_of(path, false);
  if (!folder) return fail(folder.error());
  auto content = read_file(FilePlace{folder->value(), last_name(path)},
                           {.max_bytes = limit, .links = Links::refused});
  if (content) return content;
  std::vector<Diagnostic> problems = content.error().diagnostics();
  for (Diagnostic& problem : problems) problem.file = (directory_ / path).string();
  return fail(Error(std::move(problems)));
}

std::optional<std::string> InnerFiles::read(const std::string& path, std::size_t size) const {
  auto content = read_up_to(path, size);
  if (!content || content->size() != size) return std::nullopt;
  return std::move(*content);
}

Result<void> InnerFiles::create(const std::string& path, std::string_view content,
                                const struct stat* like) const {
  const auto folder = folder_of(path, true);
  if (!folder) return fail(folder.error());
  FileDescriptor file(::openat(folder->value(), last_name(path).c_str(),
                               O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
  if (!file.is_open()) return system_failure("cannot create", directory_ / path);
  if (!write_all(file.value(), content)) return system_failure("cannot write", directory_ / path);
  if (like != nullptr) make_like(file.value(), *like);
  if (!file.close()) return system_failure("cannot write", directory_ / path);
  return {};
}

Result<void> InnerFiles::create_folder(const std::string& path) const {
  const auto folder = folder_of(path, true);
  if (!folder) return fail(folder.error());
  if (::mkdirat(folder->value(), last_name(path).c_str(), 0777) != 0)
    return system_failure("cannot create", directory_ / path);
  return {};
}

Result<void> InnerFiles::move(const std::string& from, const std::string& to, bool replace) const {
  const auto source = folder_of(from, false);
  if (!source) return fail(source.error());
  const auto target = folder_of(to, true);
  if (!target) return fail(target.error());
  const std::string old_name = last_name(from), new_name = last_name(to);
  const int done =
      replace ? ::renameat(source->value(), old_name.c_str(), target->value(), new_name.c_str())
              : rename_new(source->value(), old_name.c_str(), target->value(), new_name.c_str());
  if (done != 0) return system_failure("cannot write", directory_ / to);
  return {};
}

Result<void> InnerFiles::remove(const std::string& path) const {
  const auto folder = folder_of(path, false);
  if (!folder) return fail(folder.error());
  if (::unlinkat(folder->value(), last_name(path).c_str(), 0) != 0)
    return system_failure("cannot remove", directory_ / path);
  remove_empty_folders_above(path);
  return {};
}

void InnerFiles::remove_empty_folders_above(std::string path) const {
  while (path.find('/') != std::string::npos) {
    path.resize(path.rfind('/'));
    const auto holder = folder_of(path, false);
    if (!holder || ::unlinkat(holder->value(), last_name(path).c_str(), AT_REMOVEDIR) != 0) break;
  }
}

// What a link in it leads to stays: remove_all follows none.
Result<void> InnerFiles::remove_folder(const std::string& path) const {
  std::error_code error;
  fs::remove_all(directory_ / path, error);
  if (error) return system_failure("cannot remove", directory_ / path, error.value());
  return {};
}

bool InnerFiles::may_change(const std::string& path) const {
  std::string above = path;
  while (above.find('/') != std::string::npos) {
    above.resize(above.rfind('/'));
    const auto folder = folder_of(above + "/x", false);
    if (!folder) continue;
    struct stat status {};
    return ::faccessat(folder->value(), ".", W_OK | X_OK, AT_EACCESS) == 0 &&
           ::fstat(folder->value(), &status) == 0 && status.st_dev == this->status().st_dev;
  }
  return ::faccessat(root_.value(), ".", W_OK | X_OK, AT_EACCESS) == 0;
}

}  // namespace buildable::store
