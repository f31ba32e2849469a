#include "pins/find_files.h"

#include <algorithm>

#include "base/ignore.h"
#include "base/text.h"

namespace buildable::pins {
namespace {

constexpr std::string_view wildcards = "*?[\\";

bool is_literal(std::string_view text) {
  return text.find_first_of(wildcards) == std::string_view::npos;
}

std::string_view last_part(std::string_view path) { return path.substr(path.rfind('/') + 1); }

// Of "*.yml" ".yml"; empty where more than the extension is asked.
std::string_view extension_asked(std::string_view name) {
  const bool simple = name.size() > 2 && name.substr(0, 2) == "*." && is_literal(name.substr(2)) &&
                      name.find('.', 2) == std::string_view::npos;
  return simple ? name.substr(1) : std::string_view();
}

}  // namespace

void FileIndex::add(std::string_view pattern, std::size_t number) {
  const bool anchored = pattern.substr(0, 1) == "/";
  if (anchored) pattern.remove_prefix(1);
  const bool whole_path = anchored || pattern.find('/') != std::string_view::npos;
  const auto same = [&](const Pattern& each) {
    return each.text == pattern && each.whole_path == whole_path;
  };
  if (const auto known = std::find_if(patterns_.begin(), patterns_.end(), same);
      known != patterns_.end()) {
    known->numbers.push_back(number);
    return;
  }
  const std::size_t index = patterns_.size();
  patterns_.push_back({std::string(pattern), whole_path, is_literal(pattern), {number}});
  const std::string_view name = last_part(pattern);
  if (is_literal(name)) return by_name_[std::string(name)].push_back(index);
  if (const auto extension = extension_asked(name); !extension.empty())
    return by_extension_[std::string(extension)].push_back(index);
  others_.push_back(index);
}

void FileIndex::add_word(std::string_view word, std::size_t number) {
  for (Word& known : words_)
    if (known.text == word) return known.numbers.push_back(number);
  words_.push_back({std::string(word), {number}});
}

bool FileIndex::holds(const Pattern& pattern, std::string_view path, std::string_view name) {
  const std::string_view held = pattern.whole_path ? path : name;
  if (pattern.plain) return held == pattern.text;
  // A quick no for most: names and patterns begin with different letters.
  const char first = pattern.text[0];
  if (first != held[0] && wildcards.find(first) == std::string_view::npos) return false;
  return glob_matches(pattern.text, held);
}

template <class Use>
void FileIndex::each_match(std::string_view path, Use use) const {
  const std::string_view name = last_part(path);
  if (name.empty()) return;
  const auto each = [&](const std::vector<std::size_t>& list) {
    for (const std::size_t index : list)
      if (holds(patterns_[index], path, name) && !use(patterns_[index].numbers)) return false;
    return true;
  };
  if (const auto found = by_name_.find(name); found != by_name_.end() && !each(found->second))
    return;
  if (const std::size_t dot = name.rfind('.'); dot != std::string_view::npos) {
    const auto found = by_extension_.find(name.substr(dot));
    if (found != by_extension_.end() && !each(found->second)) return;
  }
  if (!each(others_) || words_.empty()) return;
  const std::string lower = to_lower_ascii(name);
  for (const Word& word : words_)
    if (lower.find(word.text) != std::string::npos && !use(word.numbers)) return;
}

bool FileIndex::matches(std::string_view path) const {
  bool found = false;
  each_match(path, [&found](const std::vector<std::size_t>&) {
    found = true;
    return false;
  });
  return found;
}

std::vector<std::size_t> FileIndex::numbers(std::string_view path) const {
  std::vector<std::size_t> numbers;
  each_match(path, [&numbers](const std::vector<std::size_t>& matched) {
    numbers.insert(numbers.end(), matched.begin(), matched.end());
    return true;
  });
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace buildable::pins
