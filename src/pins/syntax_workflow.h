// Private to src/pins/syntax_*.cpp: what the variables of workflows stand for, where it is written
// in the same file.
#pragma once

#include <string_view>
#include <vector>

#include "base/document.h"

namespace buildable {

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

// The scalars that "matrix.name", "env.name" or "inputs.name" stands for in that place of a
// workflow of GitHub Actions
// (https://docs.github.com/actions/reference/workflows-and-actions/contexts). Empty where it is not
// written there.
std::vector<const Node*> meanings_of(std::string_view expression, const NodePath& path);

// Of GitLab CI: the variable's value in the job or for all jobs
// (https://docs.gitlab.com/ci/yaml/#variables); null where it is not written there.
const Node* variable_of(std::string_view name, const NodePath& path);

}  // namespace buildable
