// A tree in a directory that holds other things: ours comes and goes, all else stays as it was.
#include "publish/directory.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "base/digest.h"
#include "publish/verification.h"
#include "support/killed.h"
#include "support/scratch.h"

using namespace buildable;
using namespace buildable::publish;
using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

using Tree = std::map<std::string, std::string>;

Tree sealed(Tree files) {
  std::string entries;
  for (const auto& [path, content] : files)
    entries += (entries.empty() ? "" : ",") + ("\"" + path + "\":{\"size\":") +
               std::to_string(content.size()) + ",\"sha256\":\"" + sha256_hex(content) + "\"}";
  files["manifest.json"] =
      R"({"schema_version":1,"revision":"2026.05.14","snapshot":"sha256:0","generated":)"
      R"("2026-05-14T00:00:00Z","expires":"2026-06-14T00:00:00Z","files":{)" +
      entries + "}}";
  return files;
}

// "a/b.json" keeps its content from one to the next.
Tree tree(const std::string& content, const std::string& extra = {}) {
  Tree files{{"default.json", content}, {"a/b.json", "same"}, {"a/c/d.json", content + content}};
  if (!extra.empty()) files[extra] = content;
  return sealed(std::move(files));
}

// What a file is: kind, mode, inode, and content or target.
std::string nature_of(const fs::path& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  std::string nature = std::to_string(status.st_mode) + " " + std::to_string(status.st_uid) + " " +
                       std::to_string(status.st_ino) + " ";
  if (S_ISREG(status.st_mode)) nature += content(path);
  if (S_ISLNK(status.st_mode)) nature += fs::read_symlink(path).string();
  return nature;
}

std::map<std::string, std::string> natures_in(const fs::path& directory) {
  std::map<std::string, std::string> all;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    all[entry.path().lexically_relative(directory).string()] = nature_of(entry.path());
  return all;
}

Tree files_in(const fs::path& directory) {
  Tree files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (fs::is_regular_file(entry.symlink_status()))
      files[entry.path().lexically_relative(directory).string()] = content(entry.path());
  return files;
}

bool holds(const fs::path& directory, const Tree& tree) {
  const Tree there = files_in(directory);
  return std::all_of(tree.begin(), tree.end(), [&](const auto& file) {
    const auto found = there.find(file.first);
    return found != there.end() && found->second == file.second;
  });
}

// What a reader sees who holds the files against the manifest.
bool is_whole(const fs::path& directory) {
  const Tree there = files_in(directory);
  const auto text = there.find("manifest.json");
  if (text == there.end()) return false;
  const auto manifest = parse_manifest(text->second, "manifest.json");
  Tree named;
  if (manifest)
    for (const auto& [path, entry] : manifest->files)
      if (there.contains(path)) named[path] = there.at(path);
  return manifest && verify_files(*manifest, named, {});
}

std::size_t entries(const fs::path& directory) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(directory), fs::directory_iterator()));
}

std::string message(const Result<Delivery>& written) {
  return written ? std::string("written") : written.error().to_text();
}

struct Foreign {
  const char* name;
  std::function<void(const fs::path& out)> make;
};

