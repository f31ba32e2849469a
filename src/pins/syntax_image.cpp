// Container images: in Dockerfiles, and in documents under the keys by which compose files, GitLab
// CI, workflows, CircleCI and dev containers name them.
#include <algorithm>

#include "pins/syntax_image_text.h"
#include "pins/syntax_workflow.h"

namespace buildable {
namespace {

using Kind = Node::Kind;

constexpr std::size_t max_meanings = 50;  // more are not put together into images

class ImageSearch {
 public:
  ImageSearch(FileReading& file, const Places& places) : file_(file), places_(places) {}

  void find(const NodePath& path) {
    for (const Node& child : path.back()->children) {
      const bool names_image = child.key == "image" || child.key == "container";
      const bool runs_image = child.key == "uses" && child.text.starts_with("docker://");
      if (names_image || runs_image) add_node(child, path);
      if (child.key != "services" || !child.is(Kind::array)) continue;
      for (const Node& service : child.children) add_node(service, path);
    }
  }

 private:
  // "image: x" or "image: {name: x}".
  void add_node(const Node& node, const NodePath& path) {
    if (const Node* name = node.find("name")) return add_scalar(*name, path);
    add_scalar(node, path);
  }

  void add_scalar(const Node& scalar, const NodePath& path) {
    if (!scalar.is(Kind::string)) return;
    if (file_.is_full()) return;
    const Variables variables = [&](std::string_view name) { return spans_of(name, path); };
    for (const FoundValue& value : values_of(file_.text(), scalar)) {
      if (value.said) continue;
      for (const ComposedText& text : compose(file_.text(), value.value, variables))
        add_image(file_, places_, text, "image");
    }
  }

  // Where the values of a variable are written, whoever's variable it is.
  std::vector<TextSpan> spans_of(std::string_view name, const NodePath& path) {
    std::vector<const Node*> scalars = workflow_.meanings_of(name, path);
    if (scalars.empty())
      if (const Node* variable = workflow_.variable_of(name, path))
        scalars.push_back(variable);
    std::vector<TextSpan> spans;
    if (scalars.size() > max_meanings) scalars.resize(max_meanings);
    for (const Node* scalar : scalars)
      for (const FoundValue& value : values_of(file_.text(), *scalar))
        if (!value.said) spans.push_back(value.value);
    return spans;
  }

  FileReading& file_;
  const Places& places_;
  WorkflowVariables workflow_;
};

// Documents that name none of the images need no parsing.
bool is_mentioned(std::string_view text, const Place& place) {
  const auto& names = place.rules->names;
  return std::any_of(names.begin(), names.end(), [text](std::string_view name) {
    return text.find(name.substr(0, name.find('*'))) < text.size();
  });
}

}  // namespace

void find_images(FileReading& file, const Places& all_places) {
  Places places;
  for (const Place* place : all_places)
    if (is_mentioned(file.text(), *place)) places.push_back(place);
  if (places.empty()) return;
  const bool is_json = file.path().ends_with(".json");
  if (!is_json && !file.is_yaml()) return find_in_dockerfile(file, places);
  for (const Node& root : file.documents(is_json ? PinSyntax::json : PinSyntax::yaml)) {
    NodePath path{&root};
    ImageSearch search(file, places);
    each_object(path, [&search](const NodePath& here) { search.find(here); });
  }
}

}  // namespace buildable
