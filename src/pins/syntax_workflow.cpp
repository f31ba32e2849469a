#include "pins/syntax_workflow.h"

#include <algorithm>

#include "base/characters.h"

namespace buildable::pins {
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

std::string without_parting(std::string_view text) {
  std::string plain(text);
  std::erase_if(plain, [](char c) { return c == '.' || c == '_' || c == '-'; });
  return plain;
}

// "py" of "py39": names that differ in their versions alone.
std::string without_numbers(std::string_view name) {
  std::string plain(name.substr(0, max_name));
  std::erase_if(plain, [](char c) { return c == '.' || is_digit(c); });
  return plain;
}

}  // namespace

bool names_version(std::string_view name, std::string_view version) {
  name = name.substr(0, max_name);
  while (!version.empty() && !is_digit(version.front())) version.remove_prefix(1);
  std::size_t length = 0;
  for (int dots = 0; length < version.size(); ++length) {
    if (version[length] == '.' && ++dots == 2) break;
    if (version[length] != '.' && !is_digit(version[length])) break;
  }
  const std::string wanted = without_parting(version.substr(0, length));
  if (wanted.empty()) return false;
  // "3.9" is not named by "3.90", nor "22" by "122".
  const std::string plain = without_parting(name);
  for (std::size_t at = plain.find(wanted); at != std::string::npos;
       at = plain.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const bool begins = at == 0 || !is_digit(plain[at - 1]);
    if (begins && (end == plain.size() || !is_digit(plain[end]))) return true;
  }
  return false;
}

void WrittenLists::join_named(FoundValue& value, std::string_view name) {
  if (value.list > 0) return;
  const std::string pattern = without_numbers(name);
  if (pattern.size() == std::min(name.size(), max_name)) return;  // no number in it
  Alike& alike = alike_[pattern];
  const auto number = static_cast<std::size_t>(&value - file_.found().data());
  if (!alike.named && !names_version(name, file_.slice(value.version))) {
    alike.waiting.push_back(number);
    return;
  }
  if (named_ == 0) named_ = file_.new_list();
  alike.named = true;
  alike.waiting.push_back(number);
  for (const std::size_t each : alike.waiting)
    if (file_.found()[each].list == 0) file_.found()[each].list = named_;
  alike.waiting.clear();
}

void WrittenLists::join(FoundValue& value, const NodePath& path) {
  for (const Node* node : path) {
    if (value.list > 0) return;
    if (node->key == "matrix") {
      int& list = matrices_[node];
      if (list == 0) list = file_.new_list();
      value.list = list;
      return;
    }
    join_named(value, node->key);
    if (!node->is(Kind::object) || node->children.size() > narrow) continue;
    for (const char* title : {"name", "container", "stage"})
      if (const Node* name = node->find(title); name && name->is(Kind::string))
        join_named(value, name->text);
  }
}

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
    if (variable->is_scalar()) return {variable};
    // A value is one of the options, where there are some.
    Scalars choices;
    add_scalars(child(*variable, "value"), choices);
    if (choices.empty()) continue;
    add_scalars(child(*variable, "options"), choices);
    return choices;
  }
  return {};
}

void WorkflowVariables::add_inputs(const Node& root, std::string_view name, Scalars& found) {
  const auto add = [&](const Node* input) {
    const Node* value = at(input, {"default"});
    if (!value) return;
    add_scalars(value, found);
    add_scalars(at(input, {"options"}), found);  // the default is one of these
  };
  add(at(&root, {"inputs", name}));
  for (const std::string_view event : {"workflow_call", "workflow_dispatch"})
    add(at(&root, {"on", event, "inputs", name}));
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

}  // namespace buildable::pins
