// Node -> struct, by its Fields. Every problem of the document is reported, each with its place.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "base/document.h"
#include "base/fields.h"
#include "base/time.h"

namespace buildable {

class Decoder {
 public:
  explicit Decoder(std::string_view file) : file_(file) {}

  void read(const Node& node, bool& value);
  void read(const Node& node, int& value);
  void read(const Node& node, std::string& value);
  void read(const Node& node, Instant& value);  // RFC 3339

  template <HasEnumNames E>
  void read(const Node& node, E& value) {
    std::vector<std::string_view> names;
    for (const auto& [name, meant] : EnumNames<E>::list) {
      if (node.is(Node::Kind::string) && node.text == name) {
        value = meant;
        return;
      }
      names.push_back(name);
    }
    report_unknown_name(node, names);
  }

  template <HasFields T>
  void read(const Node& node, T& value) {
    if (!expect(node, Node::Kind::object, "an object")) return;
    std::vector<std::string_view> names;
    auto read_field = [&](const auto& field) {
      names.push_back(field.name);
      read_member(node, field.name, field.required, value.*(field.member));
    };
    std::apply([&](const auto&... field) { (read_field(field), ...); }, Fields<T>::list());
    report_unknown_keys(node, names);
  }

  template <class T>
  void read(const Node& node, std::vector<T>& value) {
    if (!expect(node, Node::Kind::array, "an array")) return;
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      Step step(*this, i);
      read(node.children[i], value.emplace_back());
    }
  }

  template <class T>
  void read(const Node& node, std::optional<T>& value) {
    read(node, value.emplace());
  }

  template <class T>
  void read(const Node& node, std::map<std::string, T>& value) {
    if (!expect(node, Node::Kind::object, "an object")) return;
    for (const Node& child : node.children) {
      Step step(*this, child.key);
      read(child, value[child.key]);
    }
  }

  std::vector<Diagnostic>& problems() { return problems_; }

 private:
  // Nobody reads more, and each holds its path.
  static constexpr std::size_t max_problems = 100;

  // The path grows by a step while this lives.
  class Step {
   public:
    Step(Decoder& decoder, std::string_view key);
    Step(Decoder& decoder, std::size_t index);
    ~Step() { path_.resize(size_); }
    Step(const Step&) = delete;
    Step& operator=(const Step&) = delete;

   private:
    std::string& path_;
    std::size_t size_;
  };

  template <class T>
  void read_member(const Node& object, std::string_view name, bool required, T& value) {
    Step step(*this, name);
    if (const Node* child = object.find(name)) {
      read(*child, value);
    } else if (required) {
      report(object, "the required key is missing", {});
    }
  }

  bool expect(const Node& node, Node::Kind kind, std::string_view wanted);
  void report(const Node& node, std::string message, std::string hint);
  void report_unknown_keys(const Node& object, const std::vector<std::string_view>& known);
  void report_unknown_name(const Node& node, const std::vector<std::string_view>& known);

  std::string_view file_;
  std::string path_;
  std::vector<Diagnostic> problems_;
};

// `file` names the document in errors.
template <HasFields T>
Result<T> from_document(const Node& root, std::string_view file) {
  Decoder decoder(file);
  T value;
  decoder.read(root, value);
  if (!decoder.problems().empty()) return fail(Error(std::move(decoder.problems())));
  return value;
}

}  // namespace buildable
