#include <optional>
#include <vector>

#include "base/text.h"
#include "ingest/limits.h"
#include "ingest/source_constants.h"

namespace buildable::ingest {
namespace {

tl::unexpected<Error> problem_at(int line, std::string message) {
  return fail(Diagnostic{.message = std::move(message),
                         .line = line,
                         .hint = "the source has changed its form: read it by hand"});
}

std::optional<std::string_view> unquoted(std::string_view text) {
  bool is_text = text.size() > 2 && text.front() == '"' && text.back() == '"';
  if (!is_text) return std::nullopt;
  text = text.substr(1, text.size() - 2);
  if (text.find_first_of("\"\\") != std::string_view::npos) return std::nullopt;
  return text;
}

// `"8" | "1.8" => "1.8.0_392",` adds two aliases.
bool read_arm(std::string_view line, std::map<std::string, std::string>& aliases) {
  std::size_t arrow = line.find(" => ");
  if (arrow == std::string_view::npos || line.back() != ',') return false;
  auto version = unquoted(line.substr(arrow + 4, line.size() - arrow - 5));
  if (!version) return false;
  for (std::string_view name : split(line.substr(0, arrow), '|')) {
    auto alias = unquoted(trim(name));
    if (!alias || !aliases.emplace(*alias, *version).second) return false;
  }
  return true;
}

bool begins_table(std::string_view line, std::string_view next) {
  return line.find("= match ") != std::string_view::npos && line.back() == '{' && !next.empty() &&
         next.front() == '"';
}

}  // namespace

Result<std::map<std::string, std::string>> parse_alias_table(std::string_view source) {
  Result<void> checked = check_text(source, limits::source, "the source");
  if (!checked) return fail(std::move(checked.error()));
  std::vector<std::string_view> lines;
  for (std::string_view line : split_lines(source)) lines.push_back(trim(line));

  std::map<std::string, std::string> aliases;
  for (std::size_t at = 0; at + 1 < lines.size(); ++at) {
    if (lines[at].empty() || !begins_table(lines[at], lines[at + 1])) continue;
    if (!aliases.empty()) return problem_at(static_cast<int>(at) + 1, "a second alias table");
    for (++at; at < lines.size() && lines[at] != "other => other,"; ++at) {
      if (lines[at].empty() || !read_arm(lines[at], aliases)) {
        return problem_at(static_cast<int>(at) + 1, "no alias: " + in_quotes(lines[at]));
      }
    }
    if (at + 1 >= lines.size() || lines[at + 1] != "};") {
      return problem_at(static_cast<int>(at), "the alias table does not end with 'other => other'");
    }
  }
  if (aliases.empty()) return problem_at(0, "the source has no alias table");
  return aliases;
}

}  // namespace buildable::ingest
