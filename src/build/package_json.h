// package.json as heroku/nodejs reads it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "build/files.h"

namespace buildable::build {

// A text in the file, and its line.
struct Written {
  std::string text;
  int line = 0;
};

struct PackageJson {
  // Why the build ends at this file, in the buildpack's words ("package.json parse engines.node")
  // and in plain ones; empty: it does not.
  std::string error;
  std::string reason;
  int line = 0;
  bool panics = false;

  std::optional<Written> node;  // engines.node, where it is a text
  std::optional<Written> npm;
  std::optional<Written> pnpm;
  std::optional<Written> yarn;
  std::optional<Written> package_manager;
  bool has_dependencies = false;
  Node root;  // the whole file
};

// `typed`: before 5.0.0 the whole file had to fit: known keys have their types, and versions and
// ranges are read with it.
PackageJson read_package_json(const SourceFile& file, bool typed);

}  // namespace buildable::build
