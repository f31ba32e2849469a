// Trees: directories that lie about themselves, manifests that lead elsewhere, and programs that
// are killed while they write. What is not ours stays; what a reader finds is one whole tree.
#include "attacks/attack.h"
#include "base/digest.h"
#include "publish/signing.h"
#include "support/killed.h"

using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

const Words before{"generate", "-q", "--out", "tree", "--at", "2026-04-10"};
const Words after{"generate", "-q", "--out", "tree", "--at", "2026-05-20"};

std::map<std::string, std::string> files_in(const fs::path& directory) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(directory))
    if (entry.is_regular_file())
      files[entry.path().lexically_relative(directory).string()] = content(entry.path());
  return files;
}

std::string entry_of(const std::string& path, const std::string& text) {
  return "\"" + path + "\":{\"size\":" + std::to_string(text.size()) + ",\"sha256\":\"" +
         buildable::sha256_hex(text) + "\"}";
}

// `entries`: the JSON of the files.
std::string manifest_of(const std::string& entries, const std::string& revision = "2026.05.14",
                        const std::string& expires = "2026-06-14T00:00:00Z") {
  return R"({"schema_version":1,"revision":")" + revision +
         R"(","snapshot":"sha256:0","generated":"2026-05-14T00:00:00Z","expires":")" + expires +
         R"(","files":{)" + entries + "}}";
}

// A key, and a tree whose manifest says what the test wants and is signed all the same.
struct Signer {
  Scratch place;
  buildable::publish::SigningKey key;

  Signer() : key(made(place)) {}
  void seal(const std::string& manifest) const {
    put(place / "tree/manifest.json", manifest);
    put(place / "tree/manifest.json.sig", key.sign(manifest));
  }
  Outcome verify() const {
    return run_program(place.path, {"verify", "tree", "--key", "key.pub", "--at", "2026-05-20",
                                    "--state", "kept"});
  }

 private:
  static buildable::publish::SigningKey made(const Scratch& place) {
    REQUIRE(run_program(place.path, {"keygen", "-q", "--out", "key"}).code == 0);
    auto key = buildable::publish::SigningKey::parse(content(place / "key"), "key");
    REQUIRE(key.has_value());
    return std::move(*key);
  }
};

constexpr int kills = 24;  // of each

}  // namespace

TEST_CASE("generate that is killed leaves the tree from before or the one from after, whole") {
  Scratch place;
  REQUIRE(run_program(place.path, after).code == 0);
  const auto one_after = files_in(place / "tree");
  fs::remove_all(place / "tree");
  REQUIRE(run_program(place.path, before).code == 0);
  const auto one_before = files_in(place / "tree");
  REQUIRE(one_after != one_before);
  const Scratch streams;
  const auto work = [&] { become_program(place.path, after, streams.path); };
  int killed = 0, from_before = 0;
  const std::vector<int> calls = buildable::test::spread_calls(kills, work);
  REQUIRE(run_program(place.path, before).code == 0);
  for (const int n : calls) {
    CAPTURE(n);
    killed += buildable::test::killed_before_call(n, work) ? 1 : 0;
    const auto now = files_in(place / "tree");
    CHECK((now == one_before || now == one_after));
    from_before += now == one_before ? 1 : 0;
    REQUIRE(run_program(place.path, before).code == 0);
    tried(Promise::atomic);
  }
  // A call more or less: threads and the clock have their part in it.
  CHECK(killed >= kills - 1);
  CHECK(from_before > kills / 3);
  REQUIRE(run_program(place.path, after).code == 0);
  CHECK(files_in(place / "tree") == one_after);
}

