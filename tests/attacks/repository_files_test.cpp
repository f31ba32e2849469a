// What is not a file, too many files, and git's own files spoiled, in a repository: nothing waits,
// nothing outside is read or written, and what lies beside is judged and fixed.
#include <sys/socket.h>
#include <sys/un.h>

#include <functional>

#include "attacks/attack.h"

using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

// A pin that cannot be built, and that the deployment reads.
const char* const beside = ".python-version";
const char* const secret = "s3cretOutside";

void make_socket(const fs::path& path) {
  // Its address may be 108 bytes long, and a link is a short way to the directory.
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const Scratch way;
  fs::create_directory_symlink(path.parent_path(), way / "d");
  const std::string name = (way / "d" / path.filename().string()).string();
  REQUIRE(name.size() < sizeof address.sun_path);
  name.copy(address.sun_path, name.size());
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  REQUIRE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  ::close(socket);
}

// `outside`: a directory beside the repository that holds "secret" and "folder".
struct Kind {
  std::string name;
  std::function<void(const fs::path& path, const fs::path& outside)> make;
};

const std::vector<Kind>& kinds() {
  static const std::vector<Kind> list{
      {"a named pipe",
       [](const fs::path& path, const fs::path&) { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); }},
      {"a device",
       [](const fs::path& path, const fs::path&) { fs::create_symlink("/dev/zero", path); }},
      {"a socket", [](const fs::path& path, const fs::path&) { make_socket(path); }},
      {"a directory",
       [](const fs::path& path, const fs::path&) { fs::create_directories(path / "x"); }},
      {"a link to itself",
       [](const fs::path& path, const fs::path&) { fs::create_symlink(path.filename(), path); }},
      {"a link that leads nowhere",
       [](const fs::path& path, const fs::path&) { fs::create_symlink("nowhere", path); }},
      {"a link to a file outside",
       [](const fs::path& path, const fs::path& outside) {
         fs::create_symlink(outside / "secret", path);
       }},
      {"a link to a folder outside",
       [](const fs::path& path, const fs::path& outside) {
         fs::create_directory_symlink(outside / "folder", path);
       }},
      {"a link to a named pipe outside",
       [](const fs::path& path, const fs::path& outside) {
         fs::create_symlink(outside / "pipe", path);
       }},
      {"a link to the process's own input",
       [](const fs::path& path, const fs::path&) { fs::create_symlink("/proc/self/fd/0", path); }},
  };
  return list;
}

const Words& pin_files() {
  static const Words list{".python-version",
                          "runtime.txt",
                          "package.json",
                          "pyproject.toml",
                          "Dockerfile",
                          ".tool-versions",
                          "pom.xml",
                          "Gemfile.lock",
                          "go.mod",
                          "system.properties",
                          "composer.json",
                          "a.csproj",
                          ".github/workflows/x.yml"};
  return list;
}

void make_outside(const fs::path& outside) {
  put(outside / "secret", std::string(secret) + "\n");
  put(outside / "folder/.python-version", "3.6\n");
  REQUIRE(::mkfifo((outside / "pipe").c_str(), 0600) == 0);
}

void make_beside(const fs::path& root) {
  put(root / beside, "3.6\n");
  put(root / "requirements.txt", "flask\n");
}

Natures without_beside(const fs::path& place) {
  Natures all = natures_in(place);
  all.erase(std::string("repo/") + beside);
  return all;
}

// check, fix --dry-run and fix of the directory "repo"; the whole place stays but for the pin
// beside.
std::string check_commands(const Scratch& place) {
  const Natures before = without_beside(place.path);
  std::string said;
  for (const Words& words : {Words{"check", "repo"}, Words{"check", "repo", "--format", "json"},
                             Words{"fix", "repo", "--dry-run"}, Words{"fix", "repo"}}) {
    CAPTURE(words[0]);
    const Outcome ran = run_program(place.path, words);
    check_harmless(ran);
    CHECK(ran.code <= 2);
    CHECK(has(ran.all(), std::string("repo/") + beside));
    CHECK_FALSE(has(ran.all(), secret));
    said += ran.all();
  }
  CHECK(content(place / "repo" / beside) != "3.6\n");
  CHECK(difference(before, without_beside(place.path)) == "");
  return said;
}

}  // namespace

