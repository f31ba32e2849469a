// Whatever a text holds, reading it ends, and every part stands where it says.
#include "base/document.h"
#include "fuzz.h"

using namespace buildable;

namespace {

void check_parts(const Node& node, std::string_view text) {
  fuzz::require(node.span.begin < node.span.end && node.span.end <= text.size());
  const auto alone =
      parse_json(text.substr(node.span.begin, node.span.end - node.span.begin), "", json5);
  fuzz::require(alone.has_value() && alone->kind == node.kind && alone->text == node.text &&
                alone->children.size() == node.children.size());
  for (const Node& child : node.children) {
    fuzz::require(child.span.begin > node.span.begin && child.span.end < node.span.end);
    check_parts(child, text);
  }
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  const auto root = parse_json(text, "", json5);
  if (fuzz::parsed(root)) check_parts(*root, text);
  return 0;
}

static const fuzz::Registered registered{"json5", "json", run};
