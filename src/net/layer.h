// One layer of an image: a tar, compressed or not, in memory.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace buildable::net {

// A buildpack's layer holds some ten files and some 10 MB; these are far above.
struct LayerLimits {
  std::size_t unpacked = 256U << 20U;  // bytes of the tar
  std::size_t ratio = 100;             // of the tar to the blob; a compressed binary has 2 to 4
  std::size_t entries = 20000;
  std::size_t path = 1024;         // bytes
  std::size_t file = 128U << 20U;  // bytes of the file that is read
};

// The tar in a blob, which is gzip, zstd or plain. Fails unless it has that digest.
Result<std::string> unpack_layer(std::string_view blob, std::string_view diff_id,
                                 const LayerLimits& limits = {});

// The bytes of a regular file. Paths are taken as an extraction to the root would: "/a", "./a" and
// "a" are one (builders' tars have the first form). Fails when there is no such file, when there
// are two, and on any path that leads upward.
Result<std::string> file_in_layer(std::string_view tar, std::string_view path,
                                  const LayerLimits& limits = {});

// Where a builder keeps a buildpack's program: "cnb/buildpacks/heroku_go/2.2.1/bin/build".
// https://github.com/buildpacks/spec/blob/main/distribution.md
std::string buildpack_program_path(std::string_view id, std::string_view version);

}  // namespace buildable::net
