#include "base/unified_diff.h"

#include <algorithm>
#include <vector>

namespace buildable {
namespace {

constexpr std::size_t context_lines = 3;
// Myers' algorithm keeps the square of this many numbers.
constexpr std::ptrdiff_t most_differences = 400;

using Lines = std::vector<std::string_view>;

// With their line ends: so a last line without one differs from the same line with one.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t newline = text.find('\n');
    lines.push_back(text.substr(0, newline == text.npos ? text.npos : newline + 1));
    text.remove_prefix(lines.back().size());
  }
  return lines;
}

struct Line {
  char mark;  // ' ', '-' or '+'
  std::string_view text;
};

// The shortest way from one list of lines to the other, by E. Myers, "An O(ND) Difference Algorithm
// and Its Variations" (1986): furthest[k] is how far one comes on the diagonal x - y = k with d
// insertions and deletions.
class ShortestEdit {
 public:
  ShortestEdit(const Lines& from, const Lines& to) : from_(from), to_(to) {}

  std::vector<Line> lines() { return search() ? walk_back() : replaced(); }

 private:
  std::ptrdiff_t n() const { return static_cast<std::ptrdiff_t>(from_.size()); }
  std::ptrdiff_t m() const { return static_cast<std::ptrdiff_t>(to_.size()); }
  static std::size_t index(std::ptrdiff_t diagonal) {
    return static_cast<std::size_t>(diagonal + most_differences + 1);
  }
  // Whether the step to this diagonal with d differences is an insertion.
  static bool comes_from_above(const std::vector<std::ptrdiff_t>& furthest, std::ptrdiff_t diagonal,
                               std::ptrdiff_t d) {
    return diagonal == -d ||
           (diagonal != d && furthest[index(diagonal - 1)] < furthest[index(diagonal + 1)]);
  }

  std::ptrdiff_t follow(std::ptrdiff_t x, std::ptrdiff_t diagonal) const {
    while (x < n() && x - diagonal < m() &&
           from_[static_cast<std::size_t>(x)] == to_[static_cast<std::size_t>(x - diagonal)])
      ++x;
    return x;
  }

  bool search() {
    std::vector<std::ptrdiff_t> furthest(index(most_differences) + 2, 0);
    for (std::ptrdiff_t d = 0; d <= most_differences; ++d) {
      trace_.push_back(furthest);
      for (std::ptrdiff_t k = -d; k <= d; k += 2) {
        const std::ptrdiff_t x =
            comes_from_above(furthest, k, d) ? furthest[index(k + 1)] : furthest[index(k - 1)] + 1;
        furthest[index(k)] = follow(x, k);
        if (furthest[index(k)] >= n() && furthest[index(k)] - k >= m()) return true;
      }
    }
    return false;
  }

  std::vector<Line> walk_back() const {
    std::vector<Line> backwards;
    std::ptrdiff_t x = n();
    std::ptrdiff_t y = m();
    for (auto d = static_cast<std::ptrdiff_t>(trace_.size()) - 1; d >= 0; --d) {
      const auto& furthest = trace_[static_cast<std::size_t>(d)];
      const std::ptrdiff_t k = x - y;
      const bool inserted = comes_from_above(furthest, k, d);
      const std::ptrdiff_t before = inserted ? k + 1 : k - 1;
      const std::ptrdiff_t x_before = d == 0 ? 0 : furthest[index(before)];
      const std::ptrdiff_t y_before = d == 0 ? 0 : x_before - before;
      for (; x > x_before && y > y_before; --x, --y)
        backwards.push_back({' ', from_[static_cast<std::size_t>(x - 1)]});
      if (d == 0) break;
      backwards.push_back(inserted ? Line{'+', to_[static_cast<std::size_t>(y_before)]}
                                   : Line{'-', from_[static_cast<std::size_t>(x_before)]});
      x = x_before;
      y = y_before;
    }
    std::reverse(backwards.begin(), backwards.end());
    return backwards;
  }

  std::vector<Line> replaced() const {
    std::vector<Line> lines;
    for (const std::string_view line : from_) lines.push_back({'-', line});
    for (const std::string_view line : to_) lines.push_back({'+', line});
    return lines;
  }

  const Lines& from_;
  const Lines& to_;
  std::vector<std::vector<std::ptrdiff_t>> trace_;
};

std::vector<Line> compared(const Lines& from, const Lines& to) {
  const auto prefix = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  const auto suffix = std::mismatch(from.rbegin(), std::make_reverse_iterator(prefix.first),
                                    to.rbegin(), std::make_reverse_iterator(prefix.second));
  const Lines from_middle(prefix.first, suffix.first.base());
  const Lines to_middle(prefix.second, suffix.second.base());
  std::vector<Line> lines;
  for (auto it = from.begin(); it != prefix.first; ++it) lines.push_back({' ', *it});
  for (const Line& line : ShortestEdit(from_middle, to_middle).lines()) lines.push_back(line);
  for (auto it = suffix.first.base(); it != from.end(); ++it) lines.push_back({' ', *it});
  return lines;
}

// "4,7"; a single line is "4", and before the first line is "0,0".
std::string range(std::size_t before, std::size_t count) {
  if (count == 1) return std::to_string(before + 1);
  return std::to_string(count == 0 ? before : before + 1) + "," + std::to_string(count);
}

std::size_t count_of(const std::vector<Line>& lines, std::size_t begin, std::size_t end,
                     char without) {
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i) count += lines[i].mark == without ? 0 : 1;
  return count;
}

void append_line(std::string& out, const Line& line) {
  out += line.mark;
  out += line.text;
  if (!line.text.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

// The end of the hunk whose first change is at `change`: changes with at most twice the context
// between them are one.
std::size_t hunk_end(const std::vector<Line>& lines, std::size_t change) {
  std::size_t last = change;
  for (std::size_t i = change; i < lines.size() && i <= last + 2 * context_lines + 1; ++i)
    if (lines[i].mark != ' ') last = i;
  return std::min(last + 1 + context_lines, lines.size());
}

}  // namespace

std::string unified_diff(std::string_view old_text, std::string_view new_text,
                         std::string_view old_name, std::string_view new_name) {
  if (old_text == new_text) return {};
  const std::vector<Line> lines = compared(lines_of(old_text), lines_of(new_text));
  std::string out = "--- " + std::string(old_name) + "\n+++ " + std::string(new_name) + "\n";
  std::size_t old_line = 0;
  std::size_t new_line = 0;
  std::size_t end = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].mark == ' ') continue;
    const std::size_t begin = std::max(end, i - std::min(i, context_lines));
    old_line += count_of(lines, end, begin, '+');
    new_line += count_of(lines, end, begin, '-');
    end = hunk_end(lines, i);
    const std::size_t old_count = count_of(lines, begin, end, '+');
    const std::size_t new_count = count_of(lines, begin, end, '-');
    out += "@@ -" + range(old_line, old_count) + " +" + range(new_line, new_count) + " @@\n";
    for (std::size_t k = begin; k < end; ++k) append_line(out, lines[k]);
    old_line += old_count;
    new_line += new_count;
    i = end - 1;
  }
  return out;
}

}  // namespace buildable
