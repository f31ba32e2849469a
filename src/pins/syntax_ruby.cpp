// Bundler's files. Gemfile: https://bundler.io/man/gemfile.5.html#RUBY. The lock names one version,
// with the patch level of its interpreter ("ruby 3.3.1p55") or another engine behind it.
#include <algorithm>

#include "base/text.h"
#include "pins/syntax.h"

namespace buildable {
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
  const std::string_view rest = file.slice(arguments);
  if (rest.substr(0, rest.find('#')).find("engine") != std::string_view::npos)
    found.moves = another_engine;
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

}  // namespace buildable
