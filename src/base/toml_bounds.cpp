#include "base/toml_bounds.h"

#include <vector>

#include "base/document.h"

namespace buildable {
namespace {

class Scan {
 public:
  explicit Scan(std::string_view text) : text_(text) {}

  std::optional<TomlExcess> run() {
    while (at_ < text_.size() && !excess_) step();
    return std::move(excess_);
  }

 private:
  // A bracket that is open: what held before it.
  struct Open {
    std::size_t level;
    std::size_t parts;
    bool is_table;
  };

  bool in_array() const { return !open_.empty() && !open_.back().is_table; }

  void step() {
    const char c = text_[at_];
    if (c == '"' || c == '\'') return skip_string(c);
    if (c == '#') return skip_comment();
    if (c == '\n' && open_.empty()) begin_statement();
    if (c == '.' && in_key_) add_part();
    if (c == '=' && in_key_) end_key();
    if (c == ',') end_item();
    if (c == '[' || c == '{') open_bracket(c == '{');
    if (c == ']' || c == '}') close_bracket();
    ++at_;
  }

  void skip_string(char quote) {
    const std::string_view rest = text_.substr(at_);
    const bool fenced = rest.size() >= 3 && rest[1] == quote && rest[2] == quote;
    at_ += fenced ? 3 : 1;
    for (; at_ < text_.size(); ++at_) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        ++at_;
      } else if (c == '\n' && !fenced) {
        return;
      } else if (c == quote && (!fenced || ends_fence(quote))) {
        break;
      }
    }
    ++at_;
  }

  // Up to two quotes may stand before the closing three.
  bool ends_fence(char quote) {
    std::size_t count = 0;
    while (at_ + count < text_.size() && text_[at_ + count] == quote && count < 5) ++count;
    at_ += count > 0 ? count - 1 : 0;
    return count >= 3;
  }

  void skip_comment() {
    while (at_ < text_.size() && text_[at_] != '\n') ++at_;
  }

  void begin_statement() {
    in_key_ = true;
    in_header_ = false;
    parts_ = 1;
  }

  void add_part() {
    ++parts_;
    require(level_ + parts_);
  }

  void end_key() {
    in_key_ = false;
    add_tables(parts_ - 1);
    require(level_ + parts_);
  }

  void end_item() {
    if (open_.empty()) return;
    parts_ = 1;
    in_key_ = !in_array();
  }

  void open_bracket(bool is_table) {
    if (open_.empty() && in_key_) return open_header();
    require(level_ + parts_);
    open_.push_back({level_, parts_, is_table});
    level_ += parts_;
    parts_ = 1;
    in_key_ = is_table;
  }

  // "[" and "[[" at the start of a statement; the table is as deep as its name has parts.
  void open_header() {
    level_ = in_header_ ? 2 : 1;
    in_header_ = true;
  }

  void close_bracket() {
    if (open_.empty()) {
      if (!in_header_) return;
      level_ += parts_;
      add_tables(parts_);
      in_header_ = in_key_ = false;
      return;
    }
    level_ = open_.back().level;
    parts_ = open_.back().parts;
    open_.pop_back();
    in_key_ = false;
  }

  void add_tables(std::size_t count) {
    tables_ += count;
    if (tables_ > max_toml_tables)
      refuse("more than " + std::to_string(max_toml_tables) + " tables");
  }

  void require(std::size_t depth) {
    if (depth > max_document_depth) refuse(too_deep());
  }

  void refuse(std::string message) {
    if (!excess_) excess_ = TomlExcess{at_, std::move(message)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t level_ = 1;   // of the table or array that is being filled; the document's is 1
  std::size_t parts_ = 1;   // of the key that is being read, or was
  bool in_key_ = true;      // else in a value
  bool in_header_ = false;  // between "[" and "]" at the start of a statement
  std::vector<Open> open_;
  std::size_t tables_ = 0;
  std::optional<TomlExcess> excess_;
};

}  // namespace

std::optional<TomlExcess> excess_of_toml(std::string_view text) { return Scan(text).run(); }

}  // namespace buildable
