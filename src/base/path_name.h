// Names from outside that become parts of a path: of a file, a folder, a branch or an address.
#pragma once

#include <compare>
#include <string>
#include <string_view>

#include "base/result.h"

namespace buildable {

// One name: letters, digits and "._+-" of ASCII, a letter, digit or "_" first, no "." last, at most
// `longest` bytes, and none of the names that Windows keeps for devices ("con", "nul.json").
// So it is never "..", ".git" or "-f", and means the same on every file system.
class PathName {
 public:
  static constexpr std::size_t longest = 100;  // leaves room for an ending below the usual 255
  static Result<PathName> parse(std::string_view text);
  const std::string& text() const { return text_; }
  friend auto operator<=>(const PathName&, const PathName&) = default;

 private:
  explicit PathName(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

// Names with "/" between them: a path that stays inside the directory that it starts from.
class InnerPath {
 public:
  static constexpr std::size_t longest = 500;
  static Result<InnerPath> parse(std::string_view text);
  const std::string& text() const { return text_; }
  friend auto operator<=>(const InnerPath&, const InnerPath&) = default;

 private:
  explicit InnerPath(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

}  // namespace buildable
