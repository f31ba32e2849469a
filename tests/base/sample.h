// A struct with a field of every type that the codecs know.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"

namespace buildable::testing {

enum class Colour : std::uint8_t { red, green };

struct Leaf {
  std::string name;
  int count = 3;
  friend bool operator==(const Leaf&, const Leaf&) = default;
};

struct Sample {
  std::string title;
  bool flag = false;
  int number = 0;
  Colour colour = Colour::red;
  std::vector<std::string> words;
  std::vector<Leaf> leaves;
  std::vector<std::vector<int>> table;
  std::optional<Leaf> extra;
  std::map<std::string, std::string> aliases;
  friend bool operator==(const Sample&, const Sample&) = default;
};

}  // namespace buildable::testing

namespace buildable {

template <>
struct EnumNames<testing::Colour> {
  static constexpr std::array<std::pair<std::string_view, testing::Colour>, 2> list{
      {{"red", testing::Colour::red}, {"green", testing::Colour::green}}};
};
template <>
struct Fields<testing::Leaf> {
  static constexpr auto list() {
    return std::tuple{required("name", &testing::Leaf::name),
                      optional("count", &testing::Leaf::count)};
  }
};
template <>
struct Fields<testing::Sample> {
  static constexpr auto list() {
    using testing::Sample;
    return std::tuple{required("title", &Sample::title),    optional("flag", &Sample::flag),
                      optional("number", &Sample::number),  optional("colour", &Sample::colour),
                      optional("words", &Sample::words),    optional("leaves", &Sample::leaves),
                      optional("table", &Sample::table),    optional("extra", &Sample::extra),
                      optional("aliases", &Sample::aliases)};
  }
};

}  // namespace buildable
