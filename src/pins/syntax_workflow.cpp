#include "pins/syntax_workflow.h"

namespace buildable {
namespace {

using Kind = Node::Kind;

constexpr std::size_t narrow = 16;         // below, looking at each is quicker than an index
constexpr std::size_t max_scalars = 1000;  // no file has more pins
constexpr std::size_t max_name = 100;      // of a row of a matrix
constexpr int max_depth = 3;               // of objects in a matrix

void add_scalars(const Node* node, std::vector<const Node*>& found) {
  if (!node || found.size() >= max_scalars) return;
  if (node->is_scalar()) found.push_back(node);
  if (!node->is(Kind::array)) return;
  for (const Node& item : node->children)
    if (item.is_scalar() && found.size() < max_scalars) found.push_back(&item);
}

}  // namespace

const Node* WorkflowVariables::child(const Node& node, std::string_view name) {
  if (node.children.size() <= narrow) return node.find(name);
  const auto [known, added] = children_.try_emplace(&node);
  if (added)
    for (const Node& each : node.children) known->second.emplace(each.key, &each);
  const auto found = known->second.find(name);
  return found == known->second.end() ? nullptr : found->second;
}

// node.a.b, null where a step is missing.
const Node* WorkflowVariables::at(const Node* node, std::initializer_list<std::string_view> steps) {
  for (const std::string_view step : steps) node = node ? child(*node, step) : nullptr;
  return node;
}

// Scalars by their names below a matrix: "python" of a row and of the cells of `include`,
// "config.python" of cells that are objects.
void WorkflowVariables::index(const Node& node, const std::string& above, int depth, Cells& cells) {
  if (node.is(Kind::array))
    for (const Node& item : node.children)
      if (item.is(Kind::object)) index(item, above, depth, cells);
  if (!node.is(Kind::object) || depth > max_depth) return;
  for (const Node& below : node.children) {
    if (below.key.size() > max_name) continue;
    if (above.empty() && below.key == "exclude") continue;
    if (above.empty() && below.key == "include") {
      index(below, above, depth, cells);
      continue;
    }
    const std::string name = above.empty() ? below.key : above + '.' + below.key;
    add_scalars(&below, cells[name]);
    index(below, name, depth + 1, cells);
  }
}

const WorkflowVariables::Scalars& WorkflowVariables::in_matrix(const Node& matrix,
                                                               std::string_view name) {
  static const Scalars none;
  const auto [known, added] = matrices_.try_emplace(&matrix);
  if (added) index(matrix, {}, 0, known->second);
  const auto found = known->second.find(std::string(name));
  return found == known->second.end() ? none : found->second;
}

std::vector<const Node*> WorkflowVariables::variables_of(std::string_view name,
                                                         const NodePath& path) {
  for (auto node = path.rbegin(); node != path.rend(); ++node) {
    for (const Node* matrix : {at(*node, {"parallel", "matrix"}), at(*node, {"matrix"})})
      if (matrix && !in_matrix(*matrix, name).empty()) return in_matrix(*matrix, name);
    const Node* variable = at(*node, {"variables", name});
    if (!variable) continue;
    if (const Node* value = child(*variable, "value")) variable = value;
    if (variable->is_scalar()) return {variable};
  }
  return {};
}

void WorkflowVariables::add_inputs(const Node& root, std::string_view name, Scalars& found) {
  add_scalars(at(&root, {"inputs", name, "default"}), found);
  for (const std::string_view event : {"workflow_call", "workflow_dispatch"})
    add_scalars(at(&root, {"on", event, "inputs", name, "default"}), found);
}

std::vector<const Node*> WorkflowVariables::meanings_of(std::string_view expression,
                                                        const NodePath& path) {
  const std::size_t dot = expression.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view context = expression.substr(0, dot);
  const std::string_view name = expression.substr(dot + 1);
  std::vector<const Node*> found;
  if (context == "inputs") add_inputs(*path.front(), name, found);
  for (auto node = path.rbegin(); node != path.rend() && found.empty(); ++node) {
    if (context == "env") add_scalars(at(*node, {"env", name}), found);
    if (context != "matrix") continue;
    if (const Node* matrix = at(*node, {"strategy", "matrix"})) found = in_matrix(*matrix, name);
  }
  return found;
}

}  // namespace buildable
