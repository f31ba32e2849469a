// Private to src/pins/find*.cpp: from a path to the sets of places that the file can hold.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace buildable::pins {

// Patterns as PinPlace::files has them, each with the numbers of those who asked for it.
class FileIndex {
 public:
  void add(std::string_view pattern, std::size_t number);
  // Every file in whose name the word stands, in any case. The word is in small letters.
  void add_word(std::string_view word, std::size_t number);

  bool matches(std::string_view path) const;
  // Ascending, each once.
  std::vector<std::size_t> numbers(std::string_view path) const;

 private:
  struct Pattern {
    std::string text;  // without a leading "/"
    bool whole_path;   // held against the path, not the name
    bool plain;        // no wildcard: equal names are a match
    std::vector<std::size_t> numbers;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  using Lists = std::unordered_map<std::string, std::vector<std::size_t>, Hash, std::equal_to<>>;

  struct Word {
    std::string text;
    std::vector<std::size_t> numbers;
  };

  static bool holds(const Pattern& pattern, std::string_view path, std::string_view name);
  // Until `use`, which gets the numbers of what matches, returns false.
  template <class Use>
  void each_match(std::string_view path, Use use) const;

  std::vector<Pattern> patterns_;
  std::vector<Word> words_;
  Lists by_name_;       // last parts without wildcards
  Lists by_extension_;  // "*.yml"
  std::vector<std::size_t> others_;
};

}  // namespace buildable::pins
