#include "net/files.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace buildable {
namespace {

namespace fs = std::filesystem;

tl::unexpected<Error> failure(const std::string& doing, const fs::path& path,
                              const std::string& why) {
  return fail(Diagnostic{.message = doing + ": " + why, .file = path.string()});
}

// Unique among the processes and threads of this machine.
fs::path beside(const fs::path& path) {
  static std::atomic<unsigned> count{0};
  return path.string() + ".new-" + std::to_string(::getpid()) + "-" + std::to_string(++count);
}

}  // namespace

Result<std::string> read_bounded(const fs::path& path, std::size_t max_bytes) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error) return failure("cannot read", path, error.message());
  if (size > max_bytes) {
    return failure("cannot read", path, "larger than " + std::to_string(max_bytes) + " bytes");
  }
  std::ifstream in(path, std::ios::binary);
  std::string content(size, '\0');
  in.read(content.data(), static_cast<std::streamsize>(size));
  if (!in) return failure("cannot read", path, std::strerror(EIO));
  return content;
}

Result<void> write_replacing(const fs::path& path, std::string_view content) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  const fs::path fresh = beside(path);
  std::ofstream out(fresh, std::ios::binary);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (out) fs::rename(fresh, path, error);
  if (out && !error) return {};
  const std::string why = error ? error.message() : std::string("the file cannot be written");
  fs::remove(fresh, error);
  return failure("cannot write", path, why);
}

}  // namespace buildable