const std::vector<Foreign>& foreign_things() {
  static const std::vector<Foreign> things{
      {"a file", [](const fs::path& out) { put(out / "README.md", "mine"); }},
      {"a hidden file", [](const fs::path& out) { put(out / ".htaccess", "mine"); }},
      {"a file in a folder of ours", [](const fs::path& out) { put(out / "a/mine.json", "m"); }},
      {"an empty folder", [](const fs::path& out) { fs::create_directories(out / "empty/deep"); }},
      {"an empty folder in one of ours",
       [](const fs::path& out) { fs::create_directories(out / "a/empty"); }},
      {"a secret file",
       [](const fs::path& out) {
         put(out / "key", "secret");
         fs::permissions(out / "key", fs::perms::owner_read);
       }},
      {"a program",
       [](const fs::path& out) {
         put(out / "run", "#!/bin/sh\n");
         fs::permissions(out / "run", fs::perms(0755));
       }},
      {"a closed folder",
       [](const fs::path& out) {
         put(out / "closed/x", "1");
         fs::permissions(out / "closed", fs::perms(0700));
       }},
      {"a link to a file",
       [](const fs::path& out) { fs::create_symlink("/etc/hostname", out / "l"); }},
      {"a link to a folder", [](const fs::path& out) { fs::create_symlink("/etc", out / "etc"); }},
      {"a link to a folder of ours",
       [](const fs::path& out) { fs::create_symlink("a", out / "b"); }},
      {"a link that leads nowhere",
       [](const fs::path& out) { fs::create_symlink("nowhere", out / "l"); }},
      {"a pipe", [](const fs::path& out) { REQUIRE(::mkfifo((out / "pipe").c_str(), 0600) == 0); }},
      {"a git repository",
       [](const fs::path& out) {
         put(out / ".git/HEAD", "ref: refs/heads/main\n");
         put(out / ".git/refs/heads/main", std::string(40, '1') + "\n");
         fs::create_directories(out / ".git/refs/tags");
         fs::create_directories(out / ".git/objects/pack");
       }},
  };
  return things;
}

}  // namespace

TEST_CASE("a tree is written into a new directory, parents included") {
  Scratch scratch;
  const auto written = write_tree(scratch / "x/y/out/", tree("1"));
  REQUIRE_MESSAGE(written, message(written));
  CHECK(written->in_one_step);
  CHECK(files_in(scratch / "x/y/out") == tree("1"));
  CHECK(entries(scratch / "x/y") == 1);
}

TEST_CASE("a new directory may be named from the working directory") {
  const fs::path home = fs::current_path();
  for (const char* name : {"out", "./out", "out/", "x/y/out"}) {
    CAPTURE(std::string(name));
    Scratch scratch;
    fs::current_path(scratch.path);
    const auto written = write_tree(name, tree("1"));
    fs::current_path(home);
    REQUIRE_MESSAGE(written, message(written));
    CHECK(files_in(scratch / name) == tree("1"));
  }
}

TEST_CASE("where all is ours, a later tree takes the place of the earlier one in one step") {
  Scratch scratch;
  const fs::path out = scratch / "out";
  REQUIRE(write_tree(out, tree("1", "old/only.json")));
  const std::string before = nature_of(out);
  const auto written = write_tree(out, tree("2"));
  REQUIRE_MESSAGE(written, message(written));
  CHECK(written->in_one_step);
  CHECK(written->warnings.empty());
  CHECK(nature_of(out) != before);
  CHECK(files_in(out) == tree("2"));
  CHECK_FALSE(fs::exists(out / "old"));
  CHECK(entries(scratch.path) == 1);
}

TEST_CASE("what is not ours stays as it is: before the first tree, and when ours changes") {
  for (const bool before : {true, false}) {
    for (const Foreign& foreign : foreign_things()) {
      CAPTURE(before);
      CAPTURE(foreign.name);
      Scratch scratch;
      const fs::path out = scratch / "out";
      fs::create_directories(out);
      if (!before) REQUIRE(write_tree(out, tree("1", "old/only.json")));
      const auto ours = natures_in(out);
      foreign.make(out);
      const std::string directory = nature_of(out);
      std::map<std::string, std::string> theirs = natures_in(out);
      std::erase_if(theirs, [&](const auto& each) { return ours.contains(each.first); });
      const auto written = write_tree(out, tree("2"));
      REQUIRE_MESSAGE(written, message(written));
      CHECK_FALSE(written->in_one_step);
      CHECK(holds(out, tree("2")));
      CHECK_FALSE(fs::exists(out / "old"));
      CHECK(nature_of(out) == directory);
      auto now = natures_in(out);
      for (const auto& file : theirs) {
        CAPTURE(file.first);
        CHECK(now[file.first] == file.second);
      }
      for (const auto& file : now)
        CHECK_FALSE_MESSAGE(file.first.starts_with(".buildable"), file.first);
      CHECK(entries(scratch.path) == 1);
    }
  }
}

