#include "store/file_reader.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/scratch.h"

using namespace buildable;
using namespace buildable::store;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

template <class T>
std::string error_of(const Result<T>& result) {
  return result ? std::string("no error") : result.error().to_text();
}

void make_socket(const fs::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  REQUIRE(::bind(socket.value(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
}

// The place of a file, taken by each kind of what is not one. A reader that waits hangs the test.
void make_others(const Scratch& scratch) {
  REQUIRE(::mkfifo((scratch / "pipe").c_str(), 0600) == 0);
  make_socket(scratch / "socket");
  fs::create_directory(scratch / "directory");
  fs::create_symlink("/dev/zero", scratch / "device");
  fs::create_symlink("pipe", scratch / "link");
  fs::create_symlink("nothing", scratch / "nowhere");
}

}  // namespace

TEST_CASE("every reader refuses what is not a regular file, at once, and says what it is") {
  const Scratch scratch;
  make_others(scratch);
  struct Row {
    const char* name;
    const char* said;
  };
  for (const Row& row : {Row{"pipe", "is a named pipe, not a regular file"},
                         Row{"socket", "is a socket, not a regular file"},
                         Row{"directory", "is a directory, not a regular file"},
                         Row{"device", "is a device, not a regular file"},
                         Row{"link", "is a named pipe, not a regular file"},
                         Row{"nowhere", "cannot read: No such file or directory"},
                         Row{"", "is a directory, not a regular file"}}) {
    CAPTURE(row.name);
    const fs::path path = scratch / row.name;
    const std::string wanted = path.string() + ": " + row.said;
    const auto says = [&](const auto& result) { return error_of(result).starts_with(wanted); };
    CHECK(says(read_file(path)));
    CHECK(says(read_file_if_there(path)));
    CHECK(says(read_beginning(path, 10)));
    CHECK(says(read_argument(path.string())));
    CHECK(says(open_file({AT_FDCWD, path}, Links::followed)));
  }
  const std::vector<std::string> names{"pipe", "socket",  "directory", "device",
                                       "link", "nowhere", "none"};
  const auto found = read_regular_files(scratch.path, names);
  REQUIRE(found);
  CHECK(found->empty());
}

TEST_CASE("a link is followed or refused, as the reader says") {
  const Scratch scratch;
  put(scratch / "file", "text");
  fs::create_symlink("file", scratch / "link");
  CHECK(read_file(scratch / "link").value_or("") == "text");
  CHECK(error_of(read_file(scratch / "link", {.links = Links::refused})) ==
        (scratch / "link").string() + ": is a symbolic link, not a regular file: it is not read");
  CHECK(read_file(scratch / "file", {.links = Links::refused}).value_or("") == "text");
  CHECK(read_regular_files(scratch.path, {"file", "link"})->size() == 1);
}

TEST_CASE("sizes are bounded: by what the file says of itself, and by what is read") {
  const Scratch scratch;
  put(scratch / "ten", "0123456789");
  put(scratch / "empty", "");
  fs::resize_file(scratch / "ten", 10);
  CHECK(read_file(scratch / "ten", {.max_bytes = 10}).value_or("") == "0123456789");
  CHECK(error_of(read_file(scratch / "ten", {.max_bytes = 9})).find("is larger than 9 bytes") !=
        std::string::npos);
  CHECK(read_file(scratch / "empty", {.max_bytes = 0}).value_or("x").empty());
  CHECK(read_beginning(scratch / "ten", 4).value_or("") == "0123");
  CHECK(read_beginning(scratch / "ten", 40).value_or("") == "0123456789");
  // No block of it is on the disk, and its size is known before the first byte is read.
  put(scratch / "sparse", "");
  fs::resize_file(scratch / "sparse", std::uintmax_t{1} << 40U);
  CHECK_FALSE(read_file(scratch / "sparse"));
  // The kernel calls the size of such a file 0.
  CHECK(read_file("/proc/self/status").value_or("").find("Pid:") != std::string::npos);
  CHECK_FALSE(read_file("/proc/self/status", {.max_bytes = 5}));
}

TEST_CASE("only what is not there is nothing") {
  const Scratch scratch;
  put(scratch / "file", "text");
  CHECK(read_file_if_there(scratch / "file")->value_or("") == "text");
  CHECK(*read_file_if_there(scratch / "none") == std::nullopt);
  CHECK_FALSE(read_file_if_there(scratch / "file" / "below"));
}

TEST_CASE(
    "an argument may be a stream that the process was given; it is read to its end, bounded") {
  int ends[2];
  for (const std::size_t size : {std::size_t{5}, std::size_t{6}}) {
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    const FileDescriptor read(ends[0]);
    FileDescriptor write(ends[1]);
    REQUIRE(write_all(write.value(), std::string(size, 'x')));
    write.close();
    const auto text = read_argument("/dev/fd/" + std::to_string(ends[0]), 5);
    CHECK(bool(text) == (size == 5));
  }
  CHECK(read_argument("/dev/null").value_or("x").empty());
  for (const char* bad : {"/dev/fd/", "/dev/fd/x", "/dev/fd/999", "/dev/fd/-1"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_argument(bad));
  }
}

TEST_CASE("the whole of a text is compared") {
  const Scratch scratch;
  put(scratch / "file", "text");
  for (const char* expected : {"text", "tex", "texts", "", "texx"}) {
    CAPTURE(expected);
    const auto file = open_file({AT_FDCWD, scratch / "file"}, Links::refused);
    REQUIRE(file);
    CHECK(holds_exactly(*file, expected) == (std::string_view(expected) == "text"));
  }
}
