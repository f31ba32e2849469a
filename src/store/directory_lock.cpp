#include "store/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

namespace buildable::store {

std::optional<DirectoryLock> DirectoryLock::take(const std::filesystem::path& directory,
                                                 int flags) {
  FileDescriptor held(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!held.is_open()) return std::nullopt;
  int done = 0;
  do done = ::flock(held.value(), LOCK_EX | flags);
  while (done != 0 && errno == EINTR);
  if (done != 0 && errno == EWOULDBLOCK) return std::nullopt;
  struct stat mine {
  }, there{};
  if (::fstat(held.value(), &mine) != 0 || ::stat(directory.c_str(), &there) != 0 ||
      mine.st_ino != there.st_ino || mine.st_dev != there.st_dev)
    return std::nullopt;
  return DirectoryLock(std::move(held), done == 0);
}

std::optional<DirectoryLock> DirectoryLock::wait_for(const std::filesystem::path& directory) {
  return take(directory, 0);
}

std::optional<DirectoryLock> DirectoryLock::try_to_take(const std::filesystem::path& directory) {
  return take(directory, LOCK_NB);
}

}  // namespace buildable::store