TEST_CASE("what is not a file, in the place of every pin file") {
  for (const Kind& kind : kinds()) {
    CAPTURE(kind.name);
    const Scratch place;
    make_outside(place / "outside");
    int number = 0;
    for (const std::string& name : pin_files()) {
      const fs::path path = place / "repo" / std::to_string(++number) / name;
      fs::create_directories(path.parent_path());
      kind.make(path, place / "outside");
    }
    make_beside(place / "repo");
    check_commands(place);
    tried(Promise::bounded);
    tried(Promise::doubt);
  }
}

TEST_CASE("what is not a file, in the place of every file of git and of the bots") {
  const Words places{".gitignore", ".git/index", ".git/info/exclude", ".git", "x/.gitignore"};
  for (const Kind& kind : kinds()) {
    for (const std::string& name : places) {
      CAPTURE(kind.name);
      CAPTURE(name);
      const Scratch place;
      make_outside(place / "outside");
      make_beside(place / "repo");
      // Something that is ignored, so that git's index is asked.
      if (name != ".gitignore") put(place / "repo/.gitignore", "ignored\n");
      put(place / "repo/x/ignored/.python-version", "3.13\n");
      fs::create_directories((place / "repo" / name).parent_path());
      kind.make(place / "repo" / name, place / "outside");
      check_commands(place);
      tried(Promise::bounded);
    }
  }
}

TEST_CASE("apply writes to nothing but files, and not through links") {
  const Words places{"renovate.json", "renovate.json5",         ".github/renovate.json",
                     ".renovaterc",   ".github/dependabot.yml", ".github/dependabot.yaml",
                     "package.json",  ".gitlab/renovate.json"};
  for (const Kind& kind : kinds()) {
    for (const std::string& name : places) {
      CAPTURE(kind.name);
      CAPTURE(name);
      const Scratch place;
      make_outside(place / "outside");
      make_beside(place / "repo");
      fs::create_directories((place / "repo" / name).parent_path());
      kind.make(place / "repo" / name, place / "outside");
      const std::string nature = nature_of(place / "repo" / name);
      const Natures outside = natures_in(place / "outside");
      const Outcome ran =
          run_program(place.path, {"apply", "repo", "--preset", "local>group/repo:{track}"});
      check_harmless(ran);
      CHECK_FALSE(has(ran.all(), secret));
      CHECK(nature_of(place / "repo" / name) == nature);
      CHECK(difference(outside, natures_in(place / "outside")) == "");
      tried(Promise::atomic);
    }
  }
}

TEST_CASE("many names of one large file do not add up in memory") {
  const Scratch place;
  const fs::path root = place / "repo";
  make_beside(root);
  put(root / "large", std::string(8U << 20U, ' '));
  for (int i = 0; i < 300; ++i) {
    const fs::path folder = root / std::to_string(i);
    fs::create_directories(folder);
    fs::create_hard_link(root / "large",
                         folder / (i % 2 == 0 ? ".python-version" : "package.json"));
  }
  // Bounds on the whole repository may be met, and are told; memory is what counts.
  for (const Words& words : {Words{"check", "repo"}, Words{"fix", "repo", "--dry-run"}}) {
    const Outcome ran = run_program(place.path, words);
    check_harmless(ran);
    CHECK(ran.code != 0);
    if (!is_program_sanitized()) CHECK_MESSAGE(ran.peak < (600U << 20U), ran.peak);
  }
  tried(Promise::bounded);
}

