// A file of the repository as read-only data of the program. cmake/embedded_file.cmake puts it
// there under a name.
#pragma once

#include <cstddef>
#include <string_view>

// Defines `std::string_view name()`, the text of that file, in the namespace where it stands.
#define BUILDABLE_EMBEDDED_FILE(name)                                                           \
  extern "C" const char buildable_file_##name##_begin[];                                        \
  extern "C" const char buildable_file_##name##_end[];                                          \
  std::string_view name() {                                                                     \
    return {                                                                                    \
        buildable_file_##name##_begin,                                                          \
        static_cast<std::size_t>(buildable_file_##name##_end - buildable_file_##name##_begin)}; \
  }                                                                                             \
  static_assert(true, "a semicolon follows")
