#include <algorithm>
#include <charconv>

#include "base/digest.h"
#include "base/text.h"
#include "net/registry.h"
#include "net/registry_documents.h"

namespace buildable::net {
namespace {

constexpr std::size_t longest_reference = 512;
constexpr std::string_view digits = "0123456789";
constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz0123456789";
constexpr std::string_view letters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

bool consists_of(std::string_view text, std::string_view alphabet, std::string_view more = {}) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return alphabet.find(c) != std::string_view::npos || more.find(c) != std::string_view::npos;
  });
}

bool contains(std::string_view alphabet, char c) { return alphabet.find(c) != alphabet.npos; }

bool is_port(std::string_view text) {
  unsigned port = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return consists_of(text, digits) && error == std::errc() && end == text.data() + text.size() &&
         port >= 1 && port <= 65535;
}

// A host is what could not be the first part of a path: it has a dot or a port, or is "localhost".
bool is_host(std::string_view text) {
  std::size_t colon = text.find(':');
  std::string_view name = text.substr(0, colon);
  if (colon != std::string_view::npos && !is_port(text.substr(colon + 1))) return false;
  bool named = colon != std::string_view::npos || name.find('.') != std::string_view::npos ||
               name == "localhost";
  return named && consists_of(name, letters, ".-") && contains(letters, name.front()) &&
         contains(letters, name.back()) && name.find("..") == std::string_view::npos;
}

bool is_path_part(std::string_view text) {
  return consists_of(text, lower, "._-") && contains(lower, text.front()) &&
         contains(lower, text.back()) && text.find("..") == std::string_view::npos;
}

bool is_repository(std::string_view text) {
  auto parts = split(text, '/');
  return std::all_of(parts.begin(), parts.end(), is_path_part);
}

bool is_tag(std::string_view text) {
  return text.size() <= 128 && consists_of(text, letters, "_.-") && text.front() != '.' &&
         text.front() != '-';
}

// Takes what follows `mark` off the end.
std::string_view take_after(std::string_view& text, std::size_t mark) {
  std::string_view taken = text.substr(mark + 1);
  text = text.substr(0, mark);
  return taken;
}

tl::unexpected<Error> problem(std::string_view text, const std::string& what) {
  return fail("not an image reference: " + in_quotes(text) + ": " + what,
              "write it as registry.example/path/name:tag, or with @sha256:… behind it");
}

}  // namespace

Result<ImageReference> parse_image_reference(std::string_view text) {
  if (text.size() > longest_reference) return problem(text, "it is too long");
  std::string_view rest = text;
  ImageReference reference;
  if (std::size_t at = rest.find('@'); at != std::string_view::npos) {
    reference.digest = take_after(rest, at);
    if (!is_sha256_digest(reference.digest)) return problem(text, "the digest is not a sha256");
  }
  std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos || !is_host(rest.substr(0, slash))) {
    return problem(text, "it does not begin with a registry's host");
  }
  std::size_t colon = rest.rfind(':');
  if (colon != std::string_view::npos && colon > slash) {
    reference.tag = take_after(rest, colon);
    if (!is_tag(reference.tag)) return problem(text, "the tag is not valid");
  }
  if (reference.tag.empty() && reference.digest.empty()) {
    return problem(text, "it has neither a tag nor a digest");
  }
  reference.registry = rest.substr(0, slash);
  reference.repository = rest.substr(slash + 1);
  if (!is_repository(reference.repository)) return problem(text, "the repository is not valid");
  return reference;
}

}  // namespace buildable::net
