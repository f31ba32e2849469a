#include "build/java_properties.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/characters.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

// What Windows-1252 has at 0x80 to 0x9F; 0: the same number in Unicode.
constexpr std::array<std::uint16_t, 32> windows_1252{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

bool is_surrogate(std::uint32_t code) { return code >= 0xD800 && code < 0xE000; }

std::string from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char each : bytes) {
    const auto byte = static_cast<unsigned char>(each);
    const std::uint16_t special = byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : 0;
    rust::push(text, special ? special : byte);
  }
  return text;
}

std::string from_utf_16(std::string_view bytes, bool big_endian) {
  std::string text;
  std::uint32_t high = 0;
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const auto first = static_cast<unsigned char>(bytes[big_endian ? i : i + 1]);
    const auto second = static_cast<unsigned char>(bytes[big_endian ? i + 1 : i]);
    const std::uint32_t unit = (std::uint32_t{first} << 8) | second;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high = unit;
      continue;
    }
    if (unit >= 0xDC00 && unit < 0xE000)
      rust::push(text, high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
    else
      rust::push(text, unit);
    high = 0;
  }
  return text;
}

std::string decode(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
  if (bytes.starts_with("\xFF\xFE")) return from_utf_16(bytes.substr(2), false);
  if (bytes.starts_with("\xFE\xFF")) return from_utf_16(bytes.substr(2), true);
  return from_windows_1252(bytes);
}

bool is_property_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f';
}

void skip_property_blanks(std::string_view& text) {
  while (!text.empty() && is_property_blank(text.front())) text.remove_prefix(1);
}

bool is_comment(std::string_view line) {
  skip_property_blanks(line);
  return line.starts_with('#') || line.starts_with('!');
}

// Between "\n", "\r\n" and "\r". There is one more after the last line end.
std::vector<std::string_view> natural_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  for (;;) {
    const std::size_t end = text.find_first_of("\r\n");
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(text.substr(end).starts_with("\r\n") ? end + 2 : end + 1);
  }
}

bool goes_on(std::string_view line) {
  const std::size_t last = line.find_last_not_of('\\');
  const std::size_t count = line.size() - (last == std::string_view::npos ? 0 : last + 1);
  return count % 2 == 1;
}

struct LogicalLine {
  std::string text;
  int number = 0;
};

// A backslash at a line's end joins the next one to it, without the blanks that it begins with. The
// last line of a file that ends so is lost.
std::vector<LogicalLine> logical_lines(std::string_view text) {
  std::vector<LogicalLine> lines;
  std::optional<LogicalLine> open;
  int number = 0;
  for (std::string_view line : natural_lines(text)) {
    ++number;
    const bool comment = !open && is_comment(line);
    if (open) {
      const std::string_view trimmed = rust::trim(line);
      line.remove_prefix(trimmed.empty() ? line.size()
                                         : static_cast<std::size_t>(trimmed.data() - line.data()));
    } else {
      open = LogicalLine{{}, number};
    }
    open->text += line;
    if (!comment && goes_on(line)) {
      open->text.pop_back();
      continue;
    }
    lines.push_back(std::move(*open));
    open.reset();
  }
  return lines;
}

// Four hexadecimal digits as Rust's u16::from_str_radix takes them: a plus may stand before fewer.
std::optional<std::uint32_t> code_unit(std::string_view digits) {
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::uint32_t value = 0;
  for (const char digit : digits) {
    const bool number = is_digit(digit);
    const char lower = static_cast<char>(digit | 0x20);
    if (!number && (lower < 'a' || lower > 'f')) return std::nullopt;
    value = value * 16 + static_cast<std::uint32_t>(number ? digit - '0' : lower - 'a' + 10);
  }
  return digits.empty() || is_surrogate(value) ? std::nullopt : std::optional(value);
}

std::optional<std::string> unescape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c != '\\') {
      out += c;
      continue;
    }
    const char escaped = text.empty() ? '\0' : text.front();
    if (!text.empty()) text.remove_prefix(1);
    if (escaped == 'u') {
      const auto code = text.size() < 4 ? std::nullopt : code_unit(text.substr(0, 4));
      if (!code) return std::nullopt;
      rust::push(out, *code);
      text.remove_prefix(4);
      continue;
    }
    constexpr std::string_view letters = "tnfr";
    constexpr std::string_view meant = "\t\n\f\r";
    const std::size_t at = letters.find(escaped);
    out += escaped != '\0' && at != std::string_view::npos ? meant[at] : escaped;
  }
  return out;
}

// How long the key is: up to a separator or a blank that no backslash escapes.
std::size_t key_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size()) {
    const char c = text[length];
    if (c == ':' || c == '=' || is_property_blank(c)) break;
    length += c == '\\' && length + 1 < text.size() ? 2 : 1;
  }
  return length;
}

std::string_view value_after(std::string_view rest) {
  skip_property_blanks(rest);
  if (rest.starts_with(':') || rest.starts_with('=')) rest.remove_prefix(1);
  skip_property_blanks(rest);
  return rest;
}

bool add(Properties& properties, const LogicalLine& line) {
  std::string_view text = line.text;
  skip_property_blanks(text);
  if (is_comment(text)) return unescape(text.substr(1)).has_value();
  if (text.empty()) return true;
  const std::size_t length = key_length(text);
  auto key = unescape(text.substr(0, length));
  auto value = unescape(value_after(text.substr(length)));
  if (!key || !value) return false;
  properties[std::move(*key)] = {std::move(*value), line.number};
  return true;
}

}  // namespace

tl::expected<Properties, PropertiesError> read_java_properties(std::string_view bytes) {
  Properties properties;
  for (const LogicalLine& line : logical_lines(decode(bytes)))
    if (!add(properties, line))
      return tl::unexpected(
          PropertiesError{"\\u is not followed by four hexadecimal digits", line.number});
  return properties;
}

}  // namespace buildable::build