TEST_CASE("the directory itself stays what it is: a link, its mode, where one stands in it") {
  struct Row {
    const char* name;
    std::function<fs::path(const fs::path&)> make;  // the directory to write to
  };
  const Row rows[] = {
      {"a link to a directory",
       [](const fs::path& here) {
         fs::create_directories(here / "real");
         fs::create_directory_symlink("real", here / "out");
         return here / "out";
       }},
      {"closed to others",
       [](const fs::path& here) {
         fs::create_directories(here / "out");
         fs::permissions(here / "out", fs::perms(0710));
         return here / "out";
       }},
      {"the working directory",
       [](const fs::path& here) {
         fs::create_directories(here / "out");
         fs::current_path(here / "out");
         return fs::path(".");
       }},
  };
  const fs::path home = fs::current_path();
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Scratch scratch;
    const fs::path out = row.make(scratch.path);
    const std::string itself = nature_of(out), inside = nature_of(fs::canonical(out));
    for (const char* content : {"1", "2"}) {
      const auto written = write_tree(out, tree(content));
      REQUIRE_MESSAGE(written, message(written));
      CHECK(nature_of(out) == itself);
      CHECK(nature_of(fs::canonical(out)) == inside);
      CHECK(files_in(fs::canonical(out)) == tree(content));
    }
    fs::current_path(home);
  }
}

TEST_CASE("modes that somebody gave our files and folders stay") {
  Scratch scratch;
  const fs::path out = scratch / "out";
  REQUIRE(write_tree(out, tree("1")));
  fs::permissions(out / "default.json", fs::perms(0600));
  fs::permissions(out / "a", fs::perms(0711));
  REQUIRE(write_tree(out, tree("2")));
  CHECK(files_in(out) == tree("2"));
  CHECK(fs::status(out / "default.json").permissions() == fs::perms(0600));
  CHECK(fs::status(out / "a").permissions() == fs::perms(0711));
}

TEST_CASE("files that stay the same are not touched") {
  Scratch scratch;
  const fs::path out = scratch / "out";
  REQUIRE(write_tree(out, tree("1")));
  put(out / "mine", "x");
  const auto all = natures_in(out);
  REQUIRE(write_tree(out, tree("1")));
  CHECK(natures_in(out) == all);
  REQUIRE(write_tree(out, tree("2")));
  auto now = natures_in(out);
  CHECK(now["a/b.json"] == all.at("a/b.json"));
  CHECK(now["default.json"] != all.at("default.json"));
}

TEST_CASE("a name of ours that is taken is refused, and nothing changes") {
  struct Row {
    const char* name;
    std::function<void(const fs::path& out)> take;
    const char* file;
    bool first_only = false;  // a case only where no tree stands
  };
  const auto swap_for = [](const char* path, std::function<void(const fs::path&)> make) {
    return [path, make = std::move(make)](const fs::path& out) {
      fs::remove_all(out / path);
      fs::create_directories((out / path).parent_path());
      make(out / path);
    };
  };
  const Row rows[] = {
      {"a file of somebody else", [](const fs::path& out) { put(out / "default.json", "mine"); },
       "default.json", true},
      {"a manifest of something else",
       [](const fs::path& out) { put(out / "manifest.json", R"({"name":"app","files":[]})"); },
       "manifest.json"},
      {"a manifest that is not a JSON",
       [](const fs::path& out) { put(out / "manifest.json", "mine"); }, "manifest.json"},
      {"our file, changed by hand",
       [](const fs::path& out) { put(out / "default.json", "edited"); }, "default.json"},
      {"our file, changed to one of the same length",
       [](const fs::path& out) { put(out / "default.json", "9"); }, "default.json"},
      {"a link to a file",
       swap_for("default.json", [](const fs::path& p) { fs::create_symlink("a/b.json", p); }),
       "default.json"},
      {"a link that leads nowhere",
       swap_for("default.json", [](const fs::path& p) { fs::create_symlink("gone", p); }),
       "default.json"},
      {"a folder", swap_for("default.json", [](const fs::path& p) { fs::create_directories(p); }),
       "default.json"},
      {"a pipe",
       swap_for("default.json", [](const fs::path& p) { REQUIRE(::mkfifo(p.c_str(), 0600) == 0); }),
       "default.json"},
      {"a file where a folder is needed", swap_for("a", [](const fs::path& p) { put(p, "mine"); }),
       "out/a"},
      {"a link where a folder is needed",
       swap_for("a", [](const fs::path& p) { fs::create_directory_symlink("/tmp", p); }), "out/a"},
      {"a manifest that is a link",
       swap_for("manifest.json", [](const fs::path& p) { fs::create_symlink("a/b.json", p); }),
       "manifest.json"},
  };
  for (const Row& row : rows) {
    for (const bool first : {true, false}) {
      if (row.first_only && !first) continue;
      CAPTURE(row.name);
      CAPTURE(first);
      Scratch scratch;
      const fs::path out = scratch / "out";
      if (!first) REQUIRE(write_tree(out, tree("1")));
      row.take(out);
      put(out / "precious.txt", "keep");
      const auto before = natures_in(scratch.path);
      const auto written = write_tree(out, tree("2"));
      REQUIRE_FALSE(written);
      CHECK_MESSAGE(message(written).find(row.file) != std::string::npos, message(written));
      CHECK(natures_in(scratch.path) == before);
    }
  }
}