TEST_CASE("generate that is killed beside what others have loses nothing, and is repeated") {
  Scratch place;
  put(place / "tree/README.md", "mine");
  fs::create_directories(place / "tree/.git/refs/tags");
  REQUIRE(run_program(place.path, before).code == 0);
  const Scratch streams;
  const auto work = [&] { become_program(place.path, after, streams.path); };
  for (const int n : buildable::test::spread_calls(kills, work)) {
    CAPTURE(n);
    buildable::test::killed_before_call(n, work);
    CHECK(content(place / "tree/README.md") == "mine");
    CHECK(fs::is_directory(place / "tree/.git/refs/tags"));
    const Outcome again = run_program(place.path, after);
    CHECK_MESSAGE(again.code == 0, again.err);
    const Outcome back = run_program(place.path, before);
    CHECK_MESSAGE(back.code == 0, back.err);
    tried(Promise::atomic);
  }
  CHECK(files_in(place / "tree").contains("default.json"));
}

TEST_CASE("a manifest in the directory that names what is elsewhere moves generate to nothing") {
  const std::string victim = "precious\n";
  for (const char* path : {"../victim", "../../victim", "/tmp/buildable-victim", "a/../../victim",
                           ".git/config", "./../victim", "..", "", "link/victim", "a//../../victim",
                           "\\u002e\\u002e/victim", "victim\\u0000", "-rf", "CON"}) {
    CAPTURE(path);
    const Scratch place;
    put(place / "x/victim", victim);
    put(place / "victim", victim);
    put(place / "x/out/.git/config", victim);
    fs::create_directory_symlink("../..", place / "x/out/link");
    put(place / "x/out/manifest.json", manifest_of(entry_of(path, victim)));
    const Natures all = natures_in(place.path);
    const Outcome ran = run_program(place.path, {"generate", "-q", "--out", "x/out"});
    check_harmless(ran);
    CHECK((ran.code == 0 || ran.code == 2));
    Natures now = natures_in(place.path);
    if (ran.code == 2) CHECK(difference(all, now) == "");
    for (const char* stays : {"x/victim", "victim", "x/out/.git/config", "x/out/link"})
      CHECK(now[stays] == all.at(stays));
    tried(Promise::atomic);
  }
}

