// Running the real program against the world.
#pragma once

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rules/embedded.h"
#include "support/paths.h"
#include "world/raw_server.h"
#include "world/scratch.h"
#include "world/toolforge_world.h"

namespace buildable::world {

inline std::string content(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

using Files = std::map<std::string, std::string>;
inline Files files_in(const std::filesystem::path& directory) {
  Files files;
  if (!std::filesystem::exists(directory)) return files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory))
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(directory).string()] = content(entry.path());
  return files;
}

struct Ran {
  int code = -1;
  std::string out;
  std::string err;
};

// The platform's world and a place of use beside it: buildable.toml, state, cache.
struct Place {
  Place() { configure(); }

  void configure() {
    write(here / "buildable.toml", world.config(embedded_rules().platform, here.path()));
  }
  // A source lies elsewhere; `local`: "host:port" that may be loopback.
  void point(const std::string& source, const std::string& url, const std::string& local = {}) {
    std::string config = content(here / "buildable.toml");
    const std::string head = "[sources." + source + "]\nurl = \"";
    const std::size_t begin = config.find(head);
    REQUIRE(begin != std::string::npos);
    const std::size_t from = begin + head.size();
    config.replace(from, config.find('"', from) - from, url);
    const std::string list = "allow_local = [";
    if (!local.empty()) config.insert(config.find(list) + list.size(), "\"" + local + "\", ");
    write(here / "buildable.toml", config);
  }
  // A server of the test's own in place of a source's.
  void answer_by(const std::string& source, const std::string& path, RawServer::Script script) {
    servers.push_back(std::make_unique<RawServer>(std::move(script)));
    point(source, servers.back()->url(path), servers.back()->endpoint());
  }
  // The world and the settings as they were in the beginning.
  void repair() {
    world.fix();
    servers.clear();
    configure();
  }

  // Words are given to a shell: quote them.
  Ran run(const std::string& words) {
    const std::string command = "cd '" + here.path().string() + "' && " +
                                buildable::testing::program_file() + " " + words +
                                " >out.txt 2>err.txt </dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, content(here / "out.txt"),
            content(here / "err.txt")};
  }
  Ran observe(const std::string& at, const std::string& more = {}) {
    return run("observe --at " + at + " --out snapshot.json " + more);
  }
  void forget_cache() { std::filesystem::remove_all(here / "cache"); }

  Scratch here;
  ToolforgeWorld world;
  std::vector<std::unique_ptr<RawServer>> servers;  // beside the world
};

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace buildable::world
