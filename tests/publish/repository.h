// A real remote repository, real git, and the real program that publishes to it.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <thread>

#include "support/program.h"

namespace buildable::test {

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// Whether it still is after a moment; what has ended and nobody asked for is not running.
inline bool is_running(const std::string& pid) {
  const auto stat = "/proc/" + pid.substr(0, pid.find('\n')) + "/stat";
  for (int i = 0; i < 100; ++i) {
    const std::string text = content(stat);
    if (text.empty() || has(text, ") Z ")) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

// A bare repository in a directory of its own, which is home to git and to the program.
struct Repository {
  Scratch scratch;
  std::string url;  // what the program is given; the bare path at first

  Repository() : url((scratch / "remote.git").string()) {
    put(scratch / ".gitconfig", "[user]\n name = Somebody\n email = somebody@example.org\n");
    must("git init -q --bare -b main '" + url + "'");
  }

  std::string environment() const {
    return "HOME='" + scratch.path.string() + "' GIT_CONFIG_NOSYSTEM=1";
  }
  std::filesystem::path bare() const { return scratch / "remote.git"; }

  Ran shell(const std::string& command) const {
    return run_shell_in(scratch.path, "export " + environment() + "; " + command);
  }
  // Its output without the last newline.
  std::string must(const std::string& command) const {
    const Ran ran = shell(command);
    REQUIRE_MESSAGE(ran.code == 0, command << "\n" << ran.err);
    return ran.out.substr(0, ran.out.find_last_not_of('\n') + 1);
  }
  std::string git(const std::string& words) const {
    return must("git --git-dir='" + bare().string() + "' " + words);
  }

  // The newest state that is compiled in begins on 2026-05-14; the one before, on 2026-04-01.
  Ran publish(const std::string& words = {}) const {
    return run_in(scratch.path, "publish --repo '" + url + "' " + words, environment());
  }

  std::string head(const std::string& branch = "main") const {
    const Ran ran =
        shell("git --git-dir='" + bare().string() + "' rev-parse -q --verify refs/heads/" + branch);
    return ran.out.substr(0, ran.out.find('\n'));
  }
  int commits(const std::string& branch = "main") const {
    return std::stoi(git("rev-list --count " + branch));
  }
  // Path -> content.
  std::map<std::string, std::string> tree(const std::string& revision = "main") const {
    const std::string out = (scratch / "checkout").string();
    must("rm -rf '" + out + "' && mkdir '" + out + "' && git --git-dir='" + bare().string() +
         "' archive " + revision + " | tar -x -C '" + out + "'");
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(out))
      if (entry.is_regular_file())
        files[entry.path().lexically_relative(out).string()] = content(entry.path());
    return files;
  }
  // What `generate` writes, without the manifest.
  std::map<std::string, std::string> generated(const std::string& words) const {
    const std::string out = (scratch / "generated").string();
    const Ran ran = run_in(scratch.path, "generate -q --out '" + out + "' " + words);
    REQUIRE_MESSAGE(ran.code == 0, ran.err);
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(out))
      if (entry.is_regular_file())
        files[entry.path().lexically_relative(out).string()] = content(entry.path());
    files.erase("manifest.json");
    return files;
  }
  // A person's commit: shell commands in a work tree of the branch, then all of it is pushed.
  void change(const std::string& commands, const std::string& branch = "main") const {
    must("rm -rf work && git clone -q '" + bare().string() +
         "' work 2>/dev/null && cd work && "
         "{ git checkout -q " +
         branch + " 2>/dev/null || git checkout -q -b " + branch + "; } && " + commands +
         "\n git add -A && git commit -q -m 'by hand' && git push -q origin HEAD:" + branch);
  }
  void hook(const std::string& name, const std::string& script) const {
    const auto path = bare() / "hooks" / name;
    put(path, "#!/bin/sh\n" + script + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
  }
  bool is_sound() const { return shell("git --git-dir='" + bare().string() + "' fsck").code == 0; }
};

inline std::map<std::string, std::string> without_manifest(std::map<std::string, std::string> files,
                                                           const std::string& folder = {}) {
  files.erase(folder + "manifest.json");
  files.erase(folder + "manifest.json.sig");
  return files;
}

}  // namespace buildable::test