TEST_CASE("everything that is in the way is told at once") {
  Scratch scratch;
  put(scratch / "out/default.json", "mine");
  put(scratch / "out/a/c/d.json", "mine");
  const auto written = write_tree(scratch / "out", tree("1"));
  REQUIRE_FALSE(written);
  CHECK(written.error().diagnostics().size() == 2);
  for (const Diagnostic& each : written.error().diagnostics()) CHECK_FALSE(each.hint.empty());
}

TEST_CASE("a file that is no longer generated goes, unless somebody has changed it") {
  Scratch scratch;
  const fs::path out = scratch / "out";
  REQUIRE(write_tree(out, sealed({{"old/1.json", "1"}, {"old/2.json", "2"}})));
  put(out / "old/2.json", "edited");
  const auto written = write_tree(out, tree("2"));
  REQUIRE_MESSAGE(written, message(written));
  CHECK_FALSE(fs::exists(out / "old/1.json"));
  CHECK(content(out / "old/2.json") == "edited");
  REQUIRE(written->warnings.size() == 1);
  CHECK(to_text(written->warnings[0]).find("old/2.json: is no longer generated") !=
        std::string::npos);
  // It is nobody's from now on.
  REQUIRE(write_tree(out, tree("3")));
  CHECK(content(out / "old/2.json") == "edited");
}

TEST_CASE("a signature is ours with the manifest, and nobody's without it") {
  Scratch scratch;
  const fs::path out = scratch / "out";
  Tree with = tree("1");
  with["manifest.json.sig"] = "sig";
  REQUIRE(write_tree(out, with));
  REQUIRE(write_tree(out, tree("2")));
  CHECK_FALSE(fs::exists(out / "manifest.json.sig"));
  put(scratch / "other/manifest.json.sig", "mine");
  CHECK_FALSE(write_tree(scratch / "other", with));
  REQUIRE(write_tree(scratch / "other", tree("1")));
  CHECK(content(scratch / "other/manifest.json.sig") == "mine");
}

TEST_CASE("a tree with a path that leads out of it is refused whole") {
  for (const char* path :
       {"../x.json", "/tmp/x.json", "a/../../x", ".git/config", "a//b", "a\nb"}) {
    CAPTURE(path);
    Scratch scratch;
    Tree files = tree("1");
    files[path] = "x";
    CHECK_FALSE(write_tree(scratch / "out", files));
    CHECK_FALSE(write_tree(scratch / "out", sealed({{path, "x"}})));
    CHECK(entries(scratch.path) == 0);
  }
}

TEST_CASE("where nothing can be written there is an error and no trace") {
  Scratch scratch;
  put(scratch / "file", "x");
  fs::create_symlink("nowhere", scratch / "link");
  for (const char* place : {"file/out", "file", "link"}) {
    CAPTURE(place);
    const auto written = write_tree(scratch / place, tree("1"));
    REQUIRE_FALSE(written);
    CHECK(message(written).find((scratch / std::string(place).substr(0, 4)).string()) !=
          std::string::npos);
  }
  CHECK(content(scratch / "file") == "x");
  CHECK(entries(scratch.path) == 2);
}

