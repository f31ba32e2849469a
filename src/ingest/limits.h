// What every parser of foreign bytes begins with. Bytes come from the network: whatever is not
// exactly what is expected is an error that says where and what to do, never an empty result.
#pragma once

#include <cstddef>
#include <string_view>

#include "base/result.h"

namespace buildable::ingest {

// The largest texts that are read, in bytes. The real ones are at most a tenth of these.
namespace limits {
inline constexpr std::size_t kibibyte = 1024;
inline constexpr std::size_t mebibyte = 1024 * kibibyte;
inline constexpr std::size_t values_file = 256 * kibibyte;
inline constexpr std::size_t json = 4 * mebibyte;         // image configs, API answers
inline constexpr std::size_t repository = 32 * mebibyte;  // Composer's packages.json
inline constexpr std::size_t inventory = 4 * mebibyte;
inline constexpr std::size_t descriptor = 256 * kibibyte;  // builder.toml, buildpack.toml
inline constexpr std::size_t source = 1024 * kibibyte;     // source files with constants
inline constexpr std::size_t listing = 4 * mebibyte;       // one page of an archive listing
inline constexpr std::size_t line = 16 * kibibyte;
inline constexpr std::size_t entries = 100000;  // of one list; of documents: base/document.h
}  // namespace limits

// Fails unless the text is UTF-8 without NUL, neither empty nor longer than `limit` bytes, and no
// HTML page (what a wrong address, a login or a proxy answers with). `what` names it in the error.
Result<void> check_text(std::string_view text, std::size_t limit, std::string_view what);

}  // namespace buildable::ingest