TEST_CASE("a directory that is none, or that others have filled") {
  struct Row {
    std::string name;
    std::function<void(const fs::path& place)> make;  // "out"
    int code;
  };
  const Row rows[] = {
      {"a file", [](const fs::path& it) { put(it / "out", "mine"); }, 2},
      {"a named pipe",
       [](const fs::path& it) { REQUIRE(::mkfifo((it / "out").c_str(), 0600) == 0); }, 2},
      {"a device", [](const fs::path& it) { fs::create_symlink("/dev/zero", it / "out"); }, 2},
      {"a loop", [](const fs::path& it) { fs::create_symlink("out", it / "out"); }, 2},
      {"below a file", [](const fs::path& it) { put(it / "out", "mine"); }, 2},
      {"5,000 files of others",
       [](const fs::path& it) {
         for (int i = 0; i < 5'000; ++i) put(it / "out" / std::to_string(i), "mine");
       },
       0},
      {"a manifest of a megabyte of brackets",
       [](const fs::path& it) { put(it / "out/manifest.json", std::string(1'000'000, '[')); }, 2},
      {"a manifest that is a named pipe",
       [](const fs::path& it) {
         fs::create_directories(it / "out");
         REQUIRE(::mkfifo((it / "out/manifest.json").c_str(), 0600) == 0);
       },
       2},
      {"each of our folders is a named pipe",
       [](const fs::path& it) {
         fs::create_directories(it / "out");
         for (const char* name : {"renovate", "datasources", "dependabot"})
           REQUIRE(::mkfifo((it / "out" / name).c_str(), 0600) == 0);
       },
       2},
      {"our folder is a link to elsewhere",
       [](const fs::path& it) {
         put(it / "elsewhere/mine", "mine");
         fs::create_directories(it / "out");
         fs::create_directory_symlink("../elsewhere", it / "out/renovate");
       },
       2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const Scratch place;
    row.make(place.path);
    const Natures all = natures_in(place.path);
    const std::string out = row.name == "below a file" ? "out/tree" : "out";
    const Outcome ran = run_program(place.path, {"generate", "-q", "--out", out});
    check_harmless(ran);
    CHECK_MESSAGE(ran.code == row.code, ran.err);
    Natures now = natures_in(place.path);
    if (row.code != 0) CHECK(difference(all, now) == "");
    for (const auto& theirs : all) CHECK_MESSAGE(now[theirs.first] == theirs.second, theirs.first);
    tried(Promise::atomic);
  }
}

TEST_CASE("a signed tree that lies is not verified, and moves no memory of what was") {
  struct Row {
    std::string name;
    std::string manifest;
  };
  const std::string text = "{}\n";
  const std::string good = entry_of("default.json", text);
  std::string many = good;
  for (int i = 0; i < 100'000; ++i) many += ",\"f" + std::to_string(i) + good.substr(13);
  const auto path = [&](const char* name) {
    return manifest_of(good + "," + entry_of(name, text));
  };
  const Row rows[] = {
      {"a path that leads out", path("../victim")},
      {"a path from the root", path("/etc/hostname")},
      {"a path of orders", path("\\u001b[2J")},
      {"a path of two lines", path("a\\n::error::x")},
      {"a path of git's", path(".git/config")},
      {"a path of nothing", path("")},
      {"itself", path("manifest.json")},
      {"a revision that leads out", manifest_of(good, "../../x")},
      {"a revision of orders", manifest_of(good, "2026.05.14\\u001b[2J")},
      {"a revision without end", manifest_of(good, std::string(100'000, '9'))},
      {"a revision of many parts", manifest_of(good, "1.1.1.1.1.1.1")},
      {"a negative revision", manifest_of(good, "2026.-5.14")},
      {"it has expired", manifest_of(good, "2026.05.14", "2026-05-19T00:00:00Z")},
      {"an end that is none", manifest_of(good, "2026.05.14", "never")},
      {"an older revision", manifest_of(good, "2020.01.01")},
      {"another digest",
       manifest_of(buildable::replace_all(good, "\"sha256\":\"", "\"sha256\":\"0"))},
      {"a negative size", manifest_of(buildable::replace_all(good, "\"size\":3", "\"size\":-3"))},
      {"a size beyond numbers",
       manifest_of(buildable::replace_all(good, "\"size\":3", "\"size\":99999999999999999999"))},
      {"a size of a fraction",
       manifest_of(buildable::replace_all(good, "\"size\":3", "\"size\":3.5"))},
      {"files that are not there", manifest_of(many)},
      {"a file twice", manifest_of(good + "," + good)},
      {"no file at all", manifest_of("")},
      {"brackets", std::string(100'000, '[')},
      {"no bytes", ""},
      {"another form",
       buildable::replace_all(manifest_of(good), "\"schema_version\":1", "\"schema_version\":2")},
  };
  const Signer signer;
  put(signer.place / "tree/default.json", text);
  put(signer.place / "victim", text);
  signer.seal(manifest_of(good, "2026.05.13"));
  const Outcome fine = signer.verify();
  REQUIRE_MESSAGE(fine.code == 0, fine.err);
  const Natures kept = natures_in(signer.place / "kept");
  for (const Row& row : rows) {
    CAPTURE(row.name);
    signer.seal(row.manifest);
    const Outcome ran = signer.verify();
    check_harmless(ran);
    CHECK_MESSAGE(ran.code == 3, ran.err.substr(0, 2000));
    CHECK(ran.out == "");
    CHECK(difference(kept, natures_in(signer.place / "kept")) == "");
    tried(Promise::doubt);
  }
  // What is empty is not a tree, even where the manifest says so.
  fs::remove(signer.place / "tree/default.json");
  signer.seal(manifest_of(""));
  const Outcome empty = signer.verify();
  check_harmless(empty);
  CHECK_MESSAGE(empty.code == 3, empty.err);
  tried(Promise::whole);
}
