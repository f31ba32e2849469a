// Text as Rust's standard library treats it: Heroku's buildpacks are written in Rust.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace buildable::build::rust {

// str::trim: every character with Unicode's White_Space goes, a byte order mark does not.
std::string_view trim(std::string_view text);
// str::lines: pieces between "\n", each without one "\r" at its end.
std::vector<std::string_view> lines(std::string_view text);
// str::split_whitespace.
std::vector<std::string_view> words(std::string_view text);
// str::parse of an unsigned integer: ASCII digits after an optional "+", leading zeros allowed, up
// to `most`.
std::optional<std::uint64_t> parse_unsigned(std::string_view text, std::uint64_t most);
// String::push of a scalar value, as UTF-8.
void push(std::string& out, std::uint32_t code);

}  // namespace buildable::build::rust
