// Whatever a text holds, reading it ends, and parts lie in their wholes.
#include "base/document.h"
#include "fuzz.h"

using namespace buildable;

namespace {

void check_parts(const Node& node, std::string_view text) {
  fuzz::require(node.span.begin <= node.span.end && node.span.end <= text.size());
  for (const Node& child : node.children) {
    fuzz::require(child.span.begin >= node.span.begin && child.span.end <= node.span.end);
    check_parts(child, text);
  }
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  const auto [which, text] = fuzz::choice_and_text(data, size, 2);
  const auto documents =
      parse_yaml_documents(text, "", which == 0 ? YamlAliases::refuse : YamlAliases::keep);
  if (fuzz::parsed(documents))
    for (const Node& document : *documents) check_parts(document, text);
  return 0;
}

static const fuzz::Registered registered{"yaml", "yaml", run};
