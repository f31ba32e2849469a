// The patterns of .gitignore files (gitignore(5)), as git itself reads them. A decision takes the
// same time however many patterns without wildcards there are; those with wildcards are bounded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
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
  // Patterns with wildcards beyond this number say nothing.
  static constexpr std::size_t most_wild = 10'000;
  bool has_too_many() const { return wild_count_ > most_wild; }
  // What the last matching pattern says of a path below the directory of the ignore file (with "/",
  // relative to it). That nothing below an ignored directory can be kept is the walker's business.
  Decision decide(std::string_view path, bool is_directory) const;
  // Adds to `steps` what it took: letters of patterns held against letters of the path.
  Decision decide(std::string_view path, bool is_directory, std::size_t& steps) const;
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

  // The last pattern with a text: of all, and of those that are not for directories alone.
  struct Latest {
    std::ptrdiff_t any = -1;
    std::ptrdiff_t of_files = -1;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  template <class Value>
  using ByText = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

  void add(std::string_view line);
  void add_to_index(const Pattern& pattern, std::ptrdiff_t number);
  static bool matches(const Pattern& pattern, std::string_view path, std::string_view name,
                      std::size_t& steps);
  std::ptrdiff_t last_match(std::string_view path, bool is_directory, std::size_t& steps) const;
  std::ptrdiff_t last_plain(std::string_view path, std::string_view name, bool is_directory) const;

  std::vector<Pattern> patterns_;
  std::size_t wild_count_ = 0;
  ByText<Latest> paths_;    // literal, held against the path
  ByText<Latest> names_;    // literal, held against the name
  ByText<Latest> endings_;  // of names
  std::vector<std::size_t> ending_lengths_;
  std::vector<std::ptrdiff_t> wild_;                // ascending
  ByText<std::vector<std::ptrdiff_t>> wild_below_;  // by their first folder, which is literal
};

// Shell wildcards over a path: "*" and "?" and "[...]" stop at slashes, "**" as a whole segment
// spans any number of segments. Time is bounded by the product of the lengths.
bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace buildable
