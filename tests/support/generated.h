// Values of any struct with Fields, from a fixed seed: round trips are tested with thousands of
// them.
#pragma once

#include <limits>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "base/fields.h"
#include "base/time.h"

namespace buildable::testing {

class Generator {
 public:
  explicit Generator(unsigned seed) : engine_(seed) {}

  int below(int bound) { return std::uniform_int_distribution<int>(0, bound - 1)(engine_); }

  void fill(bool& value) { value = below(2) == 1; }
  void fill(int& value) {
    value = below(4) == 0 ? std::uniform_int_distribution<int>(INT32_MIN, INT32_MAX)(engine_)
                          : below(300) - 100;
  }
  // Escapes, control characters, several bytes a character, and texts that look like other types.
  void fill(std::string& value) {
    static const std::vector<std::string> pieces{
        "3.14", "heroku/python", "\"", "\\", "\n",   "\x01", "ä",      "…", "😀", " ",
        "3.10", "true",          "[",  "}",  "\t\r", "\x7f", ">=1 <2", "",  "é", "a"};
    value.clear();
    for (int i = below(6); i > 0; --i) value += pieces[below(static_cast<int>(pieces.size()))];
    if (below(40) == 0) value += std::string(200, 'x');
  }
  void fill(Instant& value) {
    value = Instant(std::chrono::seconds(below(std::numeric_limits<int>::max())));
  }
  template <HasEnumNames E>
  void fill(E& value) {
    value = EnumNames<E>::list[below(static_cast<int>(EnumNames<E>::list.size()))].second;
  }
  template <class T>
  void fill(std::optional<T>& value) {
    value.reset();
    if (below(2) == 1) fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& value) {
    value.clear();
    for (int i = below(below(8) == 0 ? 40 : 4); i > 0; --i) fill(value.emplace_back());
  }
  template <class T>
  void fill(std::map<std::string, T>& value) {
    value.clear();
    for (int i = below(5); i > 0; --i) {
      std::string key;
      fill(key);
      fill(value[key]);
    }
  }
  template <HasFields T>
  void fill(T& value) {
    // Half of the fields stay as they are, so that defaults are left out in writing too.
    auto fill_field = [&](const auto& field) {
      if (field.required || below(2) == 1) fill(value.*(field.member));
    };
    std::apply([&](const auto&... field) { (fill_field(field), ...); }, Fields<T>::list());
  }

  template <class T>
  T make() {
    T value{};
    fill(value);
    return value;
  }

  // Some bytes of the text changed, taken out or put in; or its end cut off.
  std::string mutated(std::string text) {
    for (int i = 1 + below(4); i > 0 && !text.empty(); --i) {
      auto at = static_cast<std::size_t>(below(static_cast<int>(text.size())));
      int how = below(4);
      if (how == 0) text[at] = static_cast<char>(below(256));
      if (how == 1) text.erase(at, 1);
      if (how == 2) text.insert(at, 1, static_cast<char>(below(256)));
      if (how == 3) text.resize(at);
    }
    return text;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace buildable::testing
