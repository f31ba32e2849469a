#include <cstdint>

#include "base/digest.h"
#include "base/embedded_file.h"
#include "emit/site/page.h"

namespace buildable::emit {

BUILDABLE_EMBEDDED_FILE(page_style);
BUILDABLE_EMBEDDED_FILE(page_script);

namespace {

std::string bytes_of(std::string_view hex) {
  const auto value = [](char digit) { return digit <= '9' ? digit - '0' : digit - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes += static_cast<char>(value(hex[i]) * 16 + value(hex[i + 1]));
  return bytes;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::string_view three = bytes.substr(i, 3);
    std::uint32_t bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < three.size() ? static_cast<unsigned char>(three[k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= three.size() ? alphabet[bits >> (18 - 6 * k) & 63] : '=';
  }
  return text;
}

std::string source_of(std::string_view text) {
  return "'sha256-" + base64(bytes_of(sha256_hex(text))) + "'";
}

}  // namespace

std::string page_security_policy() {
  return "default-src 'none'; style-src " + source_of(page_style()) + "; script-src " +
         source_of(page_script()) +
         "; img-src data:; connect-src 'self'; form-action 'self'; base-uri 'none'";
}

}  // namespace buildable::emit
