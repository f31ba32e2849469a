// The design as a test: dependencies point one way, and the pure folders reach no I/O.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/paths.h"

namespace fs = std::filesystem;
using buildable::testing::source_dir;

namespace {

using Names = std::set<std::string>;

struct Folder {
  bool pure = false;
  Names may_include;  // besides itself
};

Names words_of(const std::string& text) {
  std::istringstream in(text);
  return {std::istream_iterator<std::string>(in), {}};
}

// The map in ARCHITECTURE.md: "| `base` | what is in it | yes | folders |".
std::map<std::string, Folder> read_map() {
  std::map<std::string, Folder> folders;
  std::ifstream in(source_dir() / "ARCHITECTURE.md");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    std::istringstream row(line);
    for (std::string cell; std::getline(row, cell, '|');) cells.push_back(cell);
    REQUIRE_MESSAGE(cells.size() == 5, line);
    const std::size_t begin = cells[1].find('`') + 1;
    const std::string name = cells[1].substr(begin, cells[1].rfind('`') - begin);
    folders[name] = {cells[3].find("yes") != std::string::npos, words_of(cells[4])};
  }
  return folders;
}

const std::map<std::string, Folder>& folder_map() {
  static const std::map<std::string, Folder> map = read_map();
  return map;
}

// Headers by which a program reaches files, streams, the network, processes, threads, the clock or
// the environment. <chrono> is allowed for its types; the clocks are looked for by name below.
const Names& impure_headers() {
  static const Names headers{
      "fstream",   "iostream",     "filesystem",      "cstdio",       "stdio.h",     "thread",
      "mutex",     "future",       "random",          "ctime",        "time.h",      "unistd.h",
      "fcntl.h",   "dirent.h",     "sys/stat.h",      "sys/socket.h", "curl/curl.h", "httplib.h",
      "archive.h", "microhttpd.h", "spdlog/spdlog.h", "clocale",      "locale"};
  return headers;
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// `#include "x"` or `#include <x>` -> x; empty for other lines.
std::string included(const std::string& line) {
  if (line.rfind("#include", 0) != 0) return {};
  const auto open = line.find_first_of("\"<");
  const auto close = line.find_first_of("\">", open + 1);
  return open == std::string::npos || close == std::string::npos
             ? std::string()
             : line.substr(open + 1, close - open - 1);
}

std::vector<fs::path> sources_of(const std::string& folder) {
  std::vector<fs::path> paths;
  for (const auto& entry : fs::recursive_directory_iterator(source_dir() / "src" / folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".h" || extension == ".cpp") paths.push_back(entry.path());
  }
  return paths;
}

}  // namespace

TEST_CASE("the map in ARCHITECTURE.md shows the folders that there are, and no other") {
  Names there;
  for (const auto& entry : fs::directory_iterator(source_dir() / "src"))
    there.insert(entry.path().filename().string());
  Names shown;
  for (const auto& [row, folder] : folder_map()) {
    const std::string& name = row;
    shown.insert(name);
    for (const std::string& other : folder.may_include) CHECK_MESSAGE(there.contains(other), name);
  }
  CHECK(shown == there);
}

TEST_CASE("no folder of the map may include one that may include it") {
  for (const auto& [row, folder] : folder_map()) {
    const std::string& name = row;
    for (const std::string& other : folder.may_include)
      CHECK_MESSAGE(!folder_map().at(other).may_include.contains(name), name << " and " << other);
  }
}

// "`policy/compile`" is src/policy/compile.cpp or .h, "`scheme_*.cpp`" any such file.
TEST_CASE("what ARCHITECTURE.md names is there") {
  const fs::path root = source_dir();
  std::ifstream in(root / "ARCHITECTURE.md");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  int named = 0;
  for (std::size_t at = 0; (at = text.find('`', at)) != std::string::npos;) {
    const std::size_t end = text.find('`', at + 1);
    const std::string name = text.substr(at + 1, end - at - 1);
    at = end + 1;
    if (name.find('/') == std::string::npos || name.find('\n') != std::string::npos) continue;
    const std::string stem = name.substr(0, name.find('*'));
    const auto begins = [&](const fs::path& folder) {
      const fs::path whole = folder / stem;
      if (!fs::is_directory(whole.parent_path())) return false;
      const auto each = fs::directory_iterator(whole.parent_path());
      return std::any_of(begin(each), fs::end(each), [&](const auto& entry) {
        return entry.path().string().starts_with(whole.string());
      });
    };
    ++named;
    CHECK_MESSAGE((begins(root) || begins(root / "src")), name);
  }
  CHECK(named > 30);
}

// The folders whose words all others speak have the program's own namespace.
std::string namespace_of(const std::string& folder) {
  static const Names core{"base", "version", "model", "rules", "policy"};
  if (core.contains(folder)) return "buildable";
  return "buildable::" + (folder == "serve" ? "http" : folder);
}

// The traits of base are specialized where base is, whoever's type they are of.
bool begins_specialization(const std::vector<std::string>& lines, std::size_t at) {
  while (at < lines.size() && (lines[at].empty() || lines[at].starts_with("//"))) ++at;
  return at < lines.size() && lines[at] == "template <>";
}

