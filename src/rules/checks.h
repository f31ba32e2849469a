// What the loaders ask beyond a document's shape.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "base/result.h"
#include "model/rules.h"
#include "model/snapshot.h"

namespace buildable {

// Problems of one document, told at the place in it that a path names.
class Findings {
 public:
  Findings(const Node& root, std::string_view file) : root_(root), file_(file) {}

  void add(std::string path, std::string message, std::string hint = {});
  // The message of a failed parse, at that path.
  template <class T>
  void require(const Result<T>& result, const std::string& path) {
    if (!result) add(path, result.error().message(), result.error().diagnostics().front().hint);
  }
  void require_schema(int version);
  void require_text(const std::string& text, const std::string& path);
  // The text becomes part of a path of files.
  void require_name(const std::string& text, const std::string& path);
  // The second of two equal names.
  void require_unique(const std::vector<std::string>& names, const std::string& list,
                      const std::string& key);

  std::vector<Diagnostic>& problems() { return problems_; }

 private:
  const Node& root_;
  std::string_view file_;
  std::vector<Diagnostic> problems_;
};

// "tracks[3]", "tracks[3].name".
std::string item_path(const std::string& list, std::size_t index, const std::string& key = {});

template <class T>
std::vector<std::string> names_of(const std::vector<T>& items, std::string T::*name) {
  std::vector<std::string> names;
  names.reserve(items.size());
  for (const T& item : items) names.push_back(item.*name);
  return names;
}

void check_platform(const PlatformRules& platform, Findings& findings);
void check_runtime(const RuntimeRules& runtime, Findings& findings);
void check_snapshot(const Snapshot& snapshot, Findings& findings);

}  // namespace buildable
