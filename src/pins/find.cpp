#include "pins/find.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "base/text.h"
#include "pins/find_files.h"
#include "pins/find_ignores.h"
#include "pins/find_value.h"
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

// By their place in the text. One value that two ways led to is one pin, unreadable if it is so for
// one of them.
void put_in_order(std::vector<Pin>& pins) {
  const auto before = [](const Pin& a, const Pin& b) {
    return std::tie(a.value_span.begin, a.value_span.end, a.runtime) <
           std::tie(b.value_span.begin, b.value_span.end, b.runtime);
  };
  std::stable_sort(pins.begin(), pins.end(), [&before](const Pin& a, const Pin& b) {
    if (before(a, b) || before(b, a)) return before(a, b);
    return a.form == PinForm::unreadable && b.form != PinForm::unreadable;
  });
  std::vector<Pin> kept;
  for (Pin& pin : pins) {
    if (kept.empty() || before(kept.back(), pin)) {
      kept.push_back(std::move(pin));
      continue;
    }
    if (kept.back().list == 0) kept.back().list = pin.list;
    kept.back().has_digest = kept.back().has_digest || pin.has_digest;
    if (kept.back().distribution.empty()) kept.back().distribution = std::move(pin.distribution);
  }
  pins = std::move(kept);
}

// The pins are in order, so the text is gone through once.
void set_positions(std::string_view text, std::vector<Pin>& pins) {
  int line = 1;
  std::size_t line_begin = 0, looked_at = 0;
  for (Pin& pin : pins) {
    const std::string_view before = text.substr(0, pin.value_span.begin);
    for (std::size_t end = before.find('\n', looked_at); end != std::string_view::npos;
         end = before.find('\n', line_begin)) {
      ++line;
      line_begin = end + 1;
    }
    looked_at = before.size();
    pin.line = line;
    pin.column = static_cast<int>(pin.value_span.begin - line_begin) + 1;
  }
}

// What no syntax is asked for.
std::optional<Diagnostic> unread(const RepositoryFile& file) {
  Diagnostic problem{.message = {}, .file = file.path, .hint = {}};
  if (file.text.size() > max_pin_file_size) {
    problem.message = "larger than " + std::to_string(max_pin_file_size >> 20U) + " MB, not read";
    problem.hint = "leave it out of the check if it is not the file that its name says";
    return problem;
  }
  const std::size_t zero = file.text.find('\0');
  if (zero == std::string::npos) return std::nullopt;
  const TextPosition position = position_at(file.text, zero);
  problem.message = "not text: it has a zero byte";
  problem.line = position.line;
  problem.column = position.column;
  problem.hint = "save it as UTF-8 (some shells write UTF-16)";
  return problem;
}

}  // namespace

struct PinFinder::Index {
  std::vector<ValueReader> runtimes;
  std::vector<Place> places;
  FileIndex files;
  FileIndex telling;  // those of them whose name tells what is in them

  explicit Index(const Rules& rules) {
    for (const RuntimeRules& runtime : rules.runtimes) {
      for (const PinPlace& place : runtime.pins)
        add({&runtime, &place, &rules.platform.distributions});
      runtimes.emplace_back(runtime);
    }
  }

  void add(const Place& added) {
    const PinPlace& place = *added.rules;
    const std::size_t number = places.size();
    const auto add_telling = [&](std::string_view pattern) {
      files.add(pattern, number);
      telling.add(pattern, number);
    };
    for (const std::string& pattern : place.files) add_telling(pattern);
    if (place.files.empty()) {
      const SyntaxEntry& syntax = entry_of(place.syntax);
      for (const std::string_view pattern : syntax.files) add_telling(pattern);
      for (const std::string_view pattern : syntax.guesses) files.add(pattern, number);
      for (const std::string_view word : syntax.words) files.add_word(word, number);
    }
    places.push_back(added);
  }

  std::map<PinSyntax, Places> by_syntax(std::string_view path) const {
    std::map<PinSyntax, Places> sorted;
    for (const std::size_t number : files.numbers(path)) {
      const Place& place = places[number];
      sorted[place.rules->syntax].push_back(&place);
    }
    return sorted;
  }

  const ValueReader& reader_of(const Place& place) const {
    for (const ValueReader& reader : runtimes)
      if (reader.runtime == place.runtime) return reader;
    return runtimes.front();
  }
};

PinFinder::PinFinder(const Rules& rules) : index_(std::make_unique<const Index>(rules)) {}
PinFinder::~PinFinder() = default;
PinFinder::PinFinder(PinFinder&&) noexcept = default;
PinFinder& PinFinder::operator=(PinFinder&&) noexcept = default;

bool PinFinder::wants(std::string_view path) const { return index_->files.matches(path); }
bool PinFinder::wants_surely(std::string_view path) const { return index_->telling.matches(path); }

FoundPins PinFinder::find(const RepositoryFile& file) const {
  FoundPins result;
  const auto sorted = index_->by_syntax(file.path);
  if (sorted.empty()) return result;
  const NameTells tells = wants_surely(file.path) ? NameTells::all : NameTells::little;
  if (auto problem = unread(file)) {
    if (tells == NameTells::all) result.problems.push_back(*std::move(problem));
    return result;
  }
  FileReading reading(file.path, file.text, tells);
  for (const auto& [syntax, places] : sorted) entry_of(syntax).find(reading, places);
  for (const FoundValue& found : reading.found())
    result.pins.push_back(index_->reader_of(*found.place).read(found, file.path, file.text));
  put_in_order(result.pins);
  set_positions(file.text, result.pins);
  result.problems = std::move(reading.problems());
  apply_ignores(file.path, file.text, result.pins, result.problems);
  return result;
}

}  // namespace buildable::pins
