#include "store/file_edit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable::store {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> left_alone(const std::string& why, const fs::path& path) {
  return fail(Diagnostic{
      .message = why + ", so it was not edited", .file = path.string(), .hint = "run it again"});
}

bool is_same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec &&
         a.st_ctim.tv_sec == b.st_ctim.tv_sec && a.st_ctim.tv_nsec == b.st_ctim.tv_nsec;
}

// What the file is, if it says what it said.
Result<struct stat> unchanged(const fs::path& path, std::string_view expected) {
  const auto file = open_file({AT_FDCWD, path}, Links::refused);
  if (!file) return fail(file.error());
  struct stat about {};
  if (::fstat(file->value(), &about) != 0) return system_failure("cannot read", path);
  if (!holds_exactly(*file, expected)) return left_alone("changed while buildable ran", path);
  // Another file could take its name, but whoever took the right to write from it meant it.
  if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0)
    return system_failure("cannot write", path);
  return about;
}

// Whether names may come and go where the file lies.
bool may_change_folder(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  return ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

}  // namespace

Result<void> replace_text(const fs::path& path, std::string_view expected, std::string_view text) {
  const auto before = unchanged(path, expected);
  if (!before) return fail(before.error());
  // Not readable for others before it has its permissions.
  auto fresh = FreshFile::beside(path, 0600);
  if (!fresh) return fail(std::move(fresh.error()));
  if (auto like = fresh->resemble(*before); !like) return like;
  if (auto written = fresh->write(text, true); !written) return written;
  struct stat now {};
  if (::lstat(path.c_str(), &now) != 0 || !is_same(*before, now))
    return left_alone("changed while buildable ran", path);
  if (auto taken = fresh->take_name(Existing::replaced); !taken) return taken;
  return sync_directory_of(path);
}

Result<void> may_replace_text(const fs::path& path, std::string_view expected) {
  if (const auto before = unchanged(path, expected); !before) return fail(before.error());
  if (!may_change_folder(path)) return system_failure("cannot write beside", path);
  return {};
}

Result<void> create_text(const fs::path& path, std::string_view text) {
  return write_file(path, text, {.existing = Existing::kept, .synced = true, .mode = 0666});
}

Result<void> may_remove_text(const fs::path& path, std::string_view expected) {
  if (const auto before = unchanged(path, expected); !before) return fail(before.error());
  if (!may_change_folder(path)) return system_failure("cannot be removed", path);
  return {};
}

Result<void> remove_text(const fs::path& path, std::string_view expected) {
  if (const auto before = unchanged(path, expected); !before) return fail(before.error());
  if (::unlink(path.c_str()) != 0) return system_failure("cannot be removed", path);
  return sync_directory_of(path);
}

}  // namespace buildable::store
