// Container images: in Dockerfiles, and in documents under the keys by which compose files, CI,
// dev containers, manifests of Kubernetes and values of Helm's charts name them.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "pins/syntax_image_text.h"
#include "pins/syntax_workflow.h"

namespace buildable::pins {
namespace {

using Kind = Node::Kind;

bool ends_with_image(std::string_view key) {
  constexpr std::string_view word = "image";
  return key.size() >= word.size() && to_lower_ascii(key.substr(key.size() - word.size())) == word;
}

class ImageSearch {
 public:
  ImageSearch(FileReading& file, const Places& places)
      : file_(file),
        places_(places),
        lists_(file),
        steps_have_names_(file.name().starts_with("cloudbuild")) {}

  void find(const NodePath& path) {
    lists_.around(path, [&] { find_in(path); });
  }

 private:
  void find_in(const NodePath& path) {
    for (const Node& child : path.back()->children) {
      const bool runs_image =
          (child.key == "uses" || child.key == "pipe") && child.text.starts_with("docker://");
      const bool names_image = ends_with_image(child.key) || child.key == "container" ||
                               (steps_have_names_ && child.key == "name");
      if (names_image || runs_image) add_node(child, path);
      if (child.key != "services" || !child.is(Kind::array)) continue;
      for (const Node& service : child.children) add_node(service, path);
    }
    add_kustomized(*path.back());
  }

  // "image: x", "image: {name: x}" or "image: {repository: x, tag: y}".
  void add_node(const Node& node, const NodePath& path) {
    if (const Node* name = node.find("name")) return add_scalar(*name, path);
    const Node* repository = node.find("repository");
    if (!repository) return add_scalar(node, path);
    const Node* tag = node.find("tag");
    if (!tag) tag = node.find("version");
    if (tag) add_parts(*repository, *tag, node);
  }

  // "images: [{name: x, newName: y, newTag: z}]" of a kustomization.
  void add_kustomized(const Node& node) {
    const Node* tag = node.find("newTag");
    if (!tag) return;
    const Node* name = node.find("newName");
    if (!name) name = node.find("name");
    if (name) add_parts(*name, *tag, node);
  }

  void add_parts(const Node& repository, const Node& tag, const Node& both) {
    const auto names = values_of(file_.text(), repository);
    const auto tags = yaml_values_of(file_.text(), tag);
    if (names.size() != 1 || tags.size() != 1 || names[0].said || tags[0].said) return;
    add_image(file_, places_, image_of(file_.text(), names[0].value, tags[0].value),
              {"image", 0, tags[0].problem, says_digest(both)});
  }

  // "digest: sha256:…" or "sha: …" beside the tag; charts have it empty where there is none.
  static bool says_digest(const Node& node) {
    return std::any_of(node.children.begin(), node.children.end(), [](const Node& child) {
      const std::string key = to_lower_ascii(child.key);
      return (key.ends_with("digest") || key == "sha" || key == "sha256") &&
             child.is(Kind::string) && !child.text.empty();
    });
  }

  void add_scalar(const Node& scalar, const NodePath& path) {
    if (!scalar.is(Kind::string) || file_.is_full()) return;
    const Variables variables = [&](std::string_view name) { return spans_of(name, path); };
    for (const FoundValue& value : values_of(file_.text(), scalar)) {
      if (value.said) continue;
      const auto texts = compose(file_.text(), value.value, variables);
      const int list = texts.size() > 1 ? file_.new_list() : 0;
      for (const ComposedText& text : texts)
        add_image(file_, places_, text, {"image", list, {}, false});
    }
  }

  // Where the values of a variable are written, whoever's variable it is.
  std::vector<TextSpan> spans_of(std::string_view name, const NodePath& path) {
    std::vector<const Node*> scalars = workflow_.meanings_of(name, path);
    if (scalars.empty()) scalars = workflow_.variables_of(name, path);
    std::vector<TextSpan> spans;
    if (scalars.size() > max_meanings) scalars.resize(max_meanings);
    for (const Node* scalar : scalars)
      for (const FoundValue& value : values_of(file_.text(), *scalar))
        if (!value.said) spans.push_back(value.value);
    return spans;
  }

