#include "store/durable_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "store/descriptor.h"

namespace buildable {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view fresh_mark = ".new-";

Result<void> write_and_sync(const fs::path& path, std::string_view content) {
  FileDescriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  if (file.value() < 0) return system_failure("cannot create", path, errno);
  if (!write_all(file.value(), content) || ::fsync(file.value()) != 0 || !file.close())
    return system_failure("cannot write", path, errno);
  return {};
}

Result<void> sync_directory(const fs::path& directory) {
  const FileDescriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (opened.value() < 0 || ::fsync(opened.value()) != 0)
    return system_failure("cannot sync", directory, errno);
  return {};
}

}  // namespace

Result<void> write_durably(const fs::path& path, std::string_view content) {
  const fs::path fresh = path.string() + std::string(fresh_mark) + std::to_string(::getpid());
  Result<void> done = write_and_sync(fresh, content);
  if (done && ::rename(fresh.c_str(), path.c_str()) != 0)
    done = system_failure("cannot rename to", path, errno);
  if (!done) {
    ::unlink(fresh.c_str());
    return done;
  }
  return sync_directory(path.parent_path());
}

void remove_leftovers(const fs::path& directory) {
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->path().filename().string().find(fresh_mark) != std::string::npos)
      fs::remove(it->path(), ignored);
  }
}

Result<void> create_durably(const fs::path& directory) {
  std::error_code error;
  if (fs::is_directory(directory, error)) return {};
  const fs::path parent = directory.parent_path();
  if (!parent.empty() && parent != directory)
    if (auto created = create_durably(parent); !created) return created;
  fs::create_directory(directory, error);
  if (error) return system_failure("cannot create", directory, error.value());
  return sync_directory(parent.empty() ? fs::path(".") : parent);
}

Result<FileLock> FileLock::take(const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return system_failure("cannot create", file, errno);
  FileLock lock(descriptor);
  while (::flock(descriptor, LOCK_EX) != 0)
    if (errno != EINTR) return system_failure("cannot lock", file, errno);
  return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace buildable
