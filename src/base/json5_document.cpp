// JSON5 by recursive descent over bytes; the text is known to be UTF-8.
#include "base/json5_document.h"

#include <array>
#include <charconv>
#include <optional>

#include "base/characters.h"
#include "base/text.h"

namespace buildable {
namespace {

using Kind = Node::Kind;

// All that spec.json5.org takes for white space and line ends beyond ASCII: U+00A0, U+FEFF, U+2028,
// U+2029 and Unicode's space separators.
constexpr std::array<std::string_view, 19> wide_spaces = {
    "\u00A0", "\uFEFF", "\u2028", "\u2029", "\u1680", "\u2000", "\u2001",
    "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
    "\u2009", "\u200A", "\u202F", "\u205F", "\u3000"};

std::size_t wide_space_length(std::string_view text) {
  if (text.empty() || static_cast<unsigned char>(text.front()) < 0x80) return 0;
  for (const std::string_view space : wide_spaces)
    if (text.starts_with(space)) return space.size();
  return 0;
}

bool is_line_end(std::string_view text) {
  return text.starts_with('\n') || text.starts_with('\r') || text.starts_with("\u2028") ||
         text.starts_with("\u2029");
}

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
// Letters beyond ASCII are taken without asking Unicode's tables.
bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

void append_utf8(std::string& out, std::uint32_t code) {
  const auto tail = [code](int shift) {
    return static_cast<char>(0x80 | ((code >> shift) & 0x3F));
  };
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    (out += static_cast<char>(0xC0 | (code >> 6))) += tail(0);
  } else if (code < 0x10000) {
    ((out += static_cast<char>(0xE0 | (code >> 12))) += tail(6)) += tail(0);
  } else {
    (((out += static_cast<char>(0xF0 | (code >> 18))) += tail(12)) += tail(6)) += tail(0);
  }
}

// Every function returns whether to go on; what went wrong then stands in `problem_`.
class Parser {
 public:
  Parser(std::string_view text, std::string_view file, bool repeated_keys)
      : text_(text), file_(file), repeated_keys_(repeated_keys) {}

