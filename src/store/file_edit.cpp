#include "store/file_edit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "store/descriptor.h"

namespace buildable {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> left_alone(const std::string& why, const fs::path& path) {
  return fail(
      Diagnostic{.message = why + ": left alone", .file = path.string(), .hint = "run it again"});
}

// Beside the target until it takes its name; gone at the end if it did not.
class Beside {
 public:
  explicit Beside(const fs::path& target)
      : path_(target.string() + ".new-" + std::to_string(::getpid())) {}
  ~Beside() {
    if (!taken_) ::unlink(path_.c_str());
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  const char* path() const { return path_.c_str(); }
  void taken() { taken_ = true; }

 private:
  std::string path_;
  bool taken_ = false;
};

// `like`: whose permissions and owner it gets; null: those of a new file.
Result<void> write_beside(const Beside& beside, std::string_view text, const struct stat* like) {
  // Not readable for others before it has its permissions.
  FileDescriptor file(
      ::open(beside.path(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, like ? 0600 : 0666));
  if (file.value() < 0) return system_failure("cannot write beside it", beside.path());
  if (like) {
    struct stat own {};
    if (::fstat(file.value(), &own) != 0) return system_failure("cannot write", beside.path());
    const bool same = own.st_uid == like->st_uid && own.st_gid == like->st_gid;
    if (!same && ::fchown(file.value(), like->st_uid, like->st_gid) != 0)
      return system_failure("its owner cannot be kept", beside.path());
    if (::fchmod(file.value(), like->st_mode & 07777) != 0)
      return system_failure("its permissions cannot be kept", beside.path());
  }
  if (!write_all(file.value(), text) || ::fsync(file.value()) != 0 || !file.close())
    return system_failure("cannot write", beside.path());
  return {};
}

Result<void> sync_directory_of(const fs::path& path) {
  const fs::path directory = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const FileDescriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.value() < 0 || ::fsync(opened.value()) != 0)
    return system_failure("cannot sync", directory);
  return {};
}

bool is_same(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino && a.st_size == b.st_size &&
         a.st_mtim.tv_sec == b.st_mtim.tv_sec && a.st_mtim.tv_nsec == b.st_mtim.tv_nsec &&
         a.st_ctim.tv_sec == b.st_ctim.tv_sec && a.st_ctim.tv_nsec == b.st_ctim.tv_nsec;
}

bool says(int descriptor, std::string_view expected) {
  char buffer[1 << 14];
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) return expected.empty();
    const std::string_view piece(buffer, static_cast<std::size_t>(count));
    if (expected.substr(0, piece.size()) != piece) return false;
    expected.remove_prefix(piece.size());
  }
}

// What the file is, if it says what it said.
Result<struct stat> unchanged(const fs::path& path, std::string_view expected) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (file.value() < 0 && errno == ELOOP) return left_alone("is a symbolic link", path);
  struct stat about {};
  if (file.value() < 0 || ::fstat(file.value(), &about) != 0)
    return system_failure("cannot be read", path);
  if (!S_ISREG(about.st_mode)) return left_alone("is no regular file", path);
  if (!says(file.value(), expected)) return left_alone("was changed meanwhile", path);
  return about;
}

}  // namespace

Result<void> replace_text(const fs::path& path, std::string_view expected, std::string_view fresh) {
  const auto before = unchanged(path, expected);
  if (!before) return fail(before.error());
  Beside beside(path);
  if (auto written = write_beside(beside, fresh, &*before); !written) return written;
  struct stat now {};
  if (::lstat(path.c_str(), &now) != 0 || !is_same(*before, now))
    return left_alone("was changed meanwhile", path);
  if (::rename(beside.path(), path.c_str()) != 0) return system_failure("cannot be replaced", path);
  beside.taken();
  return sync_directory_of(path);
}

Result<void> create_text(const fs::path& path, std::string_view text) {
  const Beside beside(path);
  if (auto written = write_beside(beside, text, nullptr); !written) return written;
  // A link, unlike a rename, takes no name that is taken.
  if (::link(beside.path(), path.c_str()) != 0) return system_failure("cannot be created", path);
  return sync_directory_of(path);
}

Result<void> remove_text(const fs::path& path, std::string_view expected) {
  if (const auto before = unchanged(path, expected); !before) return fail(before.error());
  if (::unlink(path.c_str()) != 0) return system_failure("cannot be removed", path);
  return sync_directory_of(path);
}

}  // namespace buildable