TEST_CASE("killed at any step: the old tree or the new one, and the next run ends clean") {
  int kills = 0;
  for (bool ended = false; !ended; ++kills) {
    CAPTURE(kills);
    Scratch scratch;
    const fs::path out = scratch / "out";
    REQUIRE(write_tree(out, tree("1", "old/only.json")));
    ended = !killed_before_call(kills + 1, [&] { (void)write_tree(out, tree("2")); });
    const Tree there = files_in(out);
    CHECK((there == tree("1", "old/only.json") || there == tree("2")));
    REQUIRE(write_tree(out, tree("3")));
    CHECK(files_in(out) == tree("3"));
    CHECK(entries(scratch.path) == 1);
  }
  CHECK(kills > 50);
}

TEST_CASE("killed at any step beside things of others: no mix passes for whole, nothing is lost") {
  int kills = 0, mixed = 0;
  for (bool ended = false; !ended; ++kills) {
    CAPTURE(kills);
    Scratch scratch;
    const fs::path out = scratch / "out";
    REQUIRE(write_tree(out, tree("1", "old/only.json")));
    put(out / "mine/README.md", "mine");
    fs::create_directories(out / "empty");
    ended = !killed_before_call(kills + 1, [&] { (void)write_tree(out, tree("2")); });
    const bool is_old = holds(out, tree("1", "old/only.json"));
    const bool is_new = holds(out, tree("2")) && !fs::exists(out / "old");
    if (!is_old && !is_new) {
      ++mixed;
      CHECK_FALSE(is_whole(out));
    }
    CHECK(content(out / "mine/README.md") == "mine");
    REQUIRE(write_tree(out, tree("3")));
    CHECK(holds(out, tree("3")));
    Tree all = tree("3");
    all["mine/README.md"] = "mine";
    CHECK(files_in(out) == all);
    CHECK(fs::is_directory(out / "empty"));
    CHECK_FALSE(fs::exists(out / "old"));
    CHECK_FALSE(fs::exists(out / ".buildable-new"));
    CHECK_FALSE(fs::exists(out / ".buildable-ready"));
  }
  CHECK(kills > 50);
  CHECK(mixed > 0);
}

TEST_CASE("what somebody changed after a killed run is refused, then carried on") {
  int refused = 0;
  for (int kills = 1;; ++kills) {
    Scratch scratch;
    const fs::path out = scratch / "out";
    REQUIRE(write_tree(out, tree("1")));
    put(out / "mine", "x");
    if (!killed_before_call(kills, [&] { (void)write_tree(out, tree("2")); })) break;
    put(out / "default.json", "edited");
    REQUIRE_FALSE(write_tree(out, tree("3")));
    CHECK(content(out / "default.json") == "edited");
    fs::remove(out / "default.json");
    const auto written = write_tree(out, tree("3"));
    REQUIRE_MESSAGE(written, message(written));
    CHECK(holds(out, tree("3")));
    ++refused;
  }
  CHECK(refused > 50);
}

TEST_CASE("runs at the same time leave one whole tree") {
  for (const bool with_foreign : {false, true}) {
    Scratch scratch;
    const fs::path out = scratch / "out";
    if (with_foreign) put(out / "mine", "x");
    std::vector<pid_t> children;
    for (int i = 0; i < 6; ++i) {
      const pid_t child = ::fork();
      REQUIRE(child >= 0);
      if (child == 0) {
        for (int turn = 0; turn < 10; ++turn)
          if (!write_tree(out, tree(std::to_string(i * 100 + turn), "e/" + std::to_string(i))))
            ::_exit(1);
        ::_exit(0);
      }
      children.push_back(child);
    }
    for (const pid_t child : children) {
      int status = 0;
      REQUIRE(::waitpid(child, &status, 0) == child);
      CHECK(status == 0);
    }
    CHECK(is_whole(out));
    CHECK(files_in(out).size() == (with_foreign ? 6U : 5U));
    CHECK(entries(scratch.path) == 1);
  }
}
