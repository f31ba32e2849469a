// What pyproject.toml demands of Python.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "build/files.h"
#include "version/set.h"

namespace buildable::build {

struct PythonRequirement {
  std::optional<VersionSet> accepts;  // absent: nothing is demanded, or it cannot be judged
  std::string text;                   // as written
  int line = 0;
  std::string error;   // the file as a whole cannot be used: what the package manager says
  std::string reason;  // the same in plain words
};

// As Poetry or uv reads it: project.requires-python, and for Poetry tool.poetry.dependencies.python
// where the former is absent.
PythonRequirement python_requirement(const SourceFile& project, std::string_view manager);

}  // namespace buildable::build
