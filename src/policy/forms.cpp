#include "policy/forms.h"

#include <algorithm>
#include <span>

#include "base/characters.h"
#include "base/text.h"

namespace buildable {
namespace {

using Numbers = std::vector<std::string>;

// A form or a text in pieces: what stands for itself, and numbers.
struct Piece {
  std::string text;  // of a number in a written text: its digits
  bool number = false;
};
using Pieces = std::vector<Piece>;

bool is_placeholder(std::string_view form, std::size_t at) {
  if (std::string_view("XYZNABCD").find(form[at]) != std::string_view::npos) return true;
  return (form[at] == 'x' || form[at] == 'y') && at > 0 && form[at - 1] == '.';
}

void append_literal(Pieces& pieces, char c) {
  if (pieces.empty() || pieces.back().number) pieces.push_back({});
  pieces.back().text += c;
}

Pieces pieces_of_form(std::string_view form) {
  Pieces pieces;
  for (std::size_t at = 0; at < form.size(); ++at) {
    if (!is_placeholder(form, at)) {
      append_literal(pieces, form[at]);
      continue;
    }
    pieces.push_back({"", true});
    while (at + 1 < form.size() && form[at + 1] == form[at]) ++at;
  }
  return pieces;
}

Pieces pieces_of_text(std::string_view text) {
  Pieces pieces;
  for (const char c : text) {
    if (!is_digit(c)) {
      append_literal(pieces, c);
      continue;
    }
    if (pieces.empty() || !pieces.back().number) pieces.push_back({"", true});
    pieces.back().text += c;
  }
  return pieces;
}

std::size_t count_numbers(const Pieces& pieces) {
  return static_cast<std::size_t>(
      std::count_if(pieces.begin(), pieces.end(), [](const Piece& each) { return each.number; }));
}

std::size_t count_digits(const Pieces& pieces) {
  std::size_t count = 0;
  for (const Piece& piece : pieces)
    if (!piece.number)
      count +=
          static_cast<std::size_t>(std::count_if(piece.text.begin(), piece.text.end(), is_digit));
  return count;
}

// Without the letters at its beginning.
Pieces without_prefix(Pieces pieces) {
  if (pieces.empty() || pieces.front().number) return pieces;
  std::string& text = pieces.front().text;
  text.erase(
      0, static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_digit) - text.begin()));
  return pieces;
}

// The last numbers of the pieces replaced by the last of these, as many as there are of both.
std::string filled(const Pieces& pieces, std::span<const std::string> numbers) {
  const std::size_t places = count_numbers(pieces);
  std::size_t kept = places > numbers.size() ? places - numbers.size() : 0;
  std::size_t next = numbers.size() > places ? numbers.size() - places : 0;
  std::string text;
  for (const Piece& piece : pieces) {
    if (!piece.number)
      text += piece.text;
    else if (kept > 0)
      text += piece.text, --kept;
    else
      text += numbers[next++];
  }
  return text;
}

bool says(const Version& version, std::string_view text) {
  const auto named = parse_named(version.scheme(), text);
  return named && named->exact && *named->exact == version;
}

bool says_series(Scheme scheme, const Numbers& numbers, std::string_view text) {
  const auto named = parse_named(scheme, text);
  return named && !named->exact && named->series == numbers;
}

void add_once(std::vector<std::string>& texts, std::string text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(std::move(text));
}

}  // namespace

bool matches_form(std::string_view form, std::string_view text) {
  for (const Piece& piece : pieces_of_form(form)) {
    if (!piece.number) {
      if (text.substr(0, piece.text.size()) != piece.text) return false;
      text.remove_prefix(piece.text.size());
      continue;
    }
    const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
    if (end == text.begin()) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
  }
  return text.empty();
}

std::vector<std::string> spelled_in_forms(const PinFile& place, const Version& version) {
  const Numbers numbers = version.release();
  std::vector<std::pair<std::size_t, std::string>> found;
  for (const std::string& form : place.forms) {
    const Pieces pieces = without_prefix(pieces_of_form(form));
    if (count_numbers(pieces) == 0 || count_numbers(pieces) > numbers.size()) continue;
    std::string text = filled(pieces, numbers);
    if (says(version, text)) found.emplace_back(count_digits(pieces), std::move(text));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> texts;
  for (auto& [digits, text] : found)
    if (digits > 0 || found.front().first == 0) add_once(texts, std::move(text));
  return texts;
}

std::vector<std::string> series_in_forms(const PinFile& place, Scheme scheme,
                                         const Numbers& numbers) {
  std::vector<std::string> texts;
  for (std::size_t count = numbers.size(); count > 0; --count) {
    const Numbers some(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(count));
    for (const std::string& form : place.forms) {
      const Pieces pieces = without_prefix(pieces_of_form(form));
      if (count_numbers(pieces) != count) continue;
      std::string text = filled(pieces, some);
      if (says_series(scheme, some, text)) add_once(texts, std::move(text));
    }
  }
  return texts;
}

std::string form_prefix(const PinFile& place) {
  std::string prefix;
  for (const std::string& form : place.forms) {
    const Pieces pieces = pieces_of_form(form);
    if (count_numbers(pieces) == 0) continue;
    if (pieces.front().number || is_digit(pieces.front().text.front())) return {};
    if (prefix.empty()) prefix = pieces.front().text;
  }
  return prefix;
}

std::vector<std::string> spelled_like(std::string_view written, const Version& version) {
  const Numbers numbers = version.release();
  const Pieces pieces = pieces_of_text(written);
  std::vector<std::string> texts;
  const auto add = [&](std::string text) {
    if (says(version, text)) add_once(texts, std::move(text));
  };
  if (count_numbers(pieces) == numbers.size()) add(filled(pieces, numbers));
  if (count_numbers(pieces) > 0) add(filled(pieces, std::span(numbers).last(1)));
  return texts;
}

std::string spelled_for_people(const RuntimePolicy& runtime, std::string_view version) {
  const auto named = parse_named(runtime.scheme, version);
  if (named && named->exact && !runtime.reads.empty()) {
    const auto texts = spelled_in_forms(runtime.reads.front(), *named->exact);
    if (!texts.empty()) return texts.front();
  }
  return std::string(version);
}

}  // namespace buildable
