// Open files of the system.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"

namespace buildable::store {

class FileDescriptor {
 public:
  explicit FileDescriptor(int value = -1) : value_(value) {}
  FileDescriptor(FileDescriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~FileDescriptor() { close(); }
  int value() const { return value_; }
  bool is_open() const { return value_ >= 0; }
  // Closing reports what writing could not, so who wrote asks.
  bool close() { return value_ < 0 || ::close(std::exchange(value_, -1)) == 0; }

 private:
  int value_;
};

// On failure errno says why.
bool write_all(int descriptor, std::string_view content);

tl::unexpected<Error> system_failure(const std::string& doing, const std::filesystem::path& path,
                                     int error = errno);

}  // namespace buildable::store
