// Files of a repository as they come, kept for foretelling: only what a model asks for.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "build/files.h"

namespace buildable::build {

class CollectedFiles {
 public:
  // Whether `add` keeps anything of a file at this path: its text, or that it is there.
  static bool wants(std::string_view path);

  // `path` from the application directory; nothing where the text was not read. Of texts up to
  // max_bytes are kept in all; those beyond count as not read.
  void add(std::string_view path, std::optional<std::string_view> text);
  // As long as this object lives and nothing is added.
  Files files() const;

  static constexpr std::size_t max_bytes = std::size_t{16} << 20U;
  static constexpr std::size_t max_files = 20'000;

 private:
  struct Kept {
    std::string path;
    std::string text;
    bool known;
  };
  std::deque<Kept> kept_;
  std::size_t bytes_ = 0;
};

// The files as far as they are known without those that are named: what these say is not known,
// one that matters by being there is taken away, and one that is gone is there again. What is
// given must outlive what is returned.
Files without_knowing(const Files& files, std::span<const std::string> named);

// The files once some of them say something else: those that are made come with their texts, of
// those that go nothing is given. What is given must outlive what is returned.
struct ChangedFile {
  std::string_view path;
  std::optional<std::string_view> text;
};
Files with_changes(const Files& files, std::span<const ChangedFile> changes);

}  // namespace buildable::build
