#include "build/gemfile.h"

#include <algorithm>
#include <array>

#include "base/characters.h"
#include "base/text.h"

namespace buildable::build {
namespace {

constexpr std::string_view ruby_call = "ruby";

// The line without its comment. A quote that has no end on the line takes the rest of it.
std::string_view code_of(std::string_view line) {
  char quote = '\0';
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (line[at] == '\\')
      ++at;
    else if (quote != '\0')
      quote = line[at] == quote ? '\0' : quote;
    else if (line[at] == '"' || line[at] == '\'')
      quote = line[at];
    else if (line[at] == '#')
      return line.substr(0, at);
  }
  return line;
}

std::string_view first_word(std::string_view code) {
  std::size_t length = 0;
  while (length < code.size() && is_word_character(code[length])) ++length;
  return code.substr(0, length);
}

// How often the method may be called on the line: the word, with blanks or a bracket behind it.
int calls_in(std::string_view code) {
  int count = 0;
  for (std::size_t at = code.find(ruby_call); at != std::string_view::npos;
       at = code.find(ruby_call, at + 1)) {
    const std::size_t end = at + ruby_call.size();
    const bool begins =
        at == 0 || std::string_view(" \t;(&|{.").find(code[at - 1]) != std::string_view::npos;
    count += begins && end < code.size() &&
                     std::string_view(" \t(").find(code[end]) != std::string_view::npos
                 ? 1
                 : 0;
  }
  return count;
}

bool opens_block(std::string_view code) {
  constexpr std::array<std::string_view, 10> words{"if",  "unless", "case",  "while", "until",
                                                   "for", "begin",  "class", "def",   "module"};
  if (std::find(words.begin(), words.end(), first_word(code)) != words.end())
    return !code.ends_with(" end");
  if (code.ends_with('|')) code = trim(code.substr(0, code.find_last_of('|', code.size() - 2)));
  return code.ends_with(" do") || code.ends_with('{');
}

bool closes_block(std::string_view code) {
  return first_word(code) == "end" || code.starts_with('}');
}

// The arguments of a call, one after the other.
class GemfileArguments {
 public:
  explicit GemfileArguments(std::string_view rest) : rest_(trim(rest)) {}

  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_ = trim(rest_.substr(word.size()));
    return true;
  }

  // A string in quotes that holds no code and no escape.
  std::optional<std::string> take_string() {
    if (rest_.empty() || (rest_.front() != '"' && rest_.front() != '\'')) return std::nullopt;
    const std::size_t end = rest_.find(rest_.front(), 1);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view value = rest_.substr(1, end - 1);
    if (value.find_first_of("\\#") != std::string_view::npos) return std::nullopt;
    rest_ = trim(rest_.substr(end + 1));
    return std::string(value);
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<GemfileRuby> read_ruby_call(std::string_view code, int line) {
  GemfileArguments arguments(code.substr(ruby_call.size()));
  GemfileRuby found{{}, {}, line};
  const bool in_brackets = arguments.take("(");
  if (arguments.take("file:") || (arguments.take(":file") && arguments.take("=>"))) {
    auto file = arguments.take_string();
    if (!file || file->empty()) return std::nullopt;
    found.file = std::move(*file);
  } else {
    const bool in_list = arguments.take("[");
    do {
      auto requirement = arguments.take_string();
      if (!requirement) return std::nullopt;
      found.requirements.push_back(std::move(*requirement));
    } while (arguments.take(","));
    if (in_list && !arguments.take("]")) return std::nullopt;
  }
  if (in_brackets && !arguments.take(")")) return std::nullopt;
  return arguments.at_end() ? std::optional(std::move(found)) : std::nullopt;
}

// Whether other files or code may ask for a Ruby, or a text begins that goes on over lines.
bool may_hide_calls(std::string_view code) {
  constexpr std::array<std::string_view, 7> names{"eval", "eval_gemfile", "instance_eval", "load",
                                                  "send", "public_send",  "__send__"};
  while (!code.empty()) {
    const std::string_view word = first_word(code);
    if (std::find(names.begin(), names.end(), word) != names.end() || code.starts_with("<<"))
      return true;
    code.remove_prefix(std::max<std::size_t>(word.size(), 1));
  }
  return false;
}

}  // namespace

std::optional<GemfileRuby> ruby_of_gemfile(std::string_view text) {
  std::optional<GemfileRuby> found;
  int number = 0, depth = 0, calls = 0;
  bool in_comment = false;
  for (const std::string_view line : split_lines(text)) {
    ++number;
    if (line == "__END__") break;
    if (line.starts_with("=begin")) in_comment = true;
    if (in_comment) {
      in_comment = !line.starts_with("=end");
      continue;
    }
    const std::string_view code = trim(code_of(line));
    if (may_hide_calls(code)) return std::nullopt;
    const int here = calls_in(code);
    calls += here;
    if (here > 0 && depth == 0 && first_word(code) == ruby_call)
      found = read_ruby_call(code, number);
    if (closes_block(code) && --depth < 0) return std::nullopt;
    if (opens_block(code)) ++depth;
  }
  return calls == 1 && depth == 0 ? found : std::nullopt;
}

}  // namespace buildable::build
