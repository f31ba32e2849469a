#include "ingest/reference.h"

#include <algorithm>

#include "base/characters.h"
#include "base/digest.h"

namespace buildable::ingest {
namespace {

bool consists_of(std::string_view text, std::string_view punctuation) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_digit(c) || is_letter(c) || punctuation.find(c) != std::string_view::npos;
  });
}

// The tag or digest of the last part of a reference: the repository is what precedes it.
std::string_view repository_of(std::string_view text) {
  std::size_t at = text.find('@');
  if (at != std::string_view::npos) {
    return is_sha256_digest(text.substr(at + 1)) ? text.substr(0, at) : std::string_view{};
  }
  std::size_t colon = text.rfind(':');
  std::size_t slash = text.rfind('/');
  if (colon == std::string_view::npos || slash == std::string_view::npos || colon < slash)
    return {};
  std::string_view tag = text.substr(colon + 1);
  return tag.size() <= 128 && consists_of(tag, "._-") ? text.substr(0, colon) : std::string_view{};
}

}  // namespace

bool is_image_reference(std::string_view text) {
  std::string_view repository = repository_of(text);
  std::size_t slash = repository.find('/');
  if (slash == std::string_view::npos || slash == 0 || repository.size() > 512) return false;
  std::string_view host = repository.substr(0, slash);
  std::string_view path = repository.substr(slash + 1);
  bool names_a_host = host.find_first_of(".:") != std::string_view::npos || host == "localhost";
  bool whole = !path.empty() && path.front() != '/' && path.back() != '/' &&
               path.find("//") == std::string_view::npos;
  return names_a_host && whole && consists_of(host, ".:-") && consists_of(path, "._-/");
}

bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

bool is_buildpack_id(std::string_view text) {
  return text.size() <= 200 && consists_of(text, "./-_") && text.front() != '/' &&
         text.back() != '/';
}

bool is_buildpack_version(std::string_view text) {
  int numbers = 0;
  while (true) {
    std::size_t end = std::min(text.find('.'), text.size());
    std::string_view number = text.substr(0, end);
    bool decimal = !number.empty() && number.size() <= 9 &&
                   std::all_of(number.begin(), number.end(), is_digit) &&
                   (number.size() == 1 || number.front() != '0');
    if (!decimal) return false;
    ++numbers;
    if (end == text.size()) return numbers == 3;
    text.remove_prefix(end + 1);
  }
}

}  // namespace buildable::ingest
