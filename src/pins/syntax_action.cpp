// Inputs of steps that set a runtime up: "uses: <name>@<ref>" with "with:" in workflows and
// composite actions of GitHub, Gitea and Forgejo; features of dev containers.
#include <algorithm>

#include "base/text.h"
#include "pins/syntax.h"
#include "pins/syntax_workflow.h"

namespace buildable::pins {
namespace {

using Kind = Node::Kind;

bool takes_input(const Place& place, std::string_view name) {
  const auto& names = place.rules->names;
  return std::find(names.begin(), names.end(), name) != names.end();
}

FoundValue like_of(const Place& place, std::string_view name) {
  FoundValue like;
  like.place = &place;
  like.key = place.rules->key;
  like.where = like.key + " for " + std::string(name);
  return like;
}

bool has_expression(std::string_view text) { return text.find("${{") != std::string_view::npos; }

// "matrix.version" of "${{ matrix.version }}"; empty where there is more or less than that.
std::string_view expression_in(std::string_view text) {
  text = trim(text);
  if (!text.starts_with("${{") || !text.ends_with("}}") || text.find("${{", 3) < text.size())
    return {};
  return trim(text.substr(3, text.size() - 5));
}

void add_unknown(FileReading& file, const Node& scalar, FoundValue like) {
  for (FoundValue& value : values_of(file.text(), scalar)) {
    like.value = value.value;
    like.version = value.version;
    like.moves = "it comes from " + std::string(file.slice(value.value));
    file.add(like);
  }
}

// The texts of a list that is written in an expression: fromJSON('["3.12", "3.13"]').
std::vector<TextSpan> written_list(std::string_view text, TextSpan expression) {
  std::string_view written = text.substr(expression.begin, expression.end - expression.begin);
  const std::size_t call = to_lower_ascii(written).find("fromjson('[");
  if (call == std::string_view::npos) return {};
  written = written.substr(0, written.find(']', call));
  std::vector<TextSpan> values;
  if (written.find('{', call) < written.size()) return values;  // of objects
  std::size_t open = written.find('"', call);
  while (open < written.size()) {
    const std::size_t close = written.find('"', open + 1);
    if (close == std::string_view::npos) break;
    values.push_back({expression.begin + open + 1, expression.begin + close});
    open = written.find('"', close + 1);
  }
  return values;
}

void add_expression(FileReading& file, const Node& scalar, FoundValue like) {
  const auto values = written_list(file.text(), scalar.span);
  if (values.empty()) return add_unknown(file, scalar, like);
  if (like.list == 0) like.list = file.new_list();
  for (const TextSpan value : values) {
    like.value = like.version = value;
    file.add(like);
  }
}

void add_input(FileReading& file, const Node& input, FoundValue like, WorkflowVariables& workflow,
               const NodePath& path) {
  if (input.is(Kind::array) || input.block) {
    like.list = file.new_list();
    return add_values(file, input, like);
  }
  if (!has_expression(input.text)) return add_values(file, input, like);
  const auto meanings = workflow.meanings_of(expression_in(input.text), path);
  if (meanings.empty()) return add_expression(file, input, like);
  if (meanings.size() > 1) like.list = file.new_list();
  for (const Node* meaning : meanings) {
    if (has_expression(meaning->text))
      add_expression(file, *meaning, like);
    else
      add_values(file, *meaning, like);
  }
}

struct Workflow {
  WorkflowVariables variables;
  WrittenLists lists;
};

void find_in_step(FileReading& file, const Places& places, Workflow& workflow,
                  const NodePath& path) {
  const Node* uses = path.back()->find("uses");
  const Node* with = path.back()->find("with");
  if (!uses || !with || uses->text.empty() || file.is_full()) return;
  const std::string name = to_lower_ascii(uses->text.substr(0, uses->text.find('@')));
  for (const Place* place : places) {
    const Node* input = with->find(place->rules->key);
    if (input && takes_input(*place, name))
      workflow.lists.around(
          path, [&] { add_input(file, *input, like_of(*place, name), workflow.variables, path); });
  }
}

// "ghcr.io/devcontainers/features/x:1": {"version": "3.12"}
void find_features(FileReading& file, const Places& places, const Node& root) {
  const Node* features = root.find("features");
  if (!features) return;
  for (const Node& feature : features->children) {
    const std::string_view key = feature.key;
    const std::string_view name = key.substr(0, key.find(':', key.rfind('/') + 1));
    for (const Place* place : places) {
      const Node* input = feature.find(place->rules->key);
      if (input && takes_input(*place, name))
        add_values(file, *input, like_of(*place, name.substr(name.rfind('/') + 1)));
    }
  }
}

}  // namespace

void find_actions(FileReading& file, const Places& all_places) {
  // Most workflows set up one runtime, or none: then there is nothing to parse.
  Places places;
  for (const Place* place : all_places)
    if (file.text().find(place->rules->key) < file.text().size()) places.push_back(place);
  if (places.empty()) return;
  if (!file.is_yaml()) {
    for (const Node& root : file.documents(PinSyntax::json)) find_features(file, places, root);
    return;
  }
  for (const Node& root : file.documents(PinSyntax::yaml)) {
    NodePath path{&root};
    Workflow workflow{{}, WrittenLists(file)};
    each_object(path, [&](const NodePath& here) { find_in_step(file, places, workflow, here); });
  }
}

}  // namespace buildable::pins
