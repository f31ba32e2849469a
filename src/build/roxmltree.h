// XML as the Rust crate roxmltree 0.20 reads it: strictly, without a document type. heroku/dotnet
// read projects with it before 0.11.0.
#pragma once

#include <string>
#include <string_view>

#include "build/quick_xml.h"

namespace buildable::build {

struct RoxmltreeText {
  std::string text;  // empty: there is no such element, or it begins with something else
  int line = 0;
};

// The text that the last element of this local name begins with, wherever it stands: what comes
// after a comment or an element does not count.
XmlResult<RoxmltreeText> read_roxmltree(std::string_view document, std::string_view name);

}  // namespace buildable::build
