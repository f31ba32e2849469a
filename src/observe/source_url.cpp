#include "observe/source_url.h"

#include "base/characters.h"
#include "base/text.h"

namespace buildable::observe {
namespace {

bool is_unreserved(char c) {
  return is_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos;
}

template <class Encode>
Result<std::string> filled(std::string_view pattern, const Placeholders& values, Encode encode) {
  std::string text;
  while (true) {
    const std::size_t open = pattern.find('{');
    text += pattern.substr(0, open);
    if (open == std::string_view::npos) return text;
    const std::size_t close = pattern.find('}', open);
    if (close == std::string_view::npos) return fail("a brace that does not close");
    const std::string name(pattern.substr(open + 1, close - open - 1));
    const auto value = values.find(name);
    if (value == values.end() || value->second.empty())
      return fail("nothing is known for {" + name + "} in the address",
                  "correct the source's url in the platform's rules or in the configuration");
    text += encode(value->second);
    pattern.remove_prefix(close + 1);
  }
}

}  // namespace

std::string percent_encoded(std::string_view text, std::string_view keep) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c) || keep.find(c) != std::string_view::npos) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += digits[byte >> 4];
    encoded += digits[byte & 15];
  }
  return encoded;
}

Result<std::string> fill_url(std::string_view pattern, const Placeholders& values) {
  return filled(pattern, values, [](const std::string& v) { return percent_encoded(v, "/:"); });
}

Result<std::string> fill_text(std::string_view pattern, const Placeholders& values) {
  return filled(pattern, values, [](const std::string& value) { return value; });
}

Placeholders placeholders_of(const Target& target) {
  return {{"stack", target.stack},
          {"distro", target.distro},
          {"distro_version", target.distro_version},
          {"distro_major", target.distro_version.substr(0, target.distro_version.find('.'))},
          {"arch", target.arch}};
}

Result<RegistryHome> registry_home(std::string_view pattern) {
  constexpr std::string_view api = "/v2/";
  const std::size_t scheme = pattern.find("://");
  const std::size_t path = pattern.find(api, scheme == std::string_view::npos ? 0 : scheme + 3);
  const std::size_t repository = pattern.find("{repository}/");
  if (scheme == std::string_view::npos || path == std::string_view::npos ||
      repository == std::string_view::npos || repository < path + api.size())
    return fail("not the address of an image in a registry: " + in_quotes(pattern),
                "write https://host/v2/project/{repository}/manifests/{reference}");
  return RegistryHome{
      std::string(pattern.substr(0, scheme)),
      std::string(pattern.substr(scheme + 3, path - scheme - 3)),
      std::string(pattern.substr(path + api.size(), repository - path - api.size()))};
}

}  // namespace buildable::observe
