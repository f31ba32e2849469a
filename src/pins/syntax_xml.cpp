// XML: the values of the elements at a key's paths.
#include <algorithm>

#include "base/text.h"
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

using Kind = Node::Kind;

TextSpan without_space(std::string_view text, TextSpan span) {
  constexpr std::string_view space = " \t\r\n";
  while (span.begin < span.end && space.find(text[span.begin]) != text.npos) ++span.begin;
  while (span.begin < span.end && space.find(text[span.end - 1]) != text.npos) --span.end;
  return span;
}

// "plugin[maven-compiler-plugin]": an element of that name, whose artifactId or name is the word.
class Step {
 public:
  explicit Step(std::string_view written) : name_(written.substr(0, written.find('['))) {
    if (name_.size() < written.size()) word_ = written.substr(name_.size() + 1);
    if (word_) word_->remove_suffix(1);
  }

  bool leads_to(const Node& element) const {
    return element.key == name_ && (!word_ || is_called(element));
  }

 private:
  bool is_called(const Node& element) const {
    for (const char* by : {"artifactId", "name"})
      if (const Node* called = element.find(by)) return called->text == *word_;
    return false;
  }

  std::string_view name_;
  std::optional<std::string_view> word_;
};

// "project/properties/java.version" step by step. Recursion: as deep as a path of the rules is
// long.
class ElementPath {
 public:
  explicit ElementPath(std::string_view path) {
    for (const std::string_view step : split(path, '/')) steps_.emplace_back(step);
  }

  template <class Use>
  void follow(const Node& node, const Use& use, std::size_t step = 0) const {
    if (step == steps_.size()) return use(node);
    for (const Node& child : node.children)
      if (steps_[step].leads_to(child)) follow(child, use, step + 1);
  }

 private:
  std::vector<Step> steps_;
};

void add_value(FileReading& file, const Place& place, TextSpan span, const Node* said) {
  FoundValue found;
  found.place = &place;
  found.key = place.rules->key;
  found.value = found.version = span;
  const std::string written(said ? std::string_view(said->text) : file.slice(span));
  if (said) found.said = said->text;
  if (written.starts_with("${") || written.starts_with("$("))
    found.moves = "it comes from the property " + shortened(written);
  file.add(std::move(found));
}

// MSBuild parts lists by ";". What comes from a property is known there, not here.
void add_values(FileReading& file, const Place& place, const Node& element) {
  const std::string_view written = file.slice(element.span);
  if (written != element.text) return add_value(file, place, element.span, &element);
  if (written.find(';') == std::string_view::npos)
    return add_value(file, place, element.span, nullptr);
  for (const std::string_view piece : split(written, ';')) {
    const auto begin = element.span.begin + static_cast<std::size_t>(piece.data() - written.data());
    const TextSpan span = without_space(file.text(), {begin, begin + piece.size()});
    if (span.begin < span.end) add_value(file, place, span, nullptr);
  }
}

}  // namespace

void find_in_xml(FileReading& file, const Places& places) {
  for (const Place* place : places)
    for (const std::string& path : place->rules->paths)
      for (const Node& root : file.documents(PinSyntax::xml))
        ElementPath(path).follow(root, [&](const Node& element) {
          if (element.is(Kind::string)) add_values(file, *place, element);
        });
}

}  // namespace buildable::pins
