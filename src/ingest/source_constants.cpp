#include "ingest/source_constants.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "ingest/limits.h"

namespace buildable::ingest {
namespace {

tl::unexpected<Error> problem_at(int line, std::string_view name, std::string message) {
  return fail(Diagnostic{.message = std::move(message),
                         .line = line,
                         .path = std::string(name),
                         .hint = "the source has changed its form: read it by hand"});
}

// The text after "const " of a declaration in the first column.
std::optional<std::string_view> declaration(std::string_view line) {
  for (std::string_view visibility : {"pub(crate) ", "pub ", ""}) {
    std::string start = std::string(visibility) + "const ";
    if (line.starts_with(start)) return line.substr(start.size());
  }
  return std::nullopt;
}

// Appends with runs of white space folded into one space.
void append_folded(std::string& text, std::string_view line) {
  line = trim(line.substr(0, line.find("//")));
  if (line.empty()) return;
  if (!text.empty()) text += ' ';
  text += line;
}

struct Declaration {
  std::string text;  // NAME: TYPE = VALUE
  int line;
  bool complete;
};

// Comments are cut at "//" unless the value is a quoted text, which may hold one ("https://").
Declaration read_declaration(const std::vector<std::string_view>& lines, std::size_t first,
                             std::string_view start) {
  constexpr std::size_t longest = 40;  // lines
  Declaration found{{}, static_cast<int>(first) + 1, true};
  if (start.find('"') != std::string_view::npos) {
    std::size_t end = start.rfind(';');
    found.complete = end != std::string_view::npos;
    found.text = trim(start.substr(0, end));
    return found;
  }
  append_folded(found.text, start);
  for (std::size_t next = first + 1; found.text.empty() || found.text.back() != ';'; ++next) {
    bool ends = next >= lines.size() || next > first + longest || trim(lines[next]).empty();
    if (ends) return {found.text, found.line, false};
    append_folded(found.text, lines[next]);
  }
  found.text.pop_back();
  return found;
}

Result<const SourceConstant*> constant(const SourceConstants& constants, std::string_view name) {
  auto at = constants.find(name);
  if (at != constants.end()) return &at->second;
  return problem_at(0, name, "the constant is missing");
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() <= 9 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "(3, 14, 5)" as its pieces.
std::vector<std::string_view> arguments_of(std::string_view text) {
  std::vector<std::string_view> arguments;
  for (std::string_view piece : split(text, ',')) arguments.push_back(trim(piece));
  while (!arguments.empty() && arguments.back().empty()) arguments.pop_back();
  return arguments;
}

std::optional<std::string> from_constructor(std::string_view value) {
  std::size_t open = value.find("::new(");
  if (open == std::string_view::npos || value.back() != ')') return std::nullopt;
  std::string_view inner = value.substr(open + 6, value.size() - open - 7);
  std::vector<std::string_view> numbers = arguments_of(inner);
  bool all = numbers.size() == 3 && std::all_of(numbers.begin(), numbers.end(), is_number);
  if (!all) return std::nullopt;
  return std::string(numbers[0]) + "." + std::string(numbers[1]) + "." + std::string(numbers[2]);
}

// The value of `field: value` among the pieces of a struct literal.
std::string_view field(const std::vector<std::string_view>& pieces, std::string_view name) {
  for (std::string_view piece : pieces) {
    std::size_t colon = piece.find(':');
    if (colon != std::string_view::npos && piece.substr(0, colon) == name) {
      return trim(piece.substr(colon + 1));
    }
  }
  return {};
}

std::optional<std::string> from_literal(std::string_view value) {
  std::size_t open = value.find('{');
  if (open == std::string_view::npos || value.back() != '}') return std::nullopt;
  auto pieces = arguments_of(value.substr(open + 1, value.size() - open - 2));
  std::string_view major = field(pieces, "major");
  std::string_view minor = field(pieces, "minor");
  std::string_view patch = field(pieces, "patch");
  if (!is_number(major) || !is_number(minor)) return std::nullopt;
  std::string series = std::string(major) + "." + std::string(minor);
  if (patch == "None") return series;
  if (patch.starts_with("Some(") && patch.back() == ')') patch = patch.substr(5, patch.size() - 6);
  return is_number(patch) ? std::optional(series + "." + std::string(patch)) : std::nullopt;
}

}  // namespace

Result<SourceConstants> parse_source_constants(std::string_view source) {
  Result<void> checked = check_text(source, limits::source, "the source");
  if (!checked) return fail(std::move(checked.error()));
  std::vector<std::string_view> lines = split_lines(source);
  SourceConstants constants;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    std::optional<std::string_view> start = declaration(lines[at]);
    if (!start) continue;
    Declaration read = read_declaration(lines, at, *start);
    std::size_t colon = read.text.find(':');
    std::size_t equals = read.text.find('=');
    bool whole = read.complete && colon != std::string::npos && equals != std::string::npos &&
                 colon < equals;
    if (!whole) return problem_at(read.line, "", "a constant that does not end");
    std::string name(trim(std::string_view(read.text).substr(0, colon)));
    SourceConstant value{std::string(trim(std::string_view(read.text).substr(equals + 1))),
                         read.line};
    if (!constants.emplace(name, std::move(value)).second) {
      return problem_at(read.line, name, "the constant stands twice");
    }
  }
  if (constants.empty()) return problem_at(0, "", "the source has no constants");
  return constants;
}

Result<std::string> integer_constant(const SourceConstants& constants, std::string_view name) {
  Result<const SourceConstant*> found = constant(constants, name);
  if (!found) return fail(std::move(found.error()));
  if (is_number((*found)->value)) return (*found)->value;
  return problem_at((*found)->line, name, "no number: " + in_quotes((*found)->value));
}

Result<std::string> text_constant(const SourceConstants& constants, std::string_view name) {
  Result<const SourceConstant*> found = constant(constants, name);
  if (!found) return fail(std::move(found.error()));
  std::string_view value = (*found)->value;
  std::string_view inner = value.size() > 2 ? value.substr(1, value.size() - 2) : "";
  bool is_text = !inner.empty() && value.front() == '"' && value.back() == '"' &&
                 inner.find_first_of("\"\\") == std::string_view::npos;
  if (is_text) return std::string(inner);
  return problem_at((*found)->line, name, "no plain text: " + in_quotes(value));
}

Result<std::string> version_constant(const SourceConstants& constants, std::string_view name) {
  constexpr int longest_chain = 4;
  std::string current(name);
  for (int steps = 0; steps < longest_chain; ++steps) {
    Result<const SourceConstant*> found = constant(constants, current);
    if (!found) return fail(std::move(found.error()));
    const SourceConstant& read = **found;
    if (read.value.empty()) return problem_at(read.line, name, "no value");
    if (std::optional<std::string> version = from_constructor(read.value)) return *version;
    if (std::optional<std::string> version = from_literal(read.value)) return *version;
    if (constants.find(read.value) == constants.end()) {
      return problem_at(read.line, name, "no version: " + in_quotes(read.value));
    }
    current = read.value;
  }
  return problem_at(0, name, "constants that name each other");
}

}  // namespace buildable::ingest
