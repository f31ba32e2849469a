#include "store/file_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>

namespace buildable::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t block_size = std::size_t{1} << 16U;

tl::unexpected<Error> not_regular(const fs::path& path, unsigned mode) {
  return fail(Diagnostic{
      .message = "is " + std::string(kind_of_file(mode)) + ", not a regular file: it is not read",
      .file = path.string()});
}

tl::unexpected<Error> too_large(const fs::path& path, std::size_t max_bytes) {
  return fail(Diagnostic{
      .message = "is larger than " + std::to_string(max_bytes) + " bytes: it is not read",
      .file = path.string()});
}

// Up to `most` bytes more. A short answer is the end.
Result<std::string> read_up_to(int descriptor, std::size_t most, const fs::path& path) {
  std::string text;
  while (text.size() < most) {
    const std::size_t filled = text.size();
    const std::size_t wanted = std::min(std::max(filled, block_size), most - filled);
    text.resize(filled + wanted);
    const ssize_t count = ::read(descriptor, text.data() + filled, wanted);
    const int error = errno;
    text.resize(filled + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    if (count == 0) break;
    if (count < 0 && error != EINTR) return system_failure("cannot read", path, error);
  }
  return text;
}

Result<std::string> read_to_end(int descriptor, std::size_t max_bytes, const fs::path& path) {
  auto text = read_up_to(descriptor, max_bytes + 1, path);
  if (text && text->size() > max_bytes) return too_large(path, max_bytes);
  return text;
}

int flags_of(Links links) { return links == Links::refused ? O_NOFOLLOW : 0; }

tl::unexpected<Error> open_failure(const fs::path& path, Links links, int error) {
  if (error == ELOOP && links == Links::refused) return not_regular(path, S_IFLNK);
  if (error == ENXIO) return not_regular(path, S_IFSOCK);  // what opening a socket answers
  return system_failure("cannot read", path, error);
}

// The number of an open file that the process was started with, where the path means one.
std::optional<int> inherited_stream(std::string_view path) {
  if (path == "/dev/stdin") return STDIN_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    int number = -1;
    const char* const end = path.data() + path.size();
    const auto read = std::from_chars(path.data() + folder.size(), end, number);
    if (read.ec == std::errc() && read.ptr == end && number >= 0) return number;
  }
  return std::nullopt;
}

bool is_null_device(const std::string& path) {
  struct stat about {};
  return ::stat(path.c_str(), &about) == 0 && S_ISCHR(about.st_mode) &&
         about.st_rdev == makedev(1, 3);
}

}  // namespace

std::string_view kind_of_file(unsigned mode) {
  switch (mode & static_cast<unsigned>(S_IFMT)) {
    case S_IFIFO:
      return "a named pipe";
    case S_IFSOCK:
      return "a socket";
    case S_IFDIR:
      return "a directory";
    case S_IFLNK:
      return "a symbolic link";
    case S_IFCHR:
    case S_IFBLK:
      return "a device";
    default:
      return "a regular file";
  }
}

Result<FileDescriptor> open_file(const FilePlace& place, Links links) {
  FileDescriptor file(::openat(place.directory, place.path.c_str(),
                               O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags_of(links)));
  if (!file.is_open()) return open_failure(place.path, links, errno);
  struct stat about {};
  if (::fstat(file.value(), &about) != 0) return system_failure("cannot read", place.path);
  if (!S_ISREG(about.st_mode)) return not_regular(place.path, about.st_mode);
  return file;
}

Result<FileDescriptor> open_directory(const FilePlace& place, Links links) {
  FileDescriptor directory(::openat(place.directory, place.path.c_str(),
                                    O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags_of(links)));
  if (!directory.is_open()) return system_failure("cannot open the directory", place.path);
  return directory;
}

bool holds_exactly(const FileDescriptor& file, std::string_view expected) {
  const auto text = read_up_to(file.value(), expected.size() + 1, {});
  return text && *text == expected;
}

Result<std::string> read_file(const FilePlace& place, const ReadOptions& options) {
  const auto file = open_file(place, options.links);
  if (!file) return fail(file.error());
  struct stat about {};
  // Not read up to the bound only to learn that there is more.
  if (::fstat(file->value(), &about) == 0 &&
      static_cast<std::size_t>(about.st_size) > options.max_bytes)
    return too_large(place.path, options.max_bytes);
  return read_to_end(file->value(), options.max_bytes, place.path);
}

Result<std::string> read_file(const fs::path& path, const ReadOptions& options) {
  return read_file(FilePlace{AT_FDCWD, path}, options);
}

Result<std::optional<std::string>> read_file_if_there(const fs::path& path,
                                                      const ReadOptions& options) {
  struct stat about {};
  if (::lstat(path.c_str(), &about) != 0 && errno == ENOENT) return std::nullopt;
  auto text = read_file(path, options);
  if (!text) return fail(std::move(text.error()));
  return std::optional(std::move(*text));
}

Result<std::string> read_beginning(const fs::path& path, std::size_t max_bytes) {
  const auto file = open_file({AT_FDCWD, path}, Links::followed);
  if (!file) return fail(file.error());
  return read_up_to(file->value(), max_bytes, path);
}

Result<std::map<std::string, std::string>> read_regular_files(
    const fs::path& directory, const std::vector<std::string>& paths) {
  std::map<std::string, std::string> files;
  for (const std::string& path : paths) {
    struct stat about {};
    if (::lstat((directory / path).c_str(), &about) != 0 || !S_ISREG(about.st_mode)) continue;
    auto text = read_file(directory / path, {.links = Links::refused});
    if (!text) return fail(std::move(text.error()));
    files[path] = std::move(*text);
  }
  return files;
}

Result<std::string> read_standard_input(std::size_t max_bytes) {
  return read_to_end(STDIN_FILENO, max_bytes, "standard input");
}

Result<std::string> read_argument(const std::string& path, std::size_t max_bytes) {
  if (path == "-") return read_standard_input(max_bytes);
  if (const auto stream = inherited_stream(path)) return read_to_end(*stream, max_bytes, path);
  if (is_null_device(path)) return std::string();
  return read_file(path, {.max_bytes = max_bytes});
}

}  // namespace buildable::store
