// Runtimes by the names that people type: "py 3.15", "nodejs@22", ".NET 10".
#pragma once

#include <string>
#include <string_view>

#include "model/policy.h"

namespace buildable {

// A name without what people leave out: case, spaces, dots, hyphens. "Node.js" and "node js" are
// both "nodejs". Two runtimes may not have one such name.
std::string plain_name(std::string_view name);

// The runtime whose id, name or alias this is; null where there is none.
const RuntimePolicy* runtime_named(const TrackPolicy& track, std::string_view name);

struct NamedVersion {
  const RuntimePolicy* runtime = nullptr;  // null: the text begins with no runtime's name
  std::string version;                     // empty: only a name
};
// The runtime with the longest name that the text begins with, and what follows.
NamedVersion named_version(const TrackPolicy& track, std::string_view text);

}  // namespace buildable
