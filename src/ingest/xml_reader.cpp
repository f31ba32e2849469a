#include "ingest/xml_reader.h"

#include <charconv>

#include "base/text.h"
#include "ingest/limits.h"

namespace buildable {
namespace {

constexpr std::string_view white_space = " \t\r\n";

bool is_name(std::string_view name) {
  constexpr std::string_view letters =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:";
  return !name.empty() && name.size() <= 100 &&
         name.find_first_not_of(letters) == std::string_view::npos;
}

void append_utf8(std::string& text, unsigned point) {
  if (point < 0x80) {
    text += static_cast<char>(point);
  } else if (point < 0x800) {
    text += static_cast<char>(0xC0 | (point >> 6));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    text += static_cast<char>(0xE0 | (point >> 12));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    text += static_cast<char>(0xF0 | (point >> 18));
    text += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
    text += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (point & 0x3F));
  }
}

// "#38", "#x26": false where it names no character that XML allows.
bool append_numeric(std::string& text, std::string_view name) {
  name.remove_prefix(1);
  int base = 10;
  if (!name.empty() && name.front() == 'x') {
    base = 16;
    name.remove_prefix(1);
  }
  unsigned point = 0;
  auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), point, base);
  bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  bool control = point < 0x20 && point != '\t' && point != '\n' && point != '\r';
  bool valid = error == std::errc() && end == name.data() + name.size() && !surrogate && !control &&
               point <= 0x10FFFF;
  if (valid) append_utf8(text, point);
  return valid;
}

bool append_entity(std::string& text, std::string_view name) {
  for (auto [entity, character] :
       {std::pair{"lt", '<'}, std::pair{"gt", '>'}, std::pair{"amp", '&'}, std::pair{"quot", '"'},
        std::pair{"apos", '\''}}) {
    if (name != entity) continue;
    text += character;
    return true;
  }
  return !name.empty() && name.front() == '#' && append_numeric(text, name);
}

// The attributes of a start tag: name="text", apart by white space.
bool are_attributes(std::string_view text) {
  while (true) {
    std::size_t start = text.find_first_not_of(white_space);
    if (start == std::string_view::npos) return true;
    text.remove_prefix(start);
    std::size_t equals = text.find('=');
    if (start == 0 || equals == std::string_view::npos || !is_name(text.substr(0, equals))) {
      return false;
    }
    text.remove_prefix(equals + 1);
    if (text.empty() || (text.front() != '"' && text.front() != '\'')) return false;
    std::size_t close = text.find(text.front(), 1);
    if (close == std::string_view::npos) return false;
    text.remove_prefix(close + 1);
  }
}

class Reader {
 public:
  explicit Reader(std::string_view text) : all_(text), rest_(text) {}

  Result<XmlDocument> read() {
    skip_declaration();
    while (!rest_.empty()) {
      Result<void> step = rest_.front() == '<' ? read_tag() : read_text();
      if (!step) return fail(std::move(step.error()));
    }
    if (!open_.empty()) return problem("the element " + open_.back().name + " does not end");
    if (document_.root.empty()) return problem("no element at all");
    return std::move(document_);
  }

 private:
  struct Open {
    std::string name;
    std::string text;
    bool has_elements = false;
  };

  tl::unexpected<Error> problem(std::string message) const {
    TextPosition position = position_at(all_, all_.size() - rest_.size());
    return fail(Diagnostic{.message = std::move(message),
                           .line = position.line,
                           .column = position.column,
                           .hint = "it is cut off, or of another form than expected"});
  }

  void skip_declaration() {
    std::size_t start = rest_.find_first_not_of(white_space);
    if (start != std::string_view::npos && rest_.substr(start, 5) == "<?xml") {
      std::size_t end = rest_.find("?>", start);
      if (end != std::string_view::npos) rest_.remove_prefix(end + 2);
    }
  }

  Result<void> read_text() {
    std::string_view piece = rest_.substr(0, rest_.find('<'));
    if (open_.empty() || open_.back().has_elements) {
      if (piece.find_first_not_of(white_space) != std::string_view::npos) {
        return problem("text beside elements");
      }
      rest_.remove_prefix(piece.size());
      return {};
    }
    while (!piece.empty()) {
      std::size_t plain = std::min(piece.find('&'), piece.size());
      open_.back().text += piece.substr(0, plain);
      piece.remove_prefix(plain);
      rest_.remove_prefix(plain);
      if (piece.empty()) break;
      std::size_t end = piece.find(';');
      bool read = end != std::string_view::npos &&
                  append_entity(open_.back().text, piece.substr(1, end - 1));
      if (!read) return problem("an entity that is not known");
      piece.remove_prefix(end + 1);
      rest_.remove_prefix(end + 1);
    }
    return {};
  }

  Result<void> read_tag() {
    std::size_t end = rest_.find('>');
    if (end == std::string_view::npos) return problem("a tag that does not end");
    std::string_view tag = rest_.substr(1, end - 1);
    Result<void> read =
        !tag.empty() && tag.front() == '/' ? read_end(tag.substr(1)) : read_start(tag);
    if (read) rest_.remove_prefix(end + 1);
    return read;
  }

  Result<void> read_start(std::string_view tag) {
    bool empty = !tag.empty() && tag.back() == '/';
    if (empty) tag.remove_suffix(1);
    std::string_view name = tag.substr(0, tag.find_first_of(white_space));
    if (!is_name(name)) return problem("no start tag: " + quoted(tag));
    if (!are_attributes(tag.substr(name.size()))) return problem("no attributes: " + quoted(tag));
    if (open_.empty() && !document_.root.empty()) return problem("a second root element");
    if (open_.size() >= static_cast<std::size_t>(ingest_limits::depth)) {
      return problem("nested deeper than " + std::to_string(ingest_limits::depth) + " levels");
    }
    if (open_.empty()) document_.root = name;
    if (!open_.empty()) {
      if (!trim(open_.back().text).empty()) return problem("text beside elements");
      open_.back().has_elements = true;
    }
    open_.push_back({std::string(name), {}, false});
    return empty ? close() : Result<void>{};
  }

  Result<void> read_end(std::string_view name) {
    if (open_.empty() || trim(name) != open_.back().name) {
      return problem("the end of " + quoted(name) + ", which is not open");
    }
    return close();
  }

  Result<void> close() {
    if (!open_.back().has_elements) {
      if (document_.texts.size() == ingest_limits::entries * 8) return problem("too many elements");
      XmlText element;
      for (const Open& open : open_) element.path.push_back(open.name);
      element.text = std::move(open_.back().text);
      document_.texts.push_back(std::move(element));
    }
    open_.pop_back();
    return {};
  }

  std::string_view all_;
  std::string_view rest_;
  std::vector<Open> open_;
  XmlDocument document_;
};

}  // namespace

Result<XmlDocument> parse_xml(std::string_view text) { return Reader(text).read(); }

}  // namespace buildable
