// The design as a test: dependencies point one way, and the pure folders reach no I/O.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

using Names = std::set<std::string>;

// Folder -> the folders of ours that it may include, besides itself.
const std::map<std::string, Names>& allowed() {
  static const std::map<std::string, Names> table{
      {"base", {}},
      {"version", {"base"}},
      {"model", {"base", "version"}},
      {"rules", {"base", "version", "model"}},
      {"ingest", {"base", "version", "model", "rules"}},
      {"policy", {"base", "version", "model", "rules"}},
      {"build", {"base", "version", "model", "rules"}},
      {"emit", {"base", "version", "model", "rules", "policy"}},
      {"pins", {"base", "version", "model", "rules", "policy"}},
      {"report", {"base", "version", "model", "rules", "policy", "build", "emit", "pins"}},
      {"apply", {"base"}},
      {"net", {"base", "store"}},
      {"observe", {"base", "version", "model", "rules", "ingest", "policy", "net"}},
      {"store", {"base"}},
      {"publish", {"base", "store"}},
      {"serve", {"base", "version", "model", "rules", "policy", "build", "emit", "pins", "report"}},
      {"app",
       {"base", "version", "model", "rules", "policy", "build", "emit", "pins", "report", "apply",
        "net", "observe", "store", "publish", "serve"}},
      {"cli",
       {"base", "version", "model", "rules", "ingest", "policy", "build", "emit", "pins", "report",
        "apply", "net", "observe", "store", "publish", "serve", "app"}},
  };
  return table;
}

const Names& pure() {
  static const Names folders{"base",  "version", "model", "rules", "ingest", "policy",
                             "build", "emit",    "pins",  "apply", "serve"};
  return folders;
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
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(BUILDABLE_SOURCE_DIR) / "src" / folder)) {
    const std::string extension = entry.path().extension().string();
    if (extension == ".h" || extension == ".cpp") paths.push_back(entry.path());
  }
  return paths;
}

}  // namespace

TEST_CASE("every folder of src has its place in the design") {
  for (const auto& entry : fs::directory_iterator(fs::path(BUILDABLE_SOURCE_DIR) / "src")) {
    CHECK_MESSAGE(allowed().contains(entry.path().filename().string()), entry.path().string());
  }
}

TEST_CASE("includes point one way") {
  int seen = 0;
  for (const auto& [folder, may] : allowed()) {
    for (const fs::path& path : sources_of(folder)) {
      for (const std::string& line : lines_of(path)) {
        const std::string target = included(line);
        const std::string other = target.substr(0, target.find('/'));
        if (line.find('"') == std::string::npos || target.empty()) continue;
        ++seen;
        CHECK_MESSAGE((other == folder || may.contains(other)), path.string() << ": " << line);
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
  for (const std::string& folder : pure()) {
    for (const fs::path& path : sources_of(folder)) {
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
  for (const auto& [folder, may] : allowed()) {
    if (folder == "store") continue;
    for (const fs::path& path : sources_of(folder)) {
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
