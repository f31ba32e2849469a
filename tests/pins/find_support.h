// Finding pins with the shipped rules, and how tests write what is found.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "base/text.h"
#include "pins/find.h"
#include "rules/embedded.h"
#include "version/set.h"

namespace buildable::testing {

using namespace pins;

inline const PinFinder& finder() {
  static const PinFinder made(embedded_rules());
  return made;
}

inline std::string_view name_of(PinForm form) {
  constexpr std::string_view names[] = {"exact", "series", "range", "moving", "unreadable"};
  return names[static_cast<int>(form)];
}

// "python [key] value -> version form accepts @line:column"
inline std::string summary(const Pin& pin) {
  std::string text = pin.runtime + " [" + pin.key + "] " + pin.value + " -> " + pin.version + " " +
                     std::string(name_of(pin.form));
  if (pin.accepts) text += " " + to_string(*pin.accepts);
  return text + " @" + std::to_string(pin.line) + ":" + std::to_string(pin.column);
}

inline std::string summary(const FoundPins& found) {
  std::string text;
  for (const Pin& pin : found.pins) text += (text.empty() ? "" : "\n") + summary(pin);
  for (const Diagnostic& problem : found.problems)
    text += (text.empty() ? "" : "\n") + std::string("! ") + to_text(problem);
  return text;
}

// What holds for every pin of every file.
inline void check_places(const RepositoryFile& file, const FoundPins& found) {
  const auto slice = [&file](TextSpan span) {
    return file.text.substr(span.begin, span.end - span.begin);
  };
  for (const Pin& pin : found.pins) {
    CAPTURE(summary(pin));
    REQUIRE(pin.value_span.begin <= pin.value_span.end);
    REQUIRE(pin.value_span.end <= file.text.size());
    CHECK(slice(pin.value_span) == pin.value);
    CHECK(slice(pin.version_span) == pin.version);
    CHECK(pin.value_span.begin <= pin.version_span.begin);
    CHECK(pin.version_span.end <= pin.value_span.end);
    const TextPosition position = position_at(file.text, pin.value_span.begin);
    CHECK(position.line == pin.line);
    CHECK(position.column == pin.column);
    CHECK(pin.file == file.path);
    CHECK((pin.form != PinForm::unreadable || !pin.problem.empty()));
    const bool known = pin.form != PinForm::unreadable && pin.form != PinForm::moving;
    CHECK(pin.accepts.has_value() == known);
    CHECK((pin.form == PinForm::range) == !pin.grammar.empty());
    CHECK(embedded_rules().find(pin.runtime) != nullptr);
  }
}

}  // namespace buildable::testing
