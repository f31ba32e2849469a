#include "store/file_descriptor.h"

#include <cstring>

namespace buildable::store {

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

tl::unexpected<Error> system_failure(const std::string& doing, const std::filesystem::path& path,
                                     int error) {
  return fail(Diagnostic{.message = doing + ": " + std::strerror(error), .file = path.string()});
}

}  // namespace buildable::store
