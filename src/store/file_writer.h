// The one place where the program writes a file: whole beside its target, then under its name. A
// reader sees the old content or the new one, and a failure leaves the old one and nothing else.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"
#include "store/file_descriptor.h"

struct stat;

namespace buildable::store {

// What to do where the name is taken.
enum class Existing : std::uint8_t { replaced, kept };

struct WriteOptions {
  // `kept`: it is an error that the name is taken. `replaced`: a regular file is replaced; anything
  // else, a symbolic link too, stays, and that is an error.
  Existing existing = Existing::replaced;
  bool synced = false;             // on the disk before it has its name: survives a crash
  bool makes_directories = false;  // those missing above it
  unsigned mode = 0644;            // of the new file, less the umask
};

Result<void> write_file(const std::filesystem::path& path, std::string_view content,
                        const WriteOptions& options = {});

// The steps of it, for writers who look at the target in between.
class FreshFile {
 public:
  // Makes an empty file beside the target.
  static Result<FreshFile> beside(const std::filesystem::path& target, unsigned mode);
  FreshFile(FreshFile&& other) noexcept;
  FreshFile& operator=(FreshFile&&) = delete;
  ~FreshFile();  // removes it where it did not take the target's name

  // Gives it the owner and the permissions of that file.
  Result<void> resemble(const struct stat& file);
  Result<void> write(std::string_view content, bool synced);
  Result<void> take_name(Existing existing);

 private:
  FreshFile(std::filesystem::path target, std::filesystem::path path, FileDescriptor file);

  std::filesystem::path target_;
  std::filesystem::path path_;  // empty: it has the target's name
  FileDescriptor file_;
};

// What a killed writer left in the directory.
void remove_leftovers(const std::filesystem::path& directory);
Result<void> sync_directory(const std::filesystem::path& directory);
Result<void> sync_directory_of(const std::filesystem::path& file);

}  // namespace buildable::store