  Result<Node> parse() {
    Node root;
    if (!skip_space() || !value(root, 0) || !skip_space()) return fail(std::move(*problem_));
    if (!at_end()) return fail(error("expected the end of the text, found " + found()));
    return root;
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  std::string_view rest() const { return text_.substr(at_); }
  bool take(char c) {
    const bool there = !at_end() && text_[at_] == c;
    at_ += there ? 1 : 0;
    return there;
  }
  bool take(std::string_view word) {
    const bool there = rest().starts_with(word);
    at_ += there ? word.size() : 0;
    return there;
  }

  std::string found() const {
    if (at_end()) return "the end";
    std::size_t length = 1;
    while (length < rest().size() && (static_cast<unsigned char>(rest()[length]) & 0xC0) == 0x80)
      ++length;
    return in_quotes(rest().substr(0, length));
  }
  Error error(std::string message) const {
    return error_at(text_, file_, at_, "not JSON: " + std::move(message));
  }
  bool refuse(std::string message) {
    problem_ = error(std::move(message));
    return false;
  }
  bool refuse_at(std::size_t offset, std::string message, std::string hint) {
    problem_ = error_at(text_, file_, offset, std::move(message), std::move(hint));
    return false;
  }

  bool skip_comment();
  bool skip_space();
  bool value(Node& node, std::size_t depth);
  bool array(Node& node, std::size_t depth);
  bool object(Node& node, std::size_t depth);
  bool child(Node& parent, std::size_t depth, const Node* keyed);
  bool member_key(Node& node);
  bool between(char close);
  bool word(Node& node);
  bool number(Node& node);
  bool magnitude();
  bool string(std::string& out);
  bool name(std::string& out);
  bool escape(std::string& out);
  bool hex(std::size_t digits, std::uint32_t& code);
  bool unicode_escape(std::string& out);
  std::size_t digits();

  std::string_view text_;
  std::string_view file_;
  bool repeated_keys_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
  std::optional<Error> problem_;
};

bool Parser::skip_comment() {
  if (take("//")) {
    while (!at_end() && !is_line_end(rest())) ++at_;
    return true;
  }
  const std::size_t end = text_.find("*/", at_ + 2);
  if (end == std::string_view::npos) return refuse("a comment without its end");
  at_ = end + 2;
  return true;
}

bool Parser::skip_space() {
  while (!at_end()) {
    const char c = peek();
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      ++at_;
    } else if (rest().starts_with("//") || rest().starts_with("/*")) {
      if (!skip_comment()) return false;
    } else if (const std::size_t length = wide_space_length(rest())) {
      at_ += length;
    } else {
      break;
    }
  }
  return true;
}

bool Parser::value(Node& node, std::size_t depth) {
  if (++count_ > max_document_nodes)
    return refuse_at(at_, too_many_values(), std::string(excess_hint));
  node.span.begin = at_;
  bool read = false;
  if (peek() == '{') {
    read = object(node, depth + 1);
  } else if (peek() == '[') {
    read = array(node, depth + 1);
  } else if (peek() == '"' || peek() == '\'') {
    node.kind = Kind::string;
    node.quoted = true;
    read = string(node.text);
  } else {
    read = word(node);
  }
  node.span.end = at_;
  return read;
}

// After a value: a comma, or nothing before the closing bracket.
bool Parser::between(char close) {
  if (!skip_space()) return false;
  if (take(',')) return skip_space();
  if (peek() == close && !at_end()) return true;
  return refuse(std::string("expected a comma or ") + close + ", found " + found());
}

bool Parser::child(Node& parent, std::size_t depth, const Node* keyed) {
  Node node = keyed == nullptr ? Node() : *keyed;
  if (!value(node, depth)) return false;
  parent.children.push_back(std::move(node));
  return true;
}

bool Parser::array(Node& node, std::size_t depth) {
  if (depth > max_document_depth) return refuse_at(at_, too_deep(), std::string(excess_hint));
  node.kind = Kind::array;
  take('[');
  if (!skip_space()) return false;
  while (!take(']'))
    if (!child(node, depth, nullptr) || !between(']')) return false;
  return true;
}

bool Parser::object(Node& node, std::size_t depth) {
  if (depth > max_document_depth) return refuse_at(at_, too_deep(), std::string(excess_hint));
  node.kind = Kind::object;
  take('{');
  if (!skip_space()) return false;
  while (!take('}')) {
    Node keyed;
    if (!member_key(keyed) || !child(node, depth, &keyed) || !between('}')) return false;
  }
  if (repeated_keys_) keep_last_of_repeated(node);
  const Node* repeated = repeated_key(node);
  return repeated == nullptr || refuse_at(repeated->key_span.begin,
                                          "the key " + in_quotes(repeated->key) + " is there twice",
                                          "keep one of the two");
}

bool Parser::member_key(Node& node) {
  node.key_span.begin = at_;
  const bool in_quotes = peek() == '"' || peek() == '\'';
  if (!(in_quotes ? string(node.key) : name(node.key))) return false;
  node.key_span.end = at_;
  if (!skip_space()) return false;
  if (!take(':')) return refuse("expected a colon, found " + found());
  return skip_space();
}

// A bare word: a number, true, false or null.
bool Parser::word(Node& node) {
  const char c = peek();
  if (is_digit(c) || c == '-' || c == '+' || c == '.' || c == 'I' || c == 'N') return number(node);
  const std::size_t begin = at_;
  if (take("true") || take("false")) {
    node.kind = Kind::boolean;
    node.text = text_.substr(begin, at_ - begin);
    node.boolean = node.text == "true";
  } else if (!take("null")) {
    return refuse("expected a value, found " + found());
  }
  if (is_name_start(peek()) && wide_space_length(rest()) == 0)
    return refuse("expected the end of a word, found " + found());
  return true;
}

std::size_t Parser::digits() {
  const std::size_t begin = at_;
  while (is_digit(peek())) ++at_;
  return at_ - begin;
}

bool Parser::magnitude() {
  if (take("Infinity") || take("NaN")) return true;
  if (take("0x") || take("0X")) {
    const std::size_t begin = at_;
    while (is_hex_digit(peek())) ++at_;
    return at_ > begin;
  }
  if (peek() == '0' && rest().size() > 1 && is_digit(rest()[1])) return false;
  std::size_t seen = digits();
  if (take('.')) seen += digits();
  if (seen == 0) return false;
  if (!take('e') && !take('E')) return true;
  if (!take('+')) take('-');
  return digits() > 0;
}

bool Parser::number(Node& node) {
  const std::size_t begin = at_;
  if (!take('-')) take('+');
  const bool whole = magnitude();
  const bool ends = at_end() || wide_space_length(rest()) > 0 ||
                    !(is_name_start(peek()) || is_digit(peek()) || peek() == '.');
  if (!whole || !ends) {
    at_ = begin;
    return refuse("expected a value, found " + found());
  }
  node.text = text_.substr(begin, at_ - begin);
  node.kind = number_kind(node);
  return true;
}

bool Parser::string(std::string& out) {
  const char quote = text_[at_++];
  while (true) {
    const std::size_t begin = at_;
    while (!at_end() && peek() != quote && peek() != '\\' && peek() != '\n' && peek() != '\r')
      ++at_;
    out += text_.substr(begin, at_ - begin);
    if (take(quote)) return true;
    if (at_end() || peek() != '\\') return refuse("a string without its end");
    ++at_;
    if (!escape(out)) return false;
  }
}

bool Parser::hex(std::size_t digits, std::uint32_t& code) {
  const std::string_view written = rest().substr(0, digits);
  const char* end = written.data() + written.size();
  const auto read = std::from_chars(written.data(), end, code, 16);
  if (written.size() < digits || read.ec != std::errc() || read.ptr != end)
    return refuse("expected " + std::to_string(digits) + " hexadecimal digits");
  at_ += digits;
  return true;
}

bool Parser::unicode_escape(std::string& out) {
  std::uint32_t code = 0;
  if (!hex(4, code)) return false;
  const bool high = code >= 0xD800 && code < 0xDC00;
  if (high && take("\\u")) {
    std::uint32_t low = 0;
    if (!hex(4, low)) return false;
    if (low < 0xDC00 || low > 0xDFFF) return refuse("half of a surrogate pair");
    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
  }
  if (code >= 0xD800 && code <= 0xDFFF) return refuse("half of a surrogate pair");
  append_utf8(out, code);
  return true;
}

// After the backslash.
bool Parser::escape(std::string& out) {
  if (at_end()) return refuse("a string without its end");
  if (take("\r\n") || take("\u2028") || take("\u2029")) return true;
  const char c = text_[at_++];
  constexpr std::string_view letters = "bfnrtv";
  if (const std::size_t index = letters.find(c); index != std::string_view::npos) {
    out += "\b\f\n\r\t\v"[index];
  } else if (c == 'u') {
    return unicode_escape(out);
  } else if (c == 'x') {
    std::uint32_t code = 0;
    if (!hex(2, code)) return false;
    append_utf8(out, code);
  } else if (c == '0' && !is_digit(peek())) {
    out += '\0';
  } else if (is_digit(c)) {
    --at_;
    return refuse("an escape with a digit");
  } else if (c != '\n' && c != '\r') {
    out += c;
  }
  return true;
}

bool Parser::name(std::string& out) {
  const std::size_t begin = at_;
  while (!at_end() && wide_space_length(rest()) == 0) {
    const char c = peek();
    if (is_name_start(c) || (is_digit(c) && at_ > begin)) {
      out += c;
      ++at_;
    } else if (take("\\u")) {
      if (!unicode_escape(out)) return false;
    } else {
      break;
    }
  }
  return at_ > begin || refuse("expected a key, found " + found());
}

}  // namespace

Result<Node> parse_json5(std::string_view text, std::string_view file, bool repeated_keys) {
  return Parser(text, file, repeated_keys).parse();
}

}  // namespace buildable
