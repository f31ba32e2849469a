// The only file that knows expat, but for src/build/roxmltree.cpp, which needs what no document
// keeps. It is given the whole text at once, as UTF-8 whatever the text
// says of itself, and no declaration of a document type: so it expands nothing, and its work is
// proportional to the text.
#include <expat.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "base/document.h"
#include "base/text.h"

namespace buildable {
namespace {

constexpr std::size_t max_xml_size = std::size_t{1} << 28U;  // bytes; callers have lower limits

bool is_blank(std::string_view text) { return trim(text).empty(); }

class XmlTreeBuilder {
 public:
  XmlTreeBuilder(std::string_view text, std::string_view file, const XmlStrictness& strictness)
      : text_(text),
        file_(file),
        strictness_(strictness),
        parser_(XML_ParserCreate("UTF-8"), XML_ParserFree) {
    root_.kind = Node::Kind::object;
    root_.span = {0, text.size()};
    open_.push_back(&root_);
  }

  Result<Node> build() {
    if (!parser_) return fail(error_at(text_, file_, 0, "not read: there is no memory for it"));
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), begin_element, end_element);
    XML_SetCharacterDataHandler(parser_.get(), character_data);
    XML_SetStartDoctypeDeclHandler(parser_.get(), begin_doctype);
    const auto size = static_cast<int>(text_.size());
    const XML_Status status = XML_Parse(parser_.get(), text_.data(), size, XML_TRUE);
    if (problem_) return fail(std::move(*problem_));
    if (status == XML_STATUS_OK) return std::move(root_);
    const std::string why = XML_ErrorString(XML_GetErrorCode(parser_.get()));
    return fail(error_at(text_, file_, place(), "not XML: " + why));
  }

 private:
  static XmlTreeBuilder& self(void* builder) { return *static_cast<XmlTreeBuilder*>(builder); }
  static void XMLCALL begin_element(void* builder, const XML_Char* name, const XML_Char**) {
    self(builder).begin(name);
  }
  static void XMLCALL end_element(void* builder, const XML_Char*) { self(builder).end(); }
  static void XMLCALL character_data(void* builder, const XML_Char* text, int size) {
    self(builder).add_text({text, static_cast<std::size_t>(size)});
  }
  static void XMLCALL begin_doctype(void* builder, const XML_Char*, const XML_Char*,
                                    const XML_Char*, int) {
    self(builder).refuse_doctype();
  }

  std::size_t place() const {
    return static_cast<std::size_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
  }
  std::size_t length() const {
    return static_cast<std::size_t>(std::max(XML_GetCurrentByteCount(parser_.get()), 0));
  }

  // The library reports it behind its name.
  void refuse_doctype() {
    refuse_at(std::min(text_.rfind("<!DOCTYPE", place()), place()),
              "a document type declaration, which is not taken here",
              "remove \"<!DOCTYPE …>\" and write its entities out");
  }

  void refuse(std::string message, std::string hint = {}) {
    refuse_at(place(), std::move(message), std::move(hint));
  }

  void refuse_at(std::size_t offset, std::string message, std::string hint) {
    if (problem_) return;
    problem_ = error_at(text_, file_, offset, std::move(message), std::move(hint));
    XML_StopParser(parser_.get(), XML_FALSE);
  }

  void begin(std::string_view name) {
    if (problem_) return;
    if (open_.size() >= max_document_depth) return refuse(too_deep(), std::string(excess_hint));
    if (++count_ > max_document_nodes) return refuse(too_many_values(), std::string(excess_hint));
    Node& parent = *open_.back();
    if (!may_hold_elements(parent)) return;
    parent.kind = Node::Kind::object;
    Node& node = parent.children.emplace_back();
    const std::size_t tag = place(), tag_end = tag + length();
    node.key = name;
    node.key_span = {tag + 1, tag + 1 + name.size()};
    node.span = {tag_end, tag_end};
    // "<a/>" has no value, "<a></a>" an empty one.
    const bool closed = tag_end >= 2 && text_[tag_end - 2] == '/';
    node.kind = closed ? Node::Kind::null : Node::Kind::string;
    // The pointers stay good: a node gets no sibling before it is closed.
    open_.push_back(&node);
  }

  // Text before an element is none of its parent's value.
  bool may_hold_elements(Node& parent) {
    if (!strictness_.text_beside_elements && !is_blank(parent.text)) {
      refuse("text beside elements");
      return false;
    }
    if (!parent.is(Node::Kind::object)) parent.span.end = parent.span.begin;
    parent.text.clear();
    return true;
  }

  void add_text(std::string_view piece) {
    if (problem_) return;
    Node& node = *open_.back();
    if (node.is(Node::Kind::object)) {
      if (!strictness_.text_beside_elements && !is_blank(piece)) refuse("text beside elements");
      return;
    }
    // White space before the text is none of it. Kept, it would be looked through at every piece.
    const bool first = node.text.empty();
    if (first && is_blank(piece)) return;
    node.text += piece;
    if (is_blank(piece)) return;
    // As long as what is written: no entity, so that white space is the same in both.
    const bool plain = piece.size() == length();
    const std::size_t before = plain ? piece.find_first_not_of(" \t\r\n") : 0;
    const std::size_t within = plain ? piece.find_last_not_of(" \t\r\n") + 1 : length();
    if (first) node.span.begin = place() + before;
    node.span.end = place() + within;
  }

  void end() {
    if (problem_) return;
    Node& node = *open_.back();
    if (node.is(Node::Kind::object)) node.span.end = place();
    node.text = trim(node.text);
    open_.pop_back();
  }

  std::string_view text_;
  std::string_view file_;
  XmlStrictness strictness_;
  std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser_;
  Node root_;
  std::vector<Node*> open_;
  std::size_t count_ = 0;
  std::optional<Error> problem_;
};

}  // namespace

Result<Node> parse_xml(std::string_view text, std::string_view file,
                       const XmlStrictness& strictness) {
  if (text.size() > max_xml_size)
    return fail(
        Diagnostic{.message = "larger than " + std::to_string(max_xml_size) + " bytes, not read",
                   .file = std::string(file),
                   .hint = std::string(excess_hint)});
  if (Result<void> valid = require_utf8(text, file); !valid) return fail(valid.error());
  return XmlTreeBuilder(text, file, strictness).build();
}

}  // namespace buildable
