#include "ingest/limits.h"

#include <string>

#include "base/text.h"

namespace buildable::ingest {
namespace {

bool looks_like_html(std::string_view text) {
  std::string start = to_lower_ascii(trim(text.substr(0, 1024)).substr(0, 16));
  return start.starts_with("<!doctype html") || start.starts_with("<html");
}

}  // namespace

Result<void> check_text(std::string_view text, std::size_t limit, std::string_view what) {
  std::string name(what);
  if (trim(text).empty()) return fail(name + " is empty", "fetch it again");
  if (text.size() > limit) {
    return fail(name + " has " + std::to_string(text.size()) + " bytes, more than the limit of " +
                    std::to_string(limit),
                "check the address: this is not what it should be");
  }
  if (looks_like_html(text)) {
    return fail(name + " is an HTML page",
                "check the address: a login, an error or a proxy answered instead");
  }
  std::size_t good = std::min(valid_utf8_prefix(text), text.find('\0'));
  if (good >= text.size()) return {};
  TextPosition position = position_at(text, good);
  return fail(Diagnostic{.message = name + " is not UTF-8 text",
                         .line = position.line,
                         .column = position.column,
                         .hint = "it is cut off, compressed or binary: fetch it again"});
}

}  // namespace buildable::ingest
