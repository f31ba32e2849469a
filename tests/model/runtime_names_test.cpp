// Runtimes by the names that people type.
#include "model/runtime_names.h"

#include <doctest/doctest.h>

namespace buildable {
namespace {

TrackPolicy track_of_names() {
  TrackPolicy track;
  const auto add = [&](std::string id, std::string name, std::vector<std::string> aliases) {
    RuntimePolicy runtime;
    runtime.runtime = std::move(id);
    runtime.name = std::move(name);
    runtime.aliases = std::move(aliases);
    track.runtimes.push_back(std::move(runtime));
  };
  add("dotnet", ".NET SDK", {".NET", "C#"});
  add("go", "Go", {"golang"});
  add("node", "Node.js", {"nodejs"});
  add("python", "Python", {"py", "python3"});
  return track;
}

TEST_CASE("a runtime is found by id, name and alias, whatever their case, spaces, dots, hyphens") {
  const TrackPolicy track = track_of_names();
  const auto id = [&](std::string_view name) {
    const RuntimePolicy* found = runtime_named(track, name);
    return found ? found->runtime : std::string("none");
  };
  for (const char* name : {"node", "Node", "Node.js", "nodejs", "node js", "NODE-JS"})
    CHECK_MESSAGE(id(name) == "node", name);
  for (const char* name : {".NET", "net", ".net sdk", "dotnet", "c#"})
    CHECK_MESSAGE(id(name) == "dotnet", name);
  for (const char* name : {"py", "Python3", "PYTHON"}) CHECK_MESSAGE(id(name) == "python", name);
  for (const char* name : {"", ".", "pyth", "nodes", "rust", "c"})
    CHECK_MESSAGE(id(name) == "none", name);
}

TEST_CASE("a text that begins with a runtime's name is that runtime and a version") {
  const TrackPolicy track = track_of_names();
  struct Case {
    const char* text;
    const char* runtime;
    const char* version;
  };
  const Case cases[] = {
      {"py 3.15", "python", "3.15"},
      {"python@3.14", "python", "3.14"},
      {"Python-3.14.0", "python", "3.14.0"},
      {"python: 3.14", "python", "3.14"},
      {"python=3.14", "python", "3.14"},
      {"py3.15", "python", "3.15"},
      {"python3.14", "python", "3.14"},
      {"python3 3.14", "python", "3.14"},
      {"python 3", "python", "3"},
      {"python", "python", ""},
      {"  nodejs 22 ", "node", "22"},
      {"Node.js 22.x", "node", "22.x"},
      {"node/22", "node", "22"},
      {"node v22", "node", "v22"},
      {".NET 10", "dotnet", "10"},
      {".net10", "dotnet", "10"},
      {"dotnet-8.0", "dotnet", "8.0"},
      {".NET SDK 9", "dotnet", "9"},
      {"C# 8", "dotnet", "8"},
      {"go1.22", "go", "1.22"},
      {"golang 1.22", "go", "1.22"},
      {"google 1", "none", ""},
      {"rust 1.80", "none", ""},
      {"3.14", "none", ""},
      {"", "none", ""},
      {"...", "none", ""},
  };
  for (const Case& it : cases) {
    const NamedVersion found = named_version(track, it.text);
    const std::string runtime = found.runtime ? found.runtime->runtime : "none";
    CHECK_MESSAGE(runtime == it.runtime, it.text);
    CHECK_MESSAGE(found.version == it.version, it.text);
  }
}

}  // namespace
}  // namespace buildable