TEST_CASE("what a folder defines is in the folder's namespace") {
  int seen = 0;
  for (const auto& [row, folder] : folder_map()) {
    const std::string own = namespace_of(row);
    for (const fs::path& path : sources_of(row)) {
      const std::vector<std::string> lines = lines_of(path);
      for (std::size_t i = 0; i < lines.size(); ++i) {
        if (!lines[i].starts_with("namespace buildable")) continue;
        const std::string opened = lines[i].substr(10, lines[i].find(' ', 10) - 10);
        ++seen;
        CHECK_MESSAGE((opened == own || opened.starts_with(own + "::") ||
                       (opened == "buildable" && begins_specialization(lines, i + 1))),
                      path.string() << ": " << lines[i]);
      }
    }
  }
  CHECK(seen > 400);
}

TEST_CASE("includes point one way") {
  int seen = 0;
  for (const auto& [name, folder] : folder_map()) {
    for (const fs::path& path : sources_of(name)) {
      for (const std::string& line : lines_of(path)) {
        const std::string target = included(line);
        const std::string other = target.substr(0, target.find('/'));
        if (line.find('"') == std::string::npos || target.empty()) continue;
        ++seen;
        CHECK_MESSAGE((other == name || folder.may_include.contains(other)), path.string()
                                                                                 << ": " << line);
      }
    }
  }
  CHECK(seen > 100);
}

// The program `buildable` is static and starts in a millisecond; buildable-network is neither.
TEST_CASE("what the program without the network is made of includes nothing of the network") {
  const std::vector<std::string> network{"net/",   "observe/",     "serve/",
                                         "spdlog", "app/network/", "cli/network/"};
  int seen = 0;
  for (const char* folder : {"app", "cli"}) {
    for (const fs::path& path : sources_of(folder)) {
      if (path.parent_path().filename() == "network") continue;
      for (const std::string& line : lines_of(path)) {
        ++seen;
        for (const std::string& name : network)
          CHECK_MESSAGE(included(line).rfind(name, 0) != 0, path.string() << ": " << line);
      }
    }
  }
  CHECK(seen > 1000);
}

TEST_CASE("use cases know neither the command line nor the standard streams") {
  for (const fs::path& path : sources_of("app")) {
    for (const std::string& line : lines_of(path)) {
      for (const char* name : {"iostream", "ostream", "CLI/CLI.hpp"})
        CHECK_MESSAGE(included(line) != name, path.string() << ": " << line);
      for (const char* word : {"std::cout", "std::cerr", "system_clock::now", "getenv", "exit("})
        CHECK_MESSAGE(line.find(word) == std::string::npos, path.string() << ": " << line);
    }
  }
}

TEST_CASE("pure folders include no I/O and look at no clock or environment") {
  for (const auto& [name, folder] : folder_map()) {
    if (!folder.pure) continue;
    for (const fs::path& path : sources_of(name)) {
      if (path.parent_path().filename() == "transport") continue;  // the sockets of src/serve
      for (const std::string& line : lines_of(path)) {
        CHECK_MESSAGE(!impure_headers().contains(included(line)), path.string() << ": " << line);
        for (const char* word : {"system_clock", "steady_clock", "getenv", "setlocale"}) {
          CHECK_MESSAGE(line.find(word) == std::string::npos, path.string() << ": " << line);
        }
      }
    }
  }
}

TEST_CASE("C++ names no runtime outside the schemes: what a runtime is stands in rules/") {
  for (const char* folder :
       {"rules", "ingest", "policy", "emit", "app", "cli", "store", "net", "observe", "serve"}) {
    for (const fs::path& path : sources_of(folder)) {
      for (const std::string& line : lines_of(path)) {
        const auto code = line.substr(0, line.find("//"));
        for (const char* name : {"\"python\"", "\"node\"", "\"go\"", "\"java\"", "\"dotnet\"",
                                 "\"php\"", "\"ruby\"", "\"heroku/"}) {
          CHECK_MESSAGE(code.find(name) == std::string::npos, path.string() << ": " << line);
        }
      }
    }
  }
}

// A file that is opened elsewhere may be a named pipe, and waits; may be a device, and never ends;
// may be a link, and leads out.
TEST_CASE("files are opened in src/store and nowhere else") {
  const std::vector<std::string> ways{
      "fstream", "FILE*",    "fopen(",   "freopen(", " ::open(", "(::open(", "openat(",  "openat2",
      "creat(",  "mkstemp(", "O_RDONLY", "O_WRONLY", "O_RDWR",   "O_CREAT",  "std::cin", "filebuf"};
  int seen = 0;
  for (const auto& [name, folder] : folder_map()) {
    if (name == "store") continue;
    for (const fs::path& path : sources_of(name)) {
      ++seen;
      for (const std::string& line : lines_of(path)) {
        const auto code = line.substr(0, line.find("//"));
        for (const std::string& way : ways)
          CHECK_MESSAGE(code.find(way) == std::string::npos, path.string() << ": " << line);
      }
    }
  }
  CHECK(seen > 300);
}
