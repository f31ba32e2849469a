// Version managers of many tools: asdf's .tool-versions (https://asdf-vm.com/manage/
// configuration.html), mise.toml (https://mise.jdx.dev/configuration.html), proto's .prototools
// (https://moonrepo.dev/docs/proto/config).
#include <algorithm>
#include <map>

#include "pins/syntax.h"

namespace buildable::pins {
namespace {

bool is_tool(const Place& place, std::string_view name) {
  const auto& names = place.rules->names;
  return std::find(names.begin(), names.end(), name) != names.end();
}

// By tool: a tool of several lines has several versions, as one of several on a line has.
using Lists = std::map<const Place*, int>;

void add_version(FileReading& file, const Place& place, std::string_view name, TextSpan version,
                 Lists& lists) {
  int& list = lists[&place];
  if (list == 0) list = file.new_list();
  FoundValue found;
  found.place = &place;
  found.key = name;
  found.value = found.version = version;
  found.list = list;
  file.add(std::move(found));
}

// "name version version # comment"
void find_in_line(FileReading& file, const Places& places, TextSpan line, Lists& lists) {
  const std::string_view text = file.text();
  const std::size_t comment = file.slice(line).find('#');
  if (comment != std::string_view::npos) line.end = line.begin + comment;
  std::string_view name;
  for (TextSpan rest = trimmed(text, line); rest.begin < rest.end; rest = trimmed(text, rest)) {
    const std::size_t length =
        std::min(file.slice(rest).find_first_of(" \t"), rest.end - rest.begin);
    const TextSpan word{rest.begin, rest.begin + length};
    rest.begin = word.end;
    if (name.empty()) {
      name = file.slice(word);
      continue;
    }
    for (const Place* place : places)
      if (is_tool(*place, name)) add_version(file, *place, name, word, lists);
  }
}

}  // namespace

void find_tools(FileReading& file, const Places& places) {
  if (file.name() == ".tool-versions") {
    Lists lists;
    for (const TextSpan line : line_spans(file.text())) find_in_line(file, places, line, lists);
    return;
  }
  for (const Node& root : file.documents(PinSyntax::toml)) {
    const Node* tools = file.name().ends_with(".toml") ? root.find("tools") : &root;
    if (!tools) continue;
    for (const Node& tool : tools->children) {
      for (const Place* place : places) {
        if (!is_tool(*place, tool.key)) continue;
        FoundValue like;
        like.place = place;
        like.key = tool.key;
        add_values(file, tool, like);
      }
    }
  }
}

}  // namespace buildable::pins
