// Any text is an error or a tree, whose parts stand in the text one behind the other.
#include "base/document.h"
#include "fuzz.h"

using namespace buildable;

namespace {

void check_places(const Node& node, std::string_view text) {
  fuzz::require(node.span.begin <= node.span.end && node.span.end <= text.size());
  std::size_t before = node.span.begin;
  for (const Node& child : node.children) {
    fuzz::require(before <= child.key_span.begin && child.key_span.end <= child.span.begin);
    check_places(child, text);
    before = child.span.end;
  }
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto root = parse_xml(text, "")) check_places(*root, text);
  return 0;
}

static const fuzz::Registered registered{"xml", "xml", run};
