#include "build/quick_xml.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/characters.h"
#include "base/text.h"
#include "build/rust_text.h"

namespace buildable::build {
namespace {

constexpr std::size_t max_xml_depth = 200;
constexpr std::size_t max_pieces = 200'000;
constexpr std::string_view blanks = " \t\r\n";

bool is_blank(char c) { return blanks.find(c) != std::string_view::npos; }

std::string_view local_name(std::string_view name) { return name.substr(name.find(':') + 1); }

// "#56", "#x38"
std::optional<std::uint32_t> character_reference(std::string_view name) {
  name.remove_prefix(1);
  const bool hexadecimal = name.starts_with('x');
  if (hexadecimal) name.remove_prefix(1);
  if (name.empty()) return std::nullopt;
  std::uint32_t code = 0;
  for (const char digit : name) {
    const char lower = static_cast<char>(digit | 0x20);
    std::uint32_t value = 0;
    if (is_digit(digit))
      value = static_cast<std::uint32_t>(digit - '0');
    else if (hexadecimal && lower >= 'a' && lower <= 'f')
      value = static_cast<std::uint32_t>(lower - 'a' + 10);
    else
      return std::nullopt;
    code = code * (hexadecimal ? 16 : 10) + value;
    if (code > 0x10FFFF) return std::nullopt;
  }
  return code == 0 || (code >= 0xD800 && code < 0xE000) ? std::nullopt : std::optional(code);
}

bool append_entity(std::string& out, std::string_view name) {
  if (name.starts_with('#')) {
    const auto code = character_reference(name);
    if (code) rust::push(out, *code);
    return code.has_value();
  }
  constexpr std::pair<std::string_view, char> known[] = {
      {"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"apos", '\''}, {"quot", '"'}};
  for (const auto& [each, meant] : known)
    if (each == name) return out += meant, true;
  return false;
}

std::string not_an_entity(std::string_view name) {
  return "unrecognized entity " + in_quotes("&" + std::string(name) + ";");
}

class Reader {
 public:
  explicit Reader(std::string_view document) : document_(document), rest_(document) {}

  XmlResult<XmlPiece> read() {
    if (rest_.starts_with("\xEF\xBB\xBF")) skip(3);
    while (!done_)
      if (!step()) return tl::unexpected(std::move(problem_));
    return std::move(root_);
  }

 private:
  struct Open {
    XmlPiece* element;
    std::string_view name;  // with its prefix
  };

  bool step() {
    if (rest_.empty()) return refuse(end_message());
    if (rest_.front() == '&') return entity();
    if (rest_.front() != '<') return text(rest_.substr(0, rest_.find_first_of("<&")));
    if (rest_.starts_with("<!--")) return skip_to("-->", 4, "comment not closed");
    if (rest_.starts_with("<![CDATA[")) return cdata();
    if (rest_.starts_with("<!D") || rest_.starts_with("<!d")) return document_type();
    if (rest_.starts_with("<!")) return refuse("unknown or missed symbol in markup");
    if (rest_.starts_with("<?")) return skip_to("?>", 2, "processing instruction not closed");
    if (rest_.starts_with("</")) return end_tag();
    return start_tag();
  }

  void skip(std::size_t count) {
    const std::string_view skipped = rest_.substr(0, count);
    line_ += static_cast<int>(std::count(skipped.begin(), skipped.end(), '\n'));
    rest_.remove_prefix(count);
  }

  bool refuse(std::string message, bool too_large = false) {
    problem_ = {std::move(message), line_, too_large};
    return false;
  }

  std::string end_message() const {
    if (open_.empty()) return "the document has no element";
    return "start tag not closed: </" + printable(open_.back().name) +
           "> not found before the end of the file";
  }

  bool skip_to(std::string_view end, std::size_t after, const char* message) {
    const std::size_t found = rest_.find(end, after);
    if (found == std::string_view::npos) return refuse(message);
    skip(found + end.size());
    return true;
  }

  // "<!DOCTYPE …>" up to the ">" that closes it.
  bool document_type() {
    int depth = 0;
    for (std::size_t i = 0; i < rest_.size(); ++i) {
      depth += rest_[i] == '<' ? 1 : rest_[i] == '>' ? -1 : 0;
      if (depth > 0) continue;
      skip(i + 1);
      return true;
    }
    return refuse("document type not closed");
  }

  bool append(std::string_view raw) {
    if (open_.empty())
      return raw.find_first_not_of(blanks) == std::string_view::npos ||
             refuse("text stands before the first element");
    auto& siblings = open_.back().element->children;
    if (siblings.empty() || !siblings.back().is_text) {
      if (!count()) return false;
      siblings.emplace_back();
      siblings.back().is_text = true;
      siblings.back().line = line_;
    }
    siblings.back().text += raw;
    return true;
  }

  bool text(std::string_view raw) {
    if (!append(raw)) return false;
    skip(raw.size());
    return true;
  }

  bool cdata() {
    const std::size_t end = rest_.find("]]>", 9);
    if (end == std::string_view::npos) return refuse("CDATA not closed");
    if (!append(rest_.substr(9, end - 9))) return false;
    skip(end + 3);
    return true;
  }

  bool entity() {
    const std::size_t end = rest_.find_first_of(";&<", 1);
    if (end == std::string_view::npos || rest_[end] != ';')
      return refuse("\"&\" begins an entity that no \";\" closes; write &amp;");
    const std::string_view name = rest_.substr(1, end - 1);
    std::string meant;
    if (!append_entity(meant, name)) return refuse(not_an_entity(name));
    if (!append(meant)) return false;
    skip(end + 1);
    return true;
  }

  bool end_tag() {
    const std::size_t end = rest_.find('>');
    if (end == std::string_view::npos) return refuse("tag not closed");
    std::string_view name = rest_.substr(2, end - 2);
    while (!name.empty() && is_blank(name.back())) name.remove_suffix(1);
    if (open_.empty()) return refuse("</" + printable(name) + "> does not match any open tag");
    if (name != open_.back().name)
      return refuse("expected </" + printable(open_.back().name) + ">, but </" + printable(name) +
                    "> was found");
    skip(end + 1);
    open_.pop_back();
    done_ = open_.empty();
    return true;
  }

  // Where the tag that begins here ends: ">" counts only outside quotes.
  std::size_t tag_end() const {
    char quote = '\0';
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      const char c = rest_[i];
      if (quote)
        quote = c == quote ? '\0' : quote;
      else if (c == '"' || c == '\'')
        quote = c;
      else if (c == '>')
        return i;
    }
    return std::string_view::npos;
  }

  bool start_tag() {
    const std::size_t end = tag_end();
    if (end == std::string_view::npos) return refuse("tag not closed");
    std::string_view content = rest_.substr(1, end - 1);
    const bool empty = content.ends_with('/');
    if (empty) content.remove_suffix(1);
    if (!count()) return false;
    if (open_.size() >= max_xml_depth) return refuse("elements nest too deep", true);
    const std::string_view name = content.substr(0, content.find_first_of(blanks));
    XmlPiece* element = &root_;
    if (!open_.empty()) element = &open_.back().element->children.emplace_back();
    element->name = local_name(name);
    element->full_name = name;
    element->attributes = content.substr(name.size());
    element->line = line_;
    skip(end + 1);
    if (empty)
      done_ = open_.empty();
    else
      open_.push_back({element, name});
    return true;
  }

  bool count() { return ++pieces_ <= max_pieces || refuse("too many elements", true); }

  std::string_view document_;
  std::string_view rest_;
  int line_ = 1;
  std::size_t pieces_ = 0;
  bool done_ = false;
  XmlPiece root_;
  std::vector<Open> open_;  // pointers stay good: an open element gets no sibling
  XmlProblem problem_;
};

struct Attribute {
  std::string_view key;
  std::string_view value;
};

void skip_blanks(std::string_view& text) {
  const std::size_t first = text.find_first_not_of(blanks);
  text.remove_prefix(first == std::string_view::npos ? text.size() : first);
}

XmlResult<Attribute> take_attribute(std::string_view& rest, int line) {
  const auto refuse = [&](const char* message) {
    return tl::unexpected(XmlProblem{message, line});
  };
  const std::size_t end = std::min(rest.size(), rest.find_first_of("= \t\r\n"));
  Attribute attribute{rest.substr(0, end), {}};
  rest.remove_prefix(end);
  skip_blanks(rest);
  if (attribute.key.empty() || !rest.starts_with('='))
    return refuse("an attribute has no \"=\" after its name");
  rest.remove_prefix(1);
  skip_blanks(rest);
  if (!rest.starts_with('"') && !rest.starts_with('\''))
    return refuse("an attribute's value is not in quotes");
  const std::size_t close = rest.find(rest.front(), 1);
  if (close == std::string_view::npos) return refuse("an attribute's value is not closed");
  attribute.value = rest.substr(1, close - 1);
  rest.remove_prefix(close + 1);
  skip_blanks(rest);
  return attribute;
}

XmlResult<std::string> unescape(std::string_view raw, int line) {
  std::string value;
  while (!raw.empty()) {
    const std::size_t plain = std::min(raw.size(), raw.find('&'));
    value += raw.substr(0, plain);
    raw.remove_prefix(plain);
    if (raw.empty()) break;
    const std::size_t end = raw.find_first_of(";&", 1);
    if (end == std::string_view::npos || raw[end] != ';')
      return tl::unexpected(XmlProblem{"\"&\" in an attribute: write &amp;", line});
    if (!append_entity(value, raw.substr(1, end - 1)))
      return tl::unexpected(XmlProblem{not_an_entity(raw.substr(1, end - 1)), line});
    raw.remove_prefix(end + 1);
  }
  return value;
}

XmlProblem duplicate(std::string_view name, int line) {
  return {"duplicate field `" + printable(name) + "`", line};
}

bool is_blank_text(const XmlPiece& piece) {
  return piece.is_text && piece.text.find_first_not_of(blanks) == std::string::npos;
}

}  // namespace

XmlResult<XmlPiece> read_quick_xml(std::string_view document) { return Reader(document).read(); }

XmlResult<std::optional<std::string>> xml_attribute(const XmlPiece& element,
                                                    std::string_view wanted) {
  std::optional<std::string> found;
  std::set<std::string_view> seen;
  std::string_view rest = element.attributes;
  skip_blanks(rest);
  while (!rest.empty()) {
    const auto attribute = take_attribute(rest, element.line);
    if (!attribute) return tl::unexpected(attribute.error());
    if (!seen.insert(attribute->key).second)
      return tl::unexpected(
          XmlProblem{"duplicated attribute " + in_quotes(attribute->key), element.line});
    if (attribute->key.starts_with("xmlns") || local_name(attribute->key) != wanted) continue;
    if (found) return tl::unexpected(duplicate("@" + std::string(wanted), element.line));
    auto value = unescape(attribute->value, element.line);
    if (!value) return tl::unexpected(std::move(value.error()));
    found = std::move(*value);
  }
  return found;
}

XmlResult<const XmlPiece*> xml_field(const XmlPiece& element, std::string_view name) {
  const XmlPiece* found = nullptr;
  for (const XmlPiece& child : element.children) {
    if (child.is_text || child.name != name) continue;
    if (found) return tl::unexpected(duplicate(name, child.line));
    found = &child;
  }
  return found;
}

XmlResult<std::vector<const XmlPiece*>> xml_list(const XmlPiece& element, std::string_view name) {
  std::vector<const XmlPiece*> list;
  bool ended = false;
  for (const XmlPiece& child : element.children) {
    if (is_blank_text(child)) continue;
    if (child.is_text || child.name != name) {
      ended = !list.empty();
      continue;
    }
    const bool other_prefix = !list.empty() && child.full_name != list.front()->full_name;
    if (ended || other_prefix) return tl::unexpected(duplicate(name, child.line));
    list.push_back(&child);
  }
  return list;
}

XmlResult<std::string> xml_text(const XmlPiece& element) {
  std::string text;
  for (const XmlPiece& child : element.children) {
    if (!child.is_text)
      return tl::unexpected(XmlProblem{"<" + printable(element.name) + "> holds an element, <" +
                                           printable(child.name) + ">, where the build takes text",
                                       child.line});
    text += child.text;
  }
  return replace_all(replace_all(text, "\r\n", "\n"), "\r", "\n");
}

}  // namespace buildable::build
