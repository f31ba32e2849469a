// The files of one application directory, as a buildpack finds them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace buildable::build {

// Views: whoever made the Files keeps what they point to.
struct SourceFile {
  // From the application directory, "/" between steps: "src/A/A.csproj". With a "/" at the end it
  // is a folder of which no more need be known than that it holds something.
  std::string_view path;
  std::string_view text;  // empty where `known` is false
  bool known = true;      // false: the file is there, its text was not read (too large, not wanted)
};

class Files {
 public:
  // In any order; of two with one path the first counts.
  explicit Files(std::vector<SourceFile> files);

  // The regular file at this path; null where there is none.
  const SourceFile* find(std::string_view path) const;
  // A file, or a folder that holds one. A final "/" asks for a folder only.
  bool exists(std::string_view path) const;
  // Every file, sorted by path.
  const std::vector<SourceFile>& all() const { return files_; }
  // Those directly in a folder (empty: the application directory), sorted by path.
  std::vector<const SourceFile*> in_folder(std::string_view folder) const;

 private:
  std::vector<SourceFile> files_;
};

}  // namespace buildable::build