  FileReading& file_;
  const Places& places_;
  WrittenLists lists_;
  bool steps_have_names_;  // Google's Cloud Build calls the image of a step its name
  WorkflowVariables workflow_;
};

// Documents that name none of the images need no parsing.
bool is_mentioned(const FileReading& file, const Place& place) {
  const auto& names = place.rules->names;
  return std::any_of(names.begin(), names.end(), [&file](std::string_view name) {
    return file.holds(name.substr(0, name.find('*')));
  });
}

// Of a line such as "- image: x" or "Image=x" the x; of any other line nothing.
TextSpan image_on(std::string_view text, TextSpan line, std::string_view key) {
  const auto starts_with = [&](std::string_view word) {
    return text.substr(line.begin, line.end - line.begin).starts_with(word);
  };
  const TextSpan nothing{line.end, line.end};
  line = trimmed(text, line);
  if (starts_with("- ")) line = trimmed(text, {line.begin + 1, line.end});
  if (!starts_with(key)) return nothing;
  line = trimmed(text, {line.begin + key.size(), line.end});
  if (line.begin == line.end || (text[line.begin] != ':' && text[line.begin] != '='))
    return nothing;
  line = trimmed(text, {line.begin + 1, line.end});
  if (starts_with("\"") || starts_with("'")) {
    const std::size_t end = text.substr(0, line.end).find(text[line.begin], line.begin + 1);
    return end < line.end ? TextSpan{line.begin + 1, end} : nothing;
  }
  const std::size_t end = text.substr(0, line.end).find_first_of(" \t", line.begin);
  return {line.begin, std::min(end, line.end)};
}

// Where a document cannot be parsed (templates of charts) or is none (units of Podman).
void find_on_lines(FileReading& file, const Places& places, std::string_view key) {
  const Variables no_variables = [](std::string_view) { return std::vector<TextSpan>{}; };
  for (const TextSpan line : line_spans(file.text())) {
    const TextSpan image = image_on(file.text(), line, key);
    if (image.begin == image.end || file.is_full()) continue;
    for (const ComposedText& text : compose(file.text(), image, no_variables))
      add_image(file, places, text, {"image", 0, {}, false});
  }
}

void find_in_images_of(FileReading& file, const Places& places, PinSyntax syntax) {
  for (const Node& root : file.documents(syntax)) {
    NodePath path{&root};
    ImageSearch search(file, places);
    each_object(path, [&search](const NodePath& here) { search.find(here); });
  }
}

// Names of YAML files that hold images for some tool; what else is YAML must look like it.
bool is_named_for_images(std::string_view path) {
  constexpr std::array<std::string_view, 13> words = {
      "compose", "pipeline", ".azuredevops/", "cloudbuild", ".drone.",   ".vela.",  ".woodpecker",
      ".crow",   "batect",   ".circleci/",    "tasks/",     "/actions/", "workflow"};
  const std::string lower = to_lower_ascii(path);
  return std::any_of(words.begin(), words.end(), [&lower](std::string_view word) {
    return lower.find(word) != std::string::npos;
  });
}

void find_in_any_yaml(FileReading& file, const Places& places) {
  const bool is_manifest = file.holds("apiVersion:") && file.holds("kind:");
  const bool has_parts = file.holds("repository:") || file.holds("newTag:");
  if (!is_manifest && !has_parts && !is_named_for_images(file.path())) return;
  find_in_images_of(file, places, PinSyntax::yaml);
  if (is_manifest && file.documents(PinSyntax::yaml).empty()) find_on_lines(file, places, "image");
}

bool is_unit(std::string_view path) {
  return path.ends_with(".container") || path.ends_with(".image") || path.ends_with(".volume");
}

}  // namespace

void find_images(FileReading& file, const Places& all_places) {
  Places places;
  for (const Place* place : all_places)
    if (is_mentioned(file, *place)) places.push_back(place);
  if (places.empty()) return;
  if (is_unit(file.path())) return find_on_lines(file, places, "Image");
  if (file.path().ends_with(".json")) return find_in_images_of(file, places, PinSyntax::json);
  if (!file.is_yaml()) return find_in_dockerfile(file, places);
  if (file.is_guess()) return find_in_any_yaml(file, places);
  find_in_images_of(file, places, PinSyntax::yaml);
}

}  // namespace buildable::pins
