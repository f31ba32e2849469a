// index.html: what can be built, how to use it, what changed. One file, no scripts, nothing loaded.
#pragma once

#include <string>

#include "emit/tree.h"

namespace buildable {

std::string emit_page(const TreeInput& input, const TreeOptions& options);

}  // namespace buildable
