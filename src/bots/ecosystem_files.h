// What files Dependabot's ecosystems read, and how they name what they move.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace buildable::bots {

// How an ecosystem names what it moves.
enum class Naming : std::uint8_t {
  image,    // as the image is called
  key,      // as the pin's key
  whole,    // the file names nothing else
  package,  // as a member of a table of dependencies: not a pin
};

// Facts of dependabot-core: the file fetchers.
struct EcosystemFiles {
  std::string_view ecosystem;
  // By the path alone: what is in it may tell that it is not read after all.
  bool (*may_read)(std::string_view path);
  // Of such a file.
  bool (*reads)(std::string_view path, std::string_view text);
  Naming naming;
  bool reads_below;  // folders below that of an `updates` entry
};

// Null for an ecosystem that moves no runtime.
const EcosystemFiles* files_of(std::string_view ecosystem);

// Whether what is in the file matters for one of them.
bool is_read_by_its_text(std::string_view path);

// "a/b" of "a/b/c"; empty for what is in the root.
std::string_view folder_of(std::string_view path);

// Whether the file is a package.json.
bool is_package_json(std::string_view path);

}  // namespace buildable::bots
