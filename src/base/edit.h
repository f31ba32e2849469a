// Changes to a text by byte range: what editors and fixes of files give back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"

namespace buildable {

struct Edit {
  TextSpan span;  // what is replaced; empty: an insertion
  std::string text;
  friend bool operator==(const Edit&, const Edit&) = default;
};

// Precondition: the spans do not overlap. Of insertions at one place the first comes first.
std::string apply_edits(std::string_view text, std::vector<Edit> edits);

}  // namespace buildable
