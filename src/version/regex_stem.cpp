#include "version/regex_stem.h"

#include "version/release_spans.h"
#include "version/scheme.h"

namespace buildable {

std::string escaped(std::string_view text) {
  std::string result;
  for (char c : text) {
    if (std::string_view("\\^$.|?*+()[]{}/").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

Prerelease split_prerelease(const Version& version) {
  Scanner in{version.text()};
  in.take_while([](char c) { return !is_letter(c); });
  Prerelease parts;
  parts.numbers = dotted(version.release(), 3);
  parts.word = in.take_while(is_letter);
  in.take_one_of(".-");
  parts.count = in.rest;
  return parts;
}

std::string plain_stem(const Version& version, const Prerelease& parts) {
  return escaped(version.text().substr(0, version.text().size() - parts.count.size()));
}

// "1.22rc1" and "1.22.0-rc.1": Go leaves out a zero.
std::string go_stem(const Version&, const Prerelease& parts) {
  std::string numbers = escaped(parts.numbers);
  const std::string_view zero = "\\.0";
  if (std::string_view(numbers).substr(numbers.size() - zero.size()) == zero)
    numbers.replace(numbers.size() - zero.size(), zero.size(), "(?:\\.0)?");
  return numbers + "-?" + parts.word + "\\.?";
}

// "3.14.0rc1" and "3.14.0-rc.1", "3.14.0a1" and "3.14.0-alpha.1".
std::string python_stem(const Version&, const Prerelease& parts) {
  std::string word = parts.word;
  if (word == "a") word = "a(?:lpha)?";
  if (word == "b") word = "b(?:eta)?";
  return escaped(parts.numbers) + "-?" + word + "\\.?";
}

// "8.4.0RC1", "8.4.0-rc1": the case is free.
std::string composer_stem(const Version&, const Prerelease& parts) {
  std::string word;
  for (char letter : parts.word) {
    const char lower = to_lower(letter);
    word += {'[', static_cast<char>(lower - 'a' + 'A'), lower, ']'};
  }
  return escaped(parts.numbers) + "-?" + word + "\\.?";
}

// "3.4.0-preview1" upstream, "3.4.0.preview1" for Bundler, "3.4.0.pre.preview1" for Gem::Version.
std::string ruby_stem(const Version&, const Prerelease& parts) {
  return escaped(parts.numbers) + "(?:-|\\.|\\.pre\\.)" + parts.word;
}

// "26-ea", "26.0.0-ea".
std::string java_stem(const Version& version, const Prerelease& parts) {
  Numbers numbers = version.release();
  while (numbers.size() > 1 && numbers.back() == "0") numbers.pop_back();
  return escaped(dotted(numbers)) + "(?:\\.0)*-" + parts.word;
}

}  // namespace buildable
