// Private to src/pins/judge*.cpp: how reasons are put together.
#pragma once

#include <string>

namespace buildable::pins {

// With a full stop where nothing closes it.
inline std::string sentence(std::string text) {
  constexpr std::string_view closing = ".!?»\"";
  if (!text.empty() && closing.find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

// For the middle of a sentence.
inline std::string uncapitalized(std::string text) {
  if (!text.empty() && text.front() >= 'A' && text.front() <= 'Z') text.front() += 'a' - 'A';
  return text;
}

// Behind what is there; nothing of an empty one.
inline void append_sentence(std::string& text, std::string more) {
  if (more.empty()) return;
  if (!text.empty()) text += ' ';
  text += sentence(std::move(more));
}

}  // namespace buildable::pins
