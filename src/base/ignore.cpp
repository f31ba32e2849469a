#include "base/ignore.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text_index.h"

namespace buildable {
namespace {

constexpr std::string_view special = "*?[\\";
constexpr std::size_t nowhere = std::string_view::npos;
constexpr std::size_t longest_pattern = 4096;  // no path is longer

bool is_between(char c, char first, char last) { return c >= first && c <= last; }

// The classes of the C locale.
bool is_in_class(std::string_view name, char c) {
  const bool lower = is_between(c, 'a', 'z'), upper = is_between(c, 'A', 'Z');
  const bool digit = is_between(c, '0', '9'), printed = is_between(c, '!', '~');
  const bool blank = c == ' ' || c == '\t';
  if (name == "alpha") return lower || upper;
  if (name == "digit") return digit;
  if (name == "alnum") return lower || upper || digit;
  if (name == "upper") return upper;
  if (name == "lower") return lower;
  if (name == "punct") return printed && !lower && !upper && !digit;
  if (name == "graph") return printed;
  if (name == "print") return printed || c == ' ';
  if (name == "blank") return blank;
  if (name == "space") return blank || is_between(c, '\n', '\r');
  if (name == "xdigit") return digit || is_between(c, 'a', 'f') || is_between(c, 'A', 'F');
  if (name == "cntrl") return is_between(c, '\0', '\x1f') || c == '\x7f';
  return false;
}

// "[...]" at `at` of the pattern, held against one character.
class Bracket {
 public:
  Bracket(std::string_view pattern, std::size_t at) : pattern_(pattern), at_(at + 1) {}

  // Whether the character is meant; nothing where the bracket is never closed.
  std::optional<bool> holds(char c) {
    const bool negated = at_ < pattern_.size() && (pattern_[at_] == '!' || pattern_[at_] == '^');
    if (negated) ++at_;
    bool found = false;
    for (bool first = true; first || peek() != ']'; first = false) {
      if (at_ >= pattern_.size()) return std::nullopt;
      const auto member = takes(c);
      if (!member) return std::nullopt;
      found = found || *member;
    }
    ++at_;
    return found != negated;
  }
  std::size_t end() const { return at_; }

 private:
  char peek() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }

  std::optional<char> one() {
    if (peek() == '\\') ++at_;
    if (at_ >= pattern_.size()) return std::nullopt;
    return pattern_[at_++];
  }

  // A class, a range or a single character.
  std::optional<bool> takes(char c) {
    if (pattern_.substr(at_).starts_with("[:")) {
      const std::size_t close = pattern_.find(']', at_ + 2);
      if (close == nowhere) return std::nullopt;
      if (pattern_[close - 1] == ':' && close > at_ + 2) {
        const std::string_view name = pattern_.substr(at_ + 2, close - at_ - 3);
        at_ = close + 1;
        return is_in_class(name, c);
      }
    }
    const auto first = one();
    if (!first) return std::nullopt;
    if (peek() != '-' || at_ + 1 >= pattern_.size() || pattern_[at_ + 1] == ']') return c == *first;
    ++at_;
    const auto last = one();
    if (!last) return std::nullopt;
    const auto place = static_cast<unsigned char>(c);
    return place >= static_cast<unsigned char>(*first) &&
           place <= static_cast<unsigned char>(*last);
  }

  std::string_view pattern_;
  std::size_t at_;
};

// Matching from left to right with two places to come back to: the last "*", which may take more of
// its segment, and the last "**", which may take more segments. Earlier ones need no second try:
// what they could take, the later ones can.
class Glob {
 public:
  Glob(std::string_view pattern, std::string_view path) : pattern_(pattern), path_(path) {}

  bool matches() {
    for (;; ++steps_) {
      if (at_ == path_.size() && next_ == pattern_.size()) return true;
      if (step() || retry()) continue;
      return false;
    }
  }

  std::size_t steps() const { return steps_; }

 private:
  struct Place {
    std::size_t next = nowhere;  // in the pattern, after the star
    std::size_t at = 0;          // in the path
  };

  // One element of the pattern; false where it does not fit.
  bool step() {
    if (next_ == pattern_.size()) return false;
    const char wanted = pattern_[next_];
    if (wanted == '*') return star();
    if (at_ == path_.size()) return false;
    const char c = path_[at_];
    if (wanted == '?') return c != '/' && advance(next_ + 1);
    if (wanted == '[') return bracket(c);
    if (wanted == '\\') {
      return next_ + 1 < pattern_.size() && pattern_[next_ + 1] == c && advance(next_ + 2);
    }
    return wanted == c && advance(next_ + 1);
  }

  bool advance(std::size_t next) {
    next_ = next;
    ++at_;
    return true;
  }

  bool bracket(char c) {
    Bracket bracket(pattern_, next_);
    const auto holds = bracket.holds(c);
    return holds && *holds && c != '/' && advance(bracket.end());
  }

  bool star() {
    std::size_t end = next_;
    while (end < pattern_.size() && pattern_[end] == '*') ++end;
    const bool begins = next_ == 0 || pattern_[next_ - 1] == '/';
    const bool ends = end == pattern_.size() || pattern_[end] == '/';
    if (end - next_ >= 2 && begins && ends) return segments(end);
    next_ = end;
    star_ = {end, at_};
    return true;
  }

  bool segments(std::size_t end) {
    star_ = {};
    if (end == pattern_.size()) {  // everything that is left
      next_ = end;
      at_ = path_.size();
      return true;
    }
    next_ = end + 1;  // no segment at all
    segments_ = {end + 1, at_};
    return true;
  }

