// Strict reading of the small XML that storage services write. Private to ingest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable {

// An element without elements inside, as the names from the root to it and its text.
struct XmlText {
  std::vector<std::string> path;
  std::string text;
};

struct XmlDocument {
  std::string root;
  std::vector<XmlText> texts;  // in document order
};

// Elements, attributes (checked, dropped), text, &lt; &gt; &amp; &quot; &apos; and numeric
// entities. Fails on everything else of XML, on text beside elements, beyond ingest_limits::depth.
Result<XmlDocument> parse_xml(std::string_view text);

}  // namespace buildable
