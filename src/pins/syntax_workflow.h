// Private to src/pins/syntax_*.cpp: what the variables of workflows stand for, where it is written
// in the same file.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/document.h"
#include "pins/syntax.h"

namespace buildable::pins {

// From the root of a document to a node: every object and list on the way, the node last.
using NodePath = std::vector<const Node*>;

// Calls use(path) for each object of the document. Recursion: as deep as the parser's limit at
// most.
template <class Use>
void each_object(NodePath& path, const Use& use) {
  const Node& node = *path.back();
  if (node.is(Node::Kind::object)) use(path);
  for (const Node& child : node.children) {
    path.push_back(&child);
    each_object(path, use);
    path.pop_back();
  }
}

// Whether a name tells the version: "test-3.9", "py39" and "python_3_9" do so of 3.9.
bool names_version(std::string_view name, std::string_view version);

// Versions that a workflow lists other than in one list of its syntax: the cells of a matrix, and
// jobs, containers or stages that are named after theirs.
class WrittenLists {
 public:
  explicit WrittenLists(FileReading& file) : file_(file) {}

  // Puts what use() finds at the place into the list that it stands in.
  template <class Use>
  void around(const NodePath& path, const Use& use) {
    const std::size_t first = file_.found().size();
    use();
    for (std::size_t i = first; i < file_.found().size(); ++i) join(file_.found()[i], path);
  }
  // The value is one of those found in the file.
  void join_named(FoundValue& value, std::string_view name);

 private:
  // Places with one name but for its numbers.
  struct Alike {
    bool named = false;                // one is named after its version
    std::vector<std::size_t> waiting;  // values found there, until one is
  };

  void join(FoundValue& value, const NodePath& path);

  FileReading& file_;
  std::unordered_map<const Node*, int> matrices_;
  int named_ = 0;  // FoundValue::list; 0: none yet
  std::unordered_map<std::string, Alike> alike_;
};

// Looking up takes the same time however wide the documents are: what is wide is indexed when it is
// first asked. The documents must outlive it.
class WorkflowVariables {
 public:
  // The scalars that "matrix.name", "matrix.name.part", "env.name" or "inputs.name" stands for in
  // that place of a workflow of GitHub Actions
  // (https://docs.github.com/actions/reference/workflows-and-actions/contexts), the first thousand.
  // Empty where it is not written there.
  std::vector<const Node*> meanings_of(std::string_view expression, const NodePath& path);

  // Of GitLab CI and Woodpecker: the variable's value in the job or for all jobs, or its values in
  // a matrix (https://docs.gitlab.com/ci/yaml/#variables, .../#parallelmatrix,
  // https://woodpecker-ci.org/docs/usage/matrix-workflows). Empty where it is not written there.
  std::vector<const Node*> variables_of(std::string_view name, const NodePath& path);

 private:
  using Children = std::unordered_map<std::string_view, const Node*>;
  using Scalars = std::vector<const Node*>;
  using Cells = std::unordered_map<std::string, Scalars>;

  const Node* child(const Node& node, std::string_view name);
  const Node* at(const Node* node, std::initializer_list<std::string_view> steps);
  const Scalars& in_matrix(const Node& matrix, std::string_view name);
  static void index(const Node& node, const std::string& above, int depth, Cells& cells);
  void add_inputs(const Node& root, std::string_view name, Scalars& found);

  std::unordered_map<const Node*, Children> children_;
  std::unordered_map<const Node*, Cells> matrices_;
};

}  // namespace buildable::pins
