#include "store/file_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <utility>

#include "store/file_reader.h"

namespace buildable::store {
namespace {

namespace fs = std::filesystem;

// Begins the names of files that have no name of their own yet.
constexpr std::string_view fresh_mark = ".new-";
constexpr int most_attempts = 100;

fs::path directory_of(const fs::path& file) {
  return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

// Unique among the processes and threads of this machine, and short whatever the target's name is.
fs::path fresh_name(const fs::path& target) {
  static std::atomic<unsigned> count{0};
  return directory_of(target) / (".buildable" + std::string(fresh_mark) +
                                 std::to_string(::getpid()) + "-" + std::to_string(++count));
}

// Where the file system knows no RENAME_NOREPLACE, a link takes no name that is taken either.
bool rename_to_free_name(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  if (::link(from, to) != 0) return false;
  ::unlink(from);
  return true;
}

// A device or a pipe of that name would be gone, and a link's reader look elsewhere.
Result<void> check_replaceable(const fs::path& target) {
  struct stat about {};
  if (::lstat(target.c_str(), &about) != 0 || S_ISREG(about.st_mode)) return {};
  return fail(Diagnostic{.message = "is " + std::string(kind_of_file(about.st_mode)) +
                                    ", not a regular file: it is not replaced",
                         .file = target.string()});
}

}  // namespace

Result<FreshFile> FreshFile::beside(const fs::path& target, unsigned mode) {
  for (int attempt = 0;; ++attempt) {
    const fs::path path = fresh_name(target);
    FileDescriptor file(
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode));
    if (file.is_open()) return FreshFile(target, path, std::move(file));
    if (errno != EEXIST || attempt == most_attempts) return system_failure("cannot write", target);
  }
}

FreshFile::FreshFile(fs::path target, fs::path path, FileDescriptor file)
    : target_(std::move(target)), path_(std::move(path)), file_(std::move(file)) {}

FreshFile::FreshFile(FreshFile&& other) noexcept
    : target_(std::move(other.target_)),
      path_(std::exchange(other.path_, fs::path())),
      file_(std::move(other.file_)) {}

FreshFile::~FreshFile() {
  if (!path_.empty()) ::unlink(path_.c_str());
}

Result<void> FreshFile::resemble(const struct stat& file) {
  struct stat own {};
  if (::fstat(file_.value(), &own) != 0) return system_failure("cannot write", target_);
  const bool same = own.st_uid == file.st_uid && own.st_gid == file.st_gid;
  if (!same && ::fchown(file_.value(), file.st_uid, file.st_gid) != 0)
    return system_failure("its owner cannot be kept", target_);
  if (::fchmod(file_.value(), file.st_mode & 07777) != 0)
    return system_failure("its permissions cannot be kept", target_);
  return {};
}

Result<void> FreshFile::write(std::string_view content, bool synced) {
  const bool written = write_all(file_.value(), content) &&
                       (!synced || ::fsync(file_.value()) == 0) && file_.close();
  if (!written) return system_failure("cannot write", target_);
  return {};
}

Result<void> FreshFile::take_name(Existing existing) {
  const bool taken = existing == Existing::replaced
                         ? ::rename(path_.c_str(), target_.c_str()) == 0
                         : rename_to_free_name(path_.c_str(), target_.c_str());
  if (!taken && errno == EEXIST)
    return fail(
        Diagnostic{.message = "exists already and is not replaced", .file = target_.string()});
  if (!taken) return system_failure("cannot write", target_);
  path_.clear();
  return {};
}

Result<void> write_file(const fs::path& path, std::string_view content,
                        const WriteOptions& options) {
  std::error_code error;
  if (options.makes_directories) fs::create_directories(directory_of(path), error);
  if (options.existing == Existing::replaced)
    if (auto replaceable = check_replaceable(path); !replaceable) return replaceable;
  auto fresh = FreshFile::beside(path, options.mode);
  if (!fresh) return fail(std::move(fresh.error()));
  if (auto written = fresh->write(content, options.synced); !written) return written;
  if (auto taken = fresh->take_name(options.existing); !taken) return taken;
  return options.synced ? sync_directory_of(path) : Result<void>{};
}

void remove_leftovers(const fs::path& directory) {
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->path().filename().string().find(fresh_mark) != std::string::npos)
      fs::remove(it->path(), ignored);
  }
}

Result<void> sync_directory(const fs::path& directory) {
  const auto opened = open_directory({AT_FDCWD, directory}, Links::followed);
  if (!opened) return fail(opened.error());
  if (::fsync(opened->value()) != 0) return system_failure("cannot sync", directory);
  return {};
}

Result<void> sync_directory_of(const fs::path& file) { return sync_directory(directory_of(file)); }

}  // namespace buildable::store
