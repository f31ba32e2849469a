// A description of a struct's fields, from which every codec works: JSON (base/json_codec.h), TOML
// (rules/toml_codec.h) and the binary form that is compiled in (base/binary_codec.h). One
// description a struct, beside the struct:
//
//   template <> struct Fields<Track> {
//     static constexpr auto list() {
//       return std::tuple{required("name", &Track::name), optional("flag", &Track::flag)};
//     }
//   };
//
// Field types: bool, int, std::string, enums with EnumNames, structs with Fields, std::vector and
// std::optional of these, std::map<std::string, T>.
#pragma once

#include <string_view>
#include <tuple>
#include <utility>

namespace buildable {

template <class T>
struct Fields;  // specialise: static constexpr auto list() -> std::tuple<Field...>

// Specialise for enums: static constexpr std::array<std::pair<std::string_view, E>, N> list.
template <class E>
struct EnumNames;

template <class Struct, class Member>
struct Field {
  std::string_view name;
  Member Struct::*member;
  bool required;
};

// Reading fails where a required field is missing; writing always writes it.
template <class Struct, class Member>
constexpr Field<Struct, Member> required(std::string_view name, Member Struct::*member) {
  return {name, member, true};
}

// Reading leaves the member's default; writing leaves it out while it equals that default.
template <class Struct, class Member>
constexpr Field<Struct, Member> optional(std::string_view name, Member Struct::*member) {
  return {name, member, false};
}

template <class T>
concept HasFields = requires {
  Fields<T>::list();
};
template <class E>
concept HasEnumNames = requires {
  EnumNames<E>::list;
};

}  // namespace buildable
