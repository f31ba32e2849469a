#include "pins/syntax.h"

#include "base/text.h"
#include "base/text_index.h"

namespace buildable::pins {
namespace {

constexpr std::size_t max_values = 1000;  // no file that people write has more

// YAML alone holds several documents.
Result<std::vector<Node>> read_documents(PinSyntax syntax, std::string_view text,
                                         std::string_view path) {
  if (trim(text).empty()) return std::vector<Node>{};
  const auto parse = entry_of(syntax).parse;
  if (!parse) return parse_yaml_documents(text, path, YamlAliases::keep);
  Result<Node> document = parse(text, path);
  if (!document) return fail(document.error());
  std::vector<Node> documents;
  documents.push_back(*std::move(document));
  return documents;
}

}  // namespace

const std::vector<Node>& FileReading::documents(PinSyntax syntax) {
  if (documents_) return *documents_;
  auto read = read_documents(syntax, text_, path_);
  if (read) return documents_.emplace(*std::move(read));
  if (!is_guess())
    for (const Diagnostic& problem : read.error().diagnostics()) problems_.push_back(problem);
  return documents_.emplace();
}

void FileReading::add(FoundValue value) {
  if (found_.size() < max_values) return found_.push_back(std::move(value));
  if (full_) return;
  full_ = true;
  problems_.push_back(
      {.message = "more than " + std::to_string(max_values) +
                  " versions in one file; the rest is not read",
       .file = std::string(path_),
       .hint = "leave it out of the check if it is not the file that its name says"});
}

void FileReading::add_whole(const Place& place, std::string_view key, TextSpan value) {
  FoundValue found;
  found.place = &place;
  found.key = key;
  found.value = value;
  found.version = value;
  add(std::move(found));
}

std::vector<TextSpan> line_spans(std::string_view text) {
  std::vector<TextSpan> lines;
  std::size_t begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (begin < text.size()) {
    const std::size_t newline = std::min(text.find('\n', begin), text.size());
    const bool returns = newline > begin && text[newline - 1] == '\r';
    lines.push_back({begin, newline - (returns ? 1 : 0)});
    begin = newline + 1;
  }
  return lines;
}

TextSpan trimmed(std::string_view text, TextSpan span) {
  const auto is_space = [text](std::size_t at) { return text[at] == ' ' || text[at] == '\t'; };
  while (span.begin < span.end && is_space(span.begin)) ++span.begin;
  while (span.begin < span.end && is_space(span.end - 1)) --span.end;
  return span;
}

}  // namespace buildable::pins
