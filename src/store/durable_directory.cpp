#include "store/durable_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cerrno>

#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable::store {

namespace fs = std::filesystem;

Result<void> create_durably(const fs::path& directory) {
  std::error_code error;
  if (fs::is_directory(directory, error)) return {};
  const fs::path parent = directory.parent_path();
  if (!parent.empty() && parent != directory)
    if (auto created = create_durably(parent); !created) return created;
  fs::create_directory(directory, error);
  if (error) return system_failure("cannot create", directory, error.value());
  return sync_directory_of(directory);
}

Result<FileLock> FileLock::take(const fs::path& path) {
  FileDescriptor file(
      ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW, 0644));
  if (!file.is_open()) return system_failure("cannot create", path);
  struct stat about {};
  if (::fstat(file.value(), &about) != 0) return system_failure("cannot lock", path);
  if (!S_ISREG(about.st_mode))
    return fail(Diagnostic{
        .message = "is " + std::string(kind_of_file(about.st_mode)) + ", not a regular file",
        .file = path.string()});
  while (::flock(file.value(), LOCK_EX) != 0)
    if (errno != EINTR) return system_failure("cannot lock", path);
  return FileLock(std::move(file));
}

}  // namespace buildable::store
