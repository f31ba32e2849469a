#include "net/layer.h"

#include <doctest/doctest.h>

#include <random>

#include "base/digest.h"
#include "world/registry/archives.h"

namespace buildable::net {
namespace {

using world::gzip;
using world::make_tar;
using world::TarEntry;
using world::zstd;

template <class T>
void check_says(const Result<T>& result, std::string_view words) {
  REQUIRE(!result.has_value());
  std::string text = result.error().to_text();
  CHECK_MESSAGE(text.find(words) != std::string::npos, "said: " << text);
}

const std::string program_path = "cnb/buildpacks/a_b/1.2.3/bin/build";

// As the makers of builders write it: absolute names, detect a link to build.
std::string good_tar(const std::string& program = "program") {
  return make_tar({{.path = "/cnb/buildpacks/a_b", .directory = true},
                   {.path = "/cnb/buildpacks/a_b/1.2.3", .directory = true},
                   {.path = "/cnb/buildpacks/a_b/1.2.3/bin", .directory = true},
                   {.path = "/cnb/buildpacks/a_b/1.2.3/bin/build", .content = program},
                   {.path = "/cnb/buildpacks/a_b/1.2.3/bin/detect", .link = "build"},
                   {.path = "/cnb/buildpacks/a_b/1.2.3/buildpack.toml", .content = "x = 1\n"}});
}

std::string program_in(const std::string& blob, const std::string& tar) {
  auto unpacked = unpack_layer(blob, sha256_digest(tar));
  REQUIRE_MESSAGE(unpacked, unpacked.error().to_text());
  auto program = file_in_layer(*unpacked, buildpack_program_path("a/b", "1.2.3"));
  REQUIRE_MESSAGE(program, program.error().to_text());
  return *program;
}

TEST_CASE("a buildpack's program is read from a layer, however that is compressed") {
  CHECK(buildpack_program_path("a/b", "1.2.3") == program_path);
  std::string program(3000000, 'x');
  for (std::size_t i = 0; i < program.size(); i += 7) program[i] = static_cast<char>(i % 251);
  std::string tar = good_tar(program);
  for (const std::string& blob : {tar, gzip(tar), zstd(tar)})
    CHECK(program_in(blob, tar) == program);
}

TEST_CASE("paths are what an extraction to the root makes of them") {
  for (const char* path : {"/a/b", "a/b", "./a/b", "//a//./b"}) {
    CAPTURE(path);
    auto file = file_in_layer(make_tar({{.path = path, .content = "x"}}), "a/b");
    REQUIRE_MESSAGE(file, file.error().to_text());
    CHECK(*file == "x");
  }
  std::string names =
      make_tar({{.path = "gr\xc3\xbc\xc3\x9f\x65"}, {.path = "\xff\xfe"}, {.path = "a"}});
  CHECK(file_in_layer(names, "a"));
}

TEST_CASE("a layer that is not what it should be is refused") {
  struct Row {
    const char* name;
    std::vector<TarEntry> entries;
    const char* says;
  };
  std::string long_path = "a/" + std::string(90, 'd');
  for (int i = 0; i < 12; ++i) long_path += "/" + std::string(90, 'd');
  for (const Row& row : {
           Row{"no file", {{.path = "other"}}, "no file"},
           Row{"twice", {{.path = "a"}, {.path = "/a"}}, "twice"},
           Row{"upward", {{.path = "a"}, {.path = "../etc/passwd"}}, "leads upward"},
           Row{"upward inside", {{.path = "x/../a"}}, "leads upward"},
           Row{"a link", {{.path = "a", .link = "b"}}, "no regular file"},
           Row{"a hard link", {{.path = "b"}, {.path = "a", .hard_link = "b"}}, "no regular file"},
           Row{"a directory", {{.path = "a", .directory = true}}, "no regular file"},
           Row{"a long path", {{.path = long_path}}, "too long a path"},
           Row{"nothing", {}, "no file"},
       }) {
    CAPTURE(row.name);
    check_says(file_in_layer(make_tar(row.entries), "a"), row.says);
  }
  for (const std::string& bytes : {std::string("no tar at all"), std::string(3000, '\x01')}) {
    check_says(file_in_layer(bytes, "a"), "cannot be read");
  }
  // Within a file's content; and within its header.
  std::string tar = make_tar({{.path = "a", .content = std::string(5000, 'x')}});
  check_says(file_in_layer(std::string_view(tar).substr(0, 3000), "a"), "cannot be read");
  CHECK(!file_in_layer(std::string_view(tar).substr(0, 300), "a"));
}

TEST_CASE("a layer whose bytes are not those of its digest is refused") {
  std::string tar = good_tar();
  check_says(unpack_layer(gzip(tar), sha256_digest("other")), "unpacks to sha256:");
  std::string blob = gzip(good_tar(std::string(500000, 'x')));
  for (std::size_t keep : {std::size_t{1}, std::size_t{5}, blob.size() / 2, blob.size() - 1}) {
    CAPTURE(keep);
    CHECK(!unpack_layer(blob.substr(0, keep), sha256_digest(tar)));
  }
  check_says(unpack_layer(blob.substr(0, blob.size() / 2), sha256_digest(tar)), "cannot be read");
  check_says(unpack_layer("", sha256_digest(tar)), "unpacks to");
}

// 512 MB of tar in half a megabyte: headers of a million empty files.
std::string million_entries() {
  std::string block = make_tar({{.path = "x"}}).substr(0, 512);
  std::string piece;
  for (int i = 0; i < 2048; ++i) piece += block;
  std::string inner = gzip(piece);
  std::string blob;
  for (int i = 0; i < 489; ++i) blob += inner;  // members of one gzip follow each other
  return blob;
}

TEST_CASE("bombs are refused before they unfold") {
  check_says(unpack_layer(gzip(std::string(16U << 20U, '\0')), sha256_digest("")),
             "more than the limit");
  check_says(unpack_layer(million_entries(), sha256_digest("")), "more than the limit");
  // A gzip in a gzip is not unfolded twice: what is inside is not a tar.
  std::string twice = gzip(gzip(good_tar()));
  check_says(unpack_layer(twice, sha256_digest(good_tar())), "unpacks to");
  std::vector<TarEntry> entries(20001, TarEntry{.path = "x"});
  check_says(file_in_layer(make_tar(entries), "a"), "more than 20000 entries");
  check_says(unpack_layer(good_tar(), sha256_digest(good_tar()), {.unpacked = 1000}),
             "limit of 1000 bytes");
  std::string large = make_tar({{.path = "a", .content = std::string(2000, 'x')}});
  check_says(file_in_layer(large, "a", {.file = 1999}), "limit of 1999 bytes");
}

TEST_CASE("spoiled layers end in an error or in the file") {
  std::string tar = good_tar(std::string(2000, 'p'));
  std::mt19937 engine(1);
  for (int i = 0; i < 3000; ++i) {
    std::string spoiled = tar;
    for (int j = 0; j < 3; ++j) spoiled[engine() % spoiled.size()] = static_cast<char>(engine());
    auto file = file_in_layer(spoiled, program_path);
    if (file) CHECK(file->size() <= tar.size());
  }
}

}  // namespace
}  // namespace buildable::net
