#include "net/layer.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/digest.h"
#include "base/text.h"

namespace buildable::net {
namespace {

struct FreeArchive {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Archive = std::unique_ptr<archive, FreeArchive>;

constexpr std::size_t piece_size = 64U << 10U;

tl::unexpected<Error> problem(std::string message) {
  return fail("the layer " + std::move(message), "this is not a buildpack's layer: do not use it");
}

tl::unexpected<Error> broken(archive* reader) {
  const char* text = reader != nullptr ? archive_error_string(reader) : "out of memory";
  return problem(std::string("cannot be read: ") + (text != nullptr ? text : "no reason given"));
}

// The filter is named instead of left to libarchive's bidding: it would unpack a gzip in a gzip,
// which no limit on what comes out bounds.
int filter_of(std::string_view blob) {
  if (blob.starts_with("\x1f\x8b")) return ARCHIVE_FILTER_GZIP;
  if (blob.starts_with("\x28\xb5\x2f\xfd")) return ARCHIVE_FILTER_ZSTD;
  return ARCHIVE_FILTER_NONE;
}

// Appends what is left of the entry.
Result<void> read_data(archive* reader, std::string& bytes, std::size_t limit) {
  std::string piece(piece_size, '\0');
  while (true) {
    la_ssize_t count = archive_read_data(reader, piece.data(), piece.size());
    if (count == 0) return {};
    if (count < 0) return broken(reader);
    bytes.append(piece, 0, static_cast<std::size_t>(count));
    if (bytes.size() > limit) {
      return problem("holds more than the limit of " + std::to_string(limit) + " bytes");
    }
  }
}

Result<std::string> decompress(std::string_view blob, int filter, std::size_t limit) {
  Archive reader(archive_read_new());
  archive_entry* entry = nullptr;
  bool opened = reader && archive_read_append_filter(reader.get(), filter) == ARCHIVE_OK &&
                archive_read_support_format_raw(reader.get()) == ARCHIVE_OK &&
                archive_read_open_memory(reader.get(), blob.data(), blob.size()) == ARCHIVE_OK &&
                archive_read_next_header(reader.get(), &entry) == ARCHIVE_OK;
  if (!opened) return broken(reader.get());
  std::string bytes;
  Result<void> read = read_data(reader.get(), bytes, limit);
  if (!read) return fail(std::move(read.error()));
  return bytes;
}

// "/a/./b" -> "a/b"; nothing for a path that leads upward.
std::optional<std::string> normalized(std::string_view path) {
  std::string result;
  for (std::string_view part : split(path, '/')) {
    if (part == "..") return std::nullopt;
    if (part.empty() || part == ".") continue;
    if (!result.empty()) result += '/';
    result += part;
  }
  return result;
}

class TarReader {
 public:
  TarReader(std::string_view path, const LayerLimits& limits) : path_(path), limits_(limits) {}

  Result<std::string> read(std::string_view tar) {
    archive* reader = reader_.get();
    bool opened = reader != nullptr && archive_read_support_format_tar(reader) == ARCHIVE_OK &&
                  archive_read_open_memory(reader, tar.data(), tar.size()) == ARCHIVE_OK;
    if (!opened) return broken(reader);
    Result<void> taken = take_entries(reader);
    if (!taken) return fail(std::move(taken.error()));
    if (!found_) return problem("has no file " + in_quotes(path_));
    return std::move(bytes_);
  }

 private:
  Result<void> take_entries(archive* reader) {
    archive_entry* entry = nullptr;
    for (std::size_t count = 0;; ++count) {
      int status = archive_read_next_header(reader, &entry);
      if (status == ARCHIVE_EOF) return {};
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN) return broken(reader);
      if (count == limits_.entries) {
        return problem("has more than " + std::to_string(limits_.entries) + " entries");
      }
      Result<void> taken = take_entry(reader, entry);
      if (!taken) return taken;
    }
  }

  Result<void> take_entry(archive* reader, archive_entry* entry) {
    // Null for what the locale cannot express: then it is not the path that is looked for.
    const char* name = archive_entry_pathname(entry);
    if (name == nullptr) return {};
    std::string_view path = name;
    if (path.size() > limits_.path) return problem("has too long a path: " + in_quotes(path));
    std::optional<std::string> normal = normalized(path);
    if (!normal) return problem("has a path that leads upward: " + in_quotes(path));
    if (*normal != path_) return {};
    if (found_) return problem("has the file twice: " + in_quotes(path));
    found_ = true;
    if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) {
      return problem("has no regular file " + in_quotes(path));
    }
    return read_data(reader, bytes_, limits_.file);
  }

  Archive reader_{archive_read_new()};
  std::string_view path_;
  LayerLimits limits_;
  bool found_ = false;
  std::string bytes_;
};

}  // namespace

Result<std::string> unpack_layer(std::string_view blob, std::string_view diff_id,
                                 const LayerLimits& limits) {
  std::size_t by_ratio = std::max(blob.size(), piece_size) * limits.ratio;
  std::size_t limit = std::min(limits.unpacked, by_ratio);
  int filter = filter_of(blob);
  if (filter == ARCHIVE_FILTER_NONE && blob.size() > limit) {
    return problem("holds more than the limit of " + std::to_string(limit) + " bytes");
  }
  Result<std::string> tar = filter == ARCHIVE_FILTER_NONE ? Result<std::string>(std::string(blob))
                                                          : decompress(blob, filter, limit);
  if (!tar) return tar;
  std::string digest = sha256_digest(*tar);
  if (digest == diff_id) return tar;
  return problem("unpacks to " + digest + ", not to " + in_quotes(diff_id));
}

Result<std::string> file_in_layer(std::string_view tar, std::string_view path,
                                  const LayerLimits& limits) {
  return TarReader(path, limits).read(tar);
}

std::string buildpack_program_path(std::string_view id, std::string_view version) {
  return "cnb/buildpacks/" + replace_all(id, "/", "_") + "/" + std::string(version) + "/bin/build";
}

}  // namespace buildable::net
