#include "base/json_layout.h"

#include <algorithm>

#include "base/json_text.h"

namespace buildable {
namespace {

constexpr std::size_t width = 100;

std::string new_line(std::size_t indent) { return "\n" + std::string(indent, ' '); }

struct Brackets {
  char open;
  char close;
};

std::string on_one_line(const std::vector<std::string>& pieces, Brackets brackets) {
  std::string text(1, brackets.open);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) text += ", ";
    text += pieces[i];
  }
  return text + brackets.close;
}

std::string one_a_line(const std::vector<std::string>& pieces, Brackets brackets,
                       std::size_t indent) {
  std::string text(1, brackets.open);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) text += ',';
    text += new_line(indent + 2) + pieces[i];
  }
  return text + new_line(indent) + brackets.close;
}

std::string filled(const std::vector<std::string>& pieces, Brackets brackets, std::size_t indent) {
  std::string text(1, brackets.open);
  std::size_t column = width;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (i > 0) text += ',';
    // The piece, the space before it and the comma after it.
    if (column + pieces[i].size() + 2 > width) {
      text += new_line(indent + 2);
      column = indent + 2;
    } else {
      text += ' ';
      ++column;
    }
    text += pieces[i];
    column += pieces[i].size() + 1;
  }
  return text + new_line(indent) + brackets.close;
}

// A comma may follow.
bool fits(const std::string& text, JsonPlace place) {
  return place.column + text.size() + 1 <= width;
}

bool all_plain(const std::vector<JsonPiece>& pieces) {
  return std::all_of(pieces.begin(), pieces.end(), [](const JsonPiece& p) { return p.plain; });
}

}  // namespace

std::string json_string(std::string_view text) {
  std::string result;
  append_json_string(result, text);
  return result;
}

JsonPiece json_array(const std::vector<JsonPiece>& items, JsonPlace place) {
  std::vector<std::string> texts;
  texts.reserve(items.size());
  for (const JsonPiece& item : items) texts.push_back(item.text);
  if (!all_plain(items)) return {one_a_line(texts, {'[', ']'}, place.indent), false};
  std::string line = on_one_line(texts, {'[', ']'});
  return {fits(line, place) ? line : filled(texts, {'[', ']'}, place.indent), false};
}

JsonPiece json_object(const std::vector<JsonMember>& members, JsonPlace place) {
  std::vector<std::string> texts;
  bool plain = true;
  for (const auto& [key, piece] : members) {
    texts.push_back(json_string(key) + ": " + piece.text);
    plain = plain && piece.plain;
  }
  std::string line = on_one_line(texts, {'{', '}'});
  bool one_line = plain && fits(line, place);
  return {one_line ? line : one_a_line(texts, {'{', '}'}, place.indent), false};
}

}  // namespace buildable
