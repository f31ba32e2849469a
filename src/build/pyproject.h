// pyproject.toml as a document, and how package managers refuse it.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/document.h"
#include "build/python_requirement.h"

namespace buildable::build {

const Node* at_path(const Node& root, std::initializer_list<std::string_view> path);

PythonRequirement refused(std::string_view file, int line, std::string error, std::string reason,
                          std::string help);
PythonRequirement not_known(std::string_view file, std::string reason);

// Poetry reads with Python's tomllib, uv with a Rust crate that takes TOML 1.1, too.
enum class TomlReader : std::uint8_t { poetry, uv };

// The document, or why there is none.
tl::expected<Node, PythonRequirement> read_toml(const SourceFile& file, TomlReader reader);

}  // namespace buildable::build
