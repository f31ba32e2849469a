// Environment variables that CI sets for its jobs and steps: under `env` in workflows, `variables`
// in GitLab CI, `environment` in compose files and CircleCI.
#include <algorithm>
#include <string>

#include "pins/syntax.h"
#include "pins/syntax_workflow.h"

namespace buildable::pins {
namespace {

using Kind = Node::Kind;

// "UV_PYTHON: x", "UV_PYTHON: {value: x}".
void add_variable(FileReading& file, const Place& place, const Node& variable) {
  FoundValue like;
  like.place = &place;
  like.key = variable.key;
  const Node* value = variable.find("value");
  const Node& scalar = value ? *value : variable;
  const bool is_text = !scalar.is(Kind::array) && !scalar.is(Kind::object);
  // What is put together elsewhere is found there.
  if (!is_text || scalar.text.find('$') != std::string::npos) return;
  // A value is one of the options, where there are some.
  const Node* options = value ? variable.find("options") : nullptr;
  if (options && options->is(Kind::array)) like.list = file.new_list();
  add_values(file, scalar, like);
  if (like.list > 0) add_values(file, *options, like);
}

void find_in_table(FileReading& file, const Places& places, const Node& table) {
  for (const Node& variable : table.children)
    for (const Place* place : places)
      for (const std::string& name : place->rules->names)
        if (name == variable.key) add_variable(file, *place, variable);
}

}  // namespace

void find_variables(FileReading& file, const Places& all_places) {
  Places places;
  for (const Place* place : all_places) {
    const auto& names = place->rules->names;
    if (std::any_of(names.begin(), names.end(),
                    [&file](const std::string& name) { return file.holds(name); }))
      places.push_back(place);
  }
  if (places.empty() || !file.is_yaml()) return;
  for (const Node& root : file.documents(PinSyntax::yaml)) {
    NodePath path{&root};
    WrittenLists lists(file);
    each_object(path, [&](const NodePath& here) {
      const std::string& key = here.back()->key;
      if (key != "env" && key != "environment" && key != "variables") return;
      lists.around(here, [&] { find_in_table(file, places, *here.back()); });
    });
  }
}

}  // namespace buildable::pins
