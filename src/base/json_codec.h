// Structs as JSON, by their Fields. from_json(to_json(x)) == x.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decode.h"
#include "base/document.h"
#include "base/fields.h"
#include "base/json_layout.h"
#include "base/time.h"

namespace buildable {

// `file` names the document in errors. An unknown key is an error.
template <HasFields T>
Result<T> from_json(std::string_view text, std::string_view file) {
  Result<Node> root = parse_json(text, file);
  if (!root) return fail(std::move(root.error()));
  return from_document<T>(*root, file);
}

// Overloads for what a field may be.
struct FieldsToJson {
  static JsonPiece write(bool value, JsonPlace) { return {value ? "true" : "false"}; }
  static JsonPiece write(int value, JsonPlace) { return {std::to_string(value)}; }
  static JsonPiece write(const std::string& value, JsonPlace) { return {json_string(value)}; }
  static JsonPiece write(Instant value, JsonPlace) { return {json_string(format_instant(value))}; }

  template <HasEnumNames E>
  static JsonPiece write(E value, JsonPlace) {
    for (const auto& [name, meant] : EnumNames<E>::list) {
      if (meant == value) return {json_string(name)};
    }
    return {"null"};
  }

  template <class T>
  static JsonPiece write(const std::optional<T>& value, JsonPlace place) {
    return value ? write(*value, place) : JsonPiece{"null"};
  }

  template <class T>
  static JsonPiece write(const std::vector<T>& value, JsonPlace place) {
    std::vector<JsonPiece> items;
    items.reserve(value.size());
    for (const T& item : value) items.push_back(write(item, place.of_item()));
    return json_array(items, place);
  }

  template <class T>
  static JsonPiece write(const std::map<std::string, T>& value, JsonPlace place) {
    std::vector<JsonMember> members;
    members.reserve(value.size());
    for (const auto& [key, item] : value) {
      members.emplace_back(key, write(item, place.of_member(key)));
    }
    return json_object(members, place);
  }

  template <HasFields T>
  static JsonPiece write(const T& value, JsonPlace place) {
    static const T defaults{};
    std::vector<JsonMember> members;
    auto write_field = [&](const auto& field) {
      const auto& member = value.*(field.member);
      if (!field.required && member == defaults.*(field.member)) return;
      members.emplace_back(field.name, write(member, place.of_member(field.name)));
    };
    std::apply([&](const auto&... field) { (write_field(field), ...); }, Fields<T>::list());
    return json_object(members, place);
  }
};

// Keys in the order of the Fields, laid out as base/json_layout.h says, with a final newline.
template <HasFields T>
std::string to_json(const T& value) {
  return FieldsToJson::write(value, {}).text + "\n";
}

}  // namespace buildable
