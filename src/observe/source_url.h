// The addresses of sources.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/snapshot.h"

namespace buildable::observe {

using Placeholders = std::map<std::string, std::string>;  // names without braces

// `pattern` with every {name} replaced by its value, percent-encoded but for "/" and ":". Fails on
// a name that has no value or an empty one.
Result<std::string> fill_url(std::string_view pattern, const Placeholders& values);
// The same without encoding: the key of an archive, the name of a stack.
Result<std::string> fill_text(std::string_view pattern, const Placeholders& values);

// stack, distro, distro_version, distro_major, arch.
Placeholders placeholders_of(const Target& target);

// RFC 3986, for a query's value: everything but letters, digits and "-._~".
std::string percent_encoded(std::string_view text, std::string_view keep = {});

// Where a registry's source keeps the platform's images:
// "https://host/v2/project/{repository}/manifests/{reference}".
struct RegistryHome {
  std::string scheme;
  std::string host;     // with the port, where one is written
  std::string project;  // "toolforge/", what stands before {repository}
};
Result<RegistryHome> registry_home(std::string_view pattern);

}  // namespace buildable::observe
