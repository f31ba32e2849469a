// The patterns of .gitignore files (gitignore(5)), as git itself reads them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace buildable {

class IgnorePatterns {
 public:
  enum class Decision : std::uint8_t { none, ignored, kept };

  IgnorePatterns() = default;
  // The text of one ignore file.
  explicit IgnorePatterns(std::string_view text);
  explicit IgnorePatterns(const std::vector<std::string>& lines);

  bool empty() const { return patterns_.empty(); }
  // What the last matching pattern says of a path below the directory of the ignore file (with "/",
  // relative to it). That nothing below an ignored directory can be kept is the walker's business.
  Decision decide(std::string_view path, bool is_directory) const;
  // For lists of files rather than of what to leave out: whether it is matched and not taken back.
  bool matches(std::string_view path) const { return decide(path, false) == Decision::ignored; }
  // The same of a file or of any directory that it lies in.
  bool matches_within(std::string_view path) const;

 private:
  enum class Shape : std::uint8_t { literal, ending, wild };
  struct Pattern {
    std::string text;
    Shape shape = Shape::wild;
    bool negated = false;
    bool directories_only = false;
    bool whole_path = false;  // it has a slash: it is held against the path, not the name
  };

  void add(std::string_view line);
  static bool matches(const Pattern& pattern, std::string_view path, std::string_view name);

  std::vector<Pattern> patterns_;
};

// Shell wildcards over a path: "*" and "?" and "[...]" stop at slashes, "**" as a whole segment
// spans any number of segments. Time is bounded by the product of the lengths.
bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace buildable
