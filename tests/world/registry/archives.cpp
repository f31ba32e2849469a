#include "world/registry/archives.h"

#include <archive.h>
#include <archive_entry.h>

#include <memory>
#include <stdexcept>

namespace buildable::world {
namespace {

la_ssize_t append(archive*, void* target, const void* bytes, std::size_t size) {
  static_cast<std::string*>(target)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

class Writer {
 public:
  explicit Writer(int (*format)(archive*), int (*filter)(archive*) = nullptr) {
    require(format(writer_.get()));
    if (filter != nullptr) require(filter(writer_.get()));
    require(archive_write_set_bytes_in_last_block(writer_.get(), 1));
    require(archive_write_open(writer_.get(), &bytes_, nullptr, &append, nullptr));
  }

  void add(const TarEntry& one) {
    std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(),
                                                                   &archive_entry_free);
    archive_entry_set_pathname(entry.get(), one.path.c_str());
    archive_entry_set_filetype(entry.get(), one.directory      ? AE_IFDIR
                                            : one.link.empty() ? AE_IFREG
                                                               : AE_IFLNK);
    archive_entry_set_perm(entry.get(), 0755);
    if (!one.link.empty()) archive_entry_set_symlink(entry.get(), one.link.c_str());
    if (!one.hard_link.empty()) archive_entry_set_hardlink(entry.get(), one.hard_link.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(one.content.size()));
    require(archive_write_header(writer_.get(), entry.get()));
    write(one.content);
  }

  void write(std::string_view content) {
    if (content.empty()) return;
    la_ssize_t written = archive_write_data(writer_.get(), content.data(), content.size());
    if (written != static_cast<la_ssize_t>(content.size())) throw std::runtime_error("not written");
  }

  std::string finish() {
    require(archive_write_close(writer_.get()));
    return std::move(bytes_);
  }

 private:
  void require(int status) {
    // A name that is not of the locale is written as it is, with a warning.
    if (status != ARCHIVE_OK && status != ARCHIVE_WARN) {
      throw std::runtime_error(archive_error_string(writer_.get()));
    }
  }

  std::string bytes_;
  std::unique_ptr<archive, int (*)(archive*)> writer_{archive_write_new(), &archive_write_free};
};

std::string compress(std::string_view bytes, int (*filter)(archive*)) {
  Writer writer(&archive_write_set_format_raw, filter);
  writer.add({.path = "data"});
  writer.write(bytes);
  return writer.finish();
}

}  // namespace

std::string make_tar(const std::vector<TarEntry>& entries) {
  Writer writer(&archive_write_set_format_pax_restricted);
  for (const TarEntry& entry : entries) writer.add(entry);
  return writer.finish();
}

std::string gzip(std::string_view bytes) { return compress(bytes, &archive_write_add_filter_gzip); }
std::string zstd(std::string_view bytes) { return compress(bytes, &archive_write_add_filter_zstd); }

}  // namespace buildable::world