  bool retry() {
    if (star_.next != nowhere && star_.at < path_.size() && path_[star_.at] != '/') {
      at_ = ++star_.at;
      next_ = star_.next;
      return true;
    }
    if (segments_.next == nowhere) return false;
    const std::size_t slash = path_.find('/', segments_.at);
    if (slash == nowhere) return false;
    star_ = {};
    at_ = segments_.at = slash + 1;
    next_ = segments_.next;
    return true;
  }

  std::string_view pattern_;
  std::string_view path_;
  std::size_t next_ = 0;
  std::size_t at_ = 0;
  std::size_t steps_ = 1;
  Place star_;
  Place segments_;
};

// Spaces at the end go, unless a backslash stands before them.
std::string_view without_trailing_spaces(std::string_view line) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size())
      ++i;
    else if (line[i] == ' ')
      continue;
    end = i + 1;
  }
  return line.substr(0, end);
}

bool is_plain(std::string_view text) { return text.find_first_of(special) == nowhere; }

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view path) {
  return Glob(pattern, path).matches();
}

IgnorePatterns::IgnorePatterns(std::string_view text) {
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  for (const std::string_view line : split_lines(text)) add(line);
}

IgnorePatterns::IgnorePatterns(const std::vector<std::string>& lines) {
  for (const std::string& line : lines) add(line);
}

void IgnorePatterns::add(std::string_view line) {
  if (line.empty() || line.front() == '#' || line.size() > longest_pattern) return;
  line = without_trailing_spaces(line);
  Pattern pattern;
  pattern.negated = line.starts_with('!');
  if (pattern.negated) line.remove_prefix(1);
  pattern.directories_only = line.ends_with('/');
  if (pattern.directories_only) line.remove_suffix(1);
  pattern.whole_path = line.find('/') != nowhere;
  if (line.starts_with('/')) line.remove_prefix(1);
  if (line.empty()) return;
  if (is_plain(line)) {
    pattern.shape = Shape::literal;
  } else if (!pattern.whole_path && line.front() == '*' && is_plain(line.substr(1))) {
    pattern.shape = Shape::ending;
    line.remove_prefix(1);
  }
  if (pattern.shape == Shape::wild && ++wild_count_ > most_wild) return;
  pattern.text = line;
  add_to_index(pattern, static_cast<std::ptrdiff_t>(patterns_.size()));
  patterns_.push_back(std::move(pattern));
}

void IgnorePatterns::add_to_index(const Pattern& pattern, std::ptrdiff_t number) {
  const auto set = [&](Latest& latest) {
    latest.any = number;
    if (!pattern.directories_only) latest.of_files = number;
  };
  if (pattern.shape == Shape::literal)
    return set((pattern.whole_path ? paths_ : names_)[pattern.text]);
  if (pattern.shape == Shape::ending) {
    const auto at =
        std::lower_bound(ending_lengths_.begin(), ending_lengths_.end(), pattern.text.size());
    if (at == ending_lengths_.end() || *at != pattern.text.size())
      ending_lengths_.insert(at, pattern.text.size());
    return set(endings_[pattern.text]);
  }
  const std::string folder = pattern.text.substr(0, pattern.text.find('/'));
  const bool below = pattern.whole_path && folder.size() < pattern.text.size() && is_plain(folder);
  (below ? wild_below_[folder] : wild_).push_back(number);
}

bool IgnorePatterns::matches(const Pattern& pattern, std::string_view path, std::string_view name,
                             std::size_t& steps) {
  Glob glob(pattern.text, pattern.whole_path ? path : name);
  const bool matches = glob.matches();
  steps += glob.steps();
  return matches;
}

bool IgnorePatterns::matches_within(std::string_view path) const {
  for (std::size_t slash = path.find('/'); slash != nowhere; slash = path.find('/', slash + 1))
    if (decide(path.substr(0, slash), true) == Decision::ignored) return true;
  return matches(path);
}

// Of the patterns without wildcards.
std::ptrdiff_t IgnorePatterns::last_plain(std::string_view path, std::string_view name,
                                          bool is_directory) const {
  std::ptrdiff_t last = -1;
  const auto look = [&](const ByText<Latest>& index, std::string_view text) {
    if (index.empty()) return;
    if (const auto found = index.find(text); found != index.end())
      last = std::max(last, is_directory ? found->second.any : found->second.of_files);
  };
  look(paths_, path);
  look(names_, name);
  for (const std::size_t length : ending_lengths_) {
    if (length > name.size()) break;
    look(endings_, name.substr(name.size() - length));
  }
  return last;
}

std::ptrdiff_t IgnorePatterns::last_match(std::string_view path, bool is_directory,
                                          std::size_t& steps) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  std::ptrdiff_t last = last_plain(path, name, is_directory);
  const auto look = [&](const std::vector<std::ptrdiff_t>& numbers) {
    for (auto number = numbers.rbegin(); number != numbers.rend() && *number > last; ++number) {
      const Pattern& pattern = patterns_[static_cast<std::size_t>(*number)];
      if (pattern.directories_only && !is_directory) continue;
      if (matches(pattern, path, name, steps)) last = *number;
    }
  };
  look(wild_);
  if (wild_below_.empty()) return last;
  if (const auto found = wild_below_.find(path.substr(0, path.find('/')));
      found != wild_below_.end())
    look(found->second);
  return last;
}

IgnorePatterns::Decision IgnorePatterns::decide(std::string_view path, bool is_directory) const {
  std::size_t steps = 0;
  return decide(path, is_directory, steps);
}

IgnorePatterns::Decision IgnorePatterns::decide(std::string_view path, bool is_directory,
                                                std::size_t& steps) const {
  const std::ptrdiff_t last = last_match(path, is_directory, steps);
  if (last < 0) return Decision::none;
  return patterns_[static_cast<std::size_t>(last)].negated ? Decision::kept : Decision::ignored;
}

}  // namespace buildable
