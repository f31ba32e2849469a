// Layers as a builder's maker writes them, and as nobody should.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace buildable::world {

struct TarEntry {
  std::string path;
  std::string content;
  std::string link;       // not empty: a symbolic link to it
  std::string hard_link;  // not empty: a hard link to it
  bool directory = false;
};

std::string make_tar(const std::vector<TarEntry>& entries);
std::string gzip(std::string_view bytes);
std::string zstd(std::string_view bytes);

}  // namespace buildable::world
