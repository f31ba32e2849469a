// Elements of XML by their name, wherever they stand. Project files are only asked for texts of
// elements, so that tags, comments and CDATA are all that need be told apart.
#include <algorithm>

#include "pins/syntax.h"

namespace buildable {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

// Where the markup that begins at `at` ends: a comment, CDATA, an instruction or a tag.
std::size_t end_of_markup(std::string_view text, std::size_t at) {
  const auto behind = [&](std::string_view end) {
    const std::size_t found = text.find(end, at);
    return found == nowhere ? text.size() : found + end.size();
  };
  if (text.substr(at, 4) == "<!--") return behind("-->");
  if (text.substr(at, 9) == "<![CDATA[") return behind("]]>");
  return behind(">");
}

std::string_view name_of_tag(std::string_view markup) {
  markup.remove_prefix(1);
  return markup.substr(0, markup.find_first_of(" \t\r\n/>"));
}

TextSpan without_space(std::string_view text, TextSpan span) {
  constexpr std::string_view space = " \t\r\n";
  while (span.begin < span.end && space.find(text[span.begin]) != nowhere) ++span.begin;
  while (span.begin < span.end && space.find(text[span.end - 1]) != nowhere) --span.end;
  return span;
}

// MSBuild parts lists by ";". What comes from a property is known there, not here.
void add_values(FileReading& file, const Place& place, TextSpan content) {
  const std::string_view text = file.text();
  for (std::size_t begin = content.begin; begin <= content.end;) {
    const std::size_t end =
        begin + std::min(file.slice({begin, content.end}).find(';'), content.end - begin);
    FoundValue found;
    found.place = &place;
    found.key = place.rules->key;
    found.value = found.version = without_space(text, {begin, end});
    const std::string_view written = file.slice(found.value);
    if (written.starts_with("${") || written.starts_with("$("))
      found.moves = "it comes from the property " + std::string(written);
    const bool empty_piece = written.empty() && (begin > content.begin || end < content.end);
    if (!empty_piece) file.add(std::move(found));
    begin = end + 1;
  }
}

}  // namespace

void find_in_xml(FileReading& file, const Places& places) {
  const std::string_view text = file.text();
  for (std::size_t at = text.find('<'); at < text.size(); at = text.find('<', at)) {
    const std::size_t end = end_of_markup(text, at);
    const std::string_view markup = text.substr(at, end - at);
    const std::string_view name = name_of_tag(markup);
    at = end;
    if (markup.ends_with("/>") || !markup.ends_with(">")) continue;
    for (const Place* place : places) {
      if (name != place->rules->key) continue;
      add_values(file, *place, {end, std::min(text.find('<', end), text.size())});
    }
  }
}

}  // namespace buildable
