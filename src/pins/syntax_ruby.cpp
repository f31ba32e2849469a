// Bundler's files. Gemfile: https://bundler.io/man/gemfile.5.html#RUBY. The lock names one version,
// with the patch level of its interpreter ("ruby 3.3.1p55") or another engine behind it.
#include <algorithm>

#include "base/text.h"
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

constexpr std::string_view another_engine = "it names another engine than the runtime's own";

// The insides of the texts that a call begins with; `rest` is what follows them.
std::vector<TextSpan> first_texts(std::string_view text, TextSpan& rest) {
  std::vector<TextSpan> texts;
  for (;;) {
    const std::size_t quote = rest.begin;
    if (quote >= rest.end || (text[quote] != '"' && text[quote] != '\'')) return texts;
    const std::size_t end = text.find(text[quote], quote + 1);
    if (end >= rest.end) return texts;
    texts.push_back({quote + 1, end});
    rest = trimmed(text, {end + 1, rest.end});
    if (rest.begin >= rest.end || text[rest.begin] != ',') return texts;
    rest = trimmed(text, {rest.begin + 1, rest.end});
  }
}

// The rest of a call from behind its last text on; a comma or an open bracket at the end of a line
// continues it on the next one.
std::string rest_of_call(std::string_view text, TextSpan rest) {
  constexpr int most_lines = 10;
  std::string call;
  for (int line = 0; line < most_lines; ++line) {
    std::string_view written = text.substr(rest.begin, rest.end - rest.begin);
    written = trim(written.substr(0, written.find('#')));
    call += written;
    const bool goes_on = written.ends_with(",") || written.ends_with("(") ||
                         written.ends_with("\\") || (written.empty() && line > 0);
    if (!goes_on || rest.end >= text.size()) break;
    rest = {rest.end + 1, std::min(text.find('\n', rest.end + 1), text.size())};
  }
  return call;
}

// What of the rest of a call keeps its first texts from being the version; empty: nothing.
std::string what_moves(std::string_view rest) {
  if (rest.find("engine") != std::string_view::npos) return std::string(another_engine);
  rest = trim(rest.substr(rest.starts_with(",") ? 1 : 0));
  if (rest.starts_with("\"") || rest.starts_with("'")) return "it goes on in the next line";
  return {};
}

void add_call(FileReading& file, const Place& place, TextSpan arguments) {
  const std::string_view text = file.text();
  const std::vector<TextSpan> texts = first_texts(text, arguments);
  if (texts.empty()) return;
  FoundValue found;
  found.place = &place;
  found.key = place.rules->key;
  found.value = found.version = {texts.front().begin, texts.back().end};
  if (texts.size() > 1) {
    std::vector<std::string> pieces;
    pieces.reserve(texts.size());
    for (const TextSpan piece : texts) pieces.emplace_back(file.slice(piece));
    found.said = join(pieces, ", ");
  }
  const std::size_t end = std::min(text.find('\n', texts.back().end), text.size());
  found.moves = what_moves(rest_of_call(text, {texts.back().end + 1, end}));
  file.add(std::move(found));
}

void add_locked(FileReading& file, const Place& place, TextSpan value) {
  FoundValue found;
  found.place = &place;
  found.key = place.rules->key;
  found.value = found.version = value;
  const std::string_view written = file.slice(value);
  if (written.find('(') != std::string_view::npos) found.moves = another_engine;
  const std::size_t level = written.find_last_not_of("0123456789");
  const bool leveled = level != std::string_view::npos && level + 1 < written.size() && level > 0 &&
                       written[level] == 'p' && written[level - 1] >= '0' &&
                       written[level - 1] <= '9';
  if (leveled) found.version.end = value.begin + level;
  file.add(std::move(found));
}

}  // namespace

void find_calls(FileReading& file, const Places& places) {
  const std::string_view text = file.text();
  for (TextSpan line : line_spans(text)) {
    line = trimmed(text, line);
    for (const Place* place : places) {
      const std::string& key = place->rules->key;
      if (!file.slice(line).starts_with(key)) continue;
      const TextSpan rest{line.begin + key.size(), line.end};
      TextSpan arguments = trimmed(text, rest);
      if (arguments.begin < arguments.end && text[arguments.begin] == '(')
        arguments = trimmed(text, {arguments.begin + 1, arguments.end});
      if (arguments.begin > rest.begin) add_call(file, *place, arguments);
    }
  }
}

void find_lock_sections(FileReading& file, const Places& places) {
  const std::vector<TextSpan> lines = line_spans(file.text());
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    for (const Place* place : places) {
      if (file.slice(lines[i]) != place->rules->key) continue;
      const TextSpan value = trimmed(file.text(), lines[i + 1]);
      if (value.begin > lines[i + 1].begin) add_locked(file, *place, value);
    }
  }
}

}  // namespace buildable::pins