TEST_CASE("more files, folders and depth than a repository of people has") {
  struct Row {
    std::string name;
    std::function<void(const fs::path& root)> make;
  };
  const Row rows[] = {
      {"20,000 empty files",
       [](const fs::path& root) {
         fs::create_directories(root / "many");
         for (int i = 0; i < 20'000; ++i) std::ofstream(root / "many" / std::to_string(i));
       }},
      {"4,000 empty pin files",
       [](const fs::path& root) {
         for (int i = 0; i < 4'000; ++i) put(root / std::to_string(i) / ".python-version", "");
       }},
      {"500 folders in each other",
       [](const fs::path& root) {
         fs::path deep = root;
         for (int i = 0; i < 500; ++i) deep /= "d";
         put(deep / ".python-version", "3.6\n");
       }},
      {"names as long as names can be",
       [](const fs::path& root) {
         fs::path deep = root;
         for (int i = 0; i < 12; ++i) deep /= std::string(255, 'd');
         put(deep / ".python-version", "3.13\n");
       }},
      {"a link to each folder above",
       [](const fs::path& root) {
         fs::path deep = root;
         for (int i = 0; i < 30; ++i) {
           deep /= "d";
           fs::create_directories(deep);
           fs::create_directory_symlink(root, deep / "root");
           fs::create_directory_symlink("..", deep / "up");
         }
       }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch place;
    make_beside(place / "repo");
    row.make(place / "repo");
    check_commands(place);
    tried(Promise::bounded);
  }
}

TEST_CASE("ignore files that are long, wild or no text, and an index that is spoiled") {
  struct Row {
    std::string name;
    const char* file;
    std::string text;
  };
  std::string literal, wild, starred;
  for (int i = 0; i < 60'000; ++i) literal += "name" + std::to_string(i) + "\n";
  for (int i = 0; i < 9'000; ++i) wild += "*a*" + std::to_string(i) + "*b\n";
  for (int i = 0; i < 100; ++i) starred += std::string(2000, '*') + "x" + std::to_string(i) + "\n";
  std::string counted("DIRC\0\0\0\2\xFF\xFF\xFF\xFF", 12);
  const std::string fourth = std::string("DIRC\0\0\0\4\0\0\0\1", 12) + std::string(62, '\0') +
                             std::string("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7Fx\0", 10);
  const Row rows[] = {
      {"60,000 names to ignore", ".gitignore", literal},
      {"9,000 wildcards", ".gitignore", wild},
      {"stars in a row", ".gitignore", starred},
      {"an ignore file of 3 MB", ".gitignore", literal + literal + literal + literal},
      {"an ignore file of zero bytes", ".gitignore", std::string(100'000, '\0')},
      {"an ignore file of one line", ".git/info/exclude", std::string(900'000, '[')},
      {"classes that do not end", ".gitignore", std::string(1000, '[') + "a\n[[:alpha:\n[!\n\\\n"},
      {"an index that is cut", ".git/index", "DIRC"},
      {"an index of zero bytes", ".git/index", std::string(100'000, '\0')},
      {"an index of more entries than it has", ".git/index", counted},
      {"an index of version 4 that lies", ".git/index", fourth},
      {"an index of pages", ".git/index", std::string(2'000'000, 'x')},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch place;
    make_beside(place / "repo");
    if (std::string(row.file) != ".gitignore") put(place / "repo/.gitignore", ".nvmrc\n");
    for (int i = 0; i < 300; ++i)
      put(place / "repo" / ("n" + std::to_string(i)) / ".nvmrc", "22\n");
    put(place / "repo" / row.file, row.text);
    check_commands(place);
    tried(Promise::bounded);
  }
}

TEST_CASE("a directory in which nothing can be written") {
  if (::geteuid() == 0) {
    MESSAGE("not tried: root may write everywhere");
    return;
  }
  const Scratch place;
  put(place / "repo/.python-version", "3.6\n");
  put(place / "repo/requirements.txt", "flask\n");
  fs::permissions(place / "repo", fs::perms(0555));
  const Natures before = natures_in(place.path);
  for (const Words& words :
       {Words{"fix", "repo"}, Words{"apply", "repo", "--preset", "local>g/r"}}) {
    const Outcome ran = run_program(place.path, words);
    check_harmless(ran);
    CHECK(ran.code == 2);
    CHECK_MESSAGE(has(ran.err, "ermission denied"), ran.err);
    CHECK(difference(before, natures_in(place.path)) == "");
    tried(Promise::atomic);
  }
  fs::permissions(place / "repo", fs::perms(0755));
}
