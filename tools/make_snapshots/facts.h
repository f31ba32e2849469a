// The folder of facts: files, and the rows of its indexes.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/document_view.h"

namespace buildable {

class Facts {
 public:
  explicit Facts(std::filesystem::path folder) : folder_(std::move(folder)) {}

  bool has(const std::string& file) const;
  // Errors name the file.
  Result<std::string> text(const std::string& file) const;
  Result<Node> json(const std::string& file) const;

  // "buildpacks/heroku_nodejs/5.7.1/"
  static std::string folder_of(const std::string& buildpack, const std::string& version);

 private:
  std::filesystem::path folder_;
};

// One release in an index: what stands in every one of them. `repository` is the index's.
struct ReleaseRow {
  std::string version;
  std::string commit;
  std::string date;
  std::string repository;
  DocumentView view;
};

// The rows of an index, in its order; the views live as long as `index`.
Result<std::vector<ReleaseRow>> rows_of(const Node& index);
// Those up to this version, at least one.
Result<std::vector<ReleaseRow>> rows_until(const Node& index, const std::string& version);

// The texts of a list that may be missing.
Result<std::vector<std::string>> texts_of(const DocumentView& object, std::string_view key);
// {key: text, …}
Result<std::map<std::string, std::string>> text_map_of(const DocumentView& object);

}  // namespace buildable
