// XML as the Rust crate quick-xml 0.38 to 0.41 reads it for serde: heroku/dotnet reads projects
// from 0.11.0 on and .slnx with it. It takes much that is not well-formed XML ("<" in attributes,
// anything after the root, attributes without quotes where nobody looks) and refuses what only its
// reading into lists refuses, so neither a strict parser nor a lenient one stands in for it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace buildable::build {

struct XmlProblem {
  std::string message;     // "duplicate field `PropertyGroup`"
  int line = 0;            // 1-based
  bool too_large = false;  // our limits, not a fault of the text
};

template <class T>
using XmlResult = tl::expected<T, XmlProblem>;

// An element, or a run of text in it. Comments and processing instructions are left out and do not
// split a run.
struct XmlPiece {
  bool is_text = false;
  std::string_view name;        // local: without the prefix; empty for text
  std::string_view full_name;   // with its prefix
  std::string_view attributes;  // as written; read them with xml_attribute
  std::string text;             // entities resolved
  int line = 0;
  std::vector<XmlPiece> children;
};

// The root; what stands after it is not looked at.
XmlResult<XmlPiece> read_quick_xml(std::string_view document);

// What serde makes of an element that it reads into a struct. Every attribute has to be well-formed
// then; the wanted one's value, where there is one.
XmlResult<std::optional<std::string>> xml_attribute(const XmlPiece& element,
                                                    std::string_view wanted);
// The one child element of this name; a second is an error.
XmlResult<const XmlPiece*> xml_field(const XmlPiece& element, std::string_view name);
// All child elements of this name. They have to stand side by side and have one prefix: another
// element or text between two of them is an error.
XmlResult<std::vector<const XmlPiece*>> xml_list(const XmlPiece& element, std::string_view name);
// The text of an element that has to hold nothing else.
XmlResult<std::string> xml_text(const XmlPiece& element);

}  // namespace buildable::build
