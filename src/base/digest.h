// Digests as the registries write them.
#pragma once

#include <string>
#include <string_view>

namespace buildable {

std::string sha256_hex(std::string_view bytes);     // 64 lower-case digits
std::string sha256_digest(std::string_view bytes);  // "sha256:" and the same
std::string sha1_hex(std::string_view bytes);       // 40 digits; git names objects so, no more
// Whether the text is such a digest.
bool is_sha256_digest(std::string_view text);

}  // namespace buildable
