// What a project that Poetry or uv installs demands of Python.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/stop.h"
#include "build/files.h"
#include "version/set.h"

namespace buildable::build {

struct PythonDemand {
  VersionSet accepts;
  std::string text;       // as written
  std::string_view file;  // of the files that were given
  int line = 0;
};

struct PythonRequirement {
  // All have to be met; none: any Python will do. Of a workspace each text is there once, from the
  // first member that has it.
  std::vector<PythonDemand> demands;
  // Why nothing is installed whatever the Python is; empty: something is.
  std::string error;   // what the package manager says
  std::string reason;  // the same in plain words, or why it is not known
  std::string help;    // what to do about it
  std::string_view file;
  int line = 0;
  bool unknown = false;  // what is demanded cannot be told
};

// As poetry-core 2 reads it: project.requires-python and tool.poetry.dependencies.python, both in
// Poetry's own grammar; the latter goes first and has to lie within the former.
// https://github.com/python-poetry/poetry-core, src/poetry/core/factory.py and
// packages/project_package.py.
PythonRequirement poetry_requirement(const Files& files);

// As uv 0.11 reads it: requires-python of every member of the workspace, and uv.lock, which has to
// say what they have in common. https://github.com/astral-sh/uv, crates/uv-workspace and
// crates/uv/src/commands/project/lock.rs.
PythonRequirement uv_requirement(const Files& files, const StopAsked& stop = {});

}  // namespace buildable::build
