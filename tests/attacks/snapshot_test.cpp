// States that somebody else wrote: what is missing in them, contradicts itself or has no evidence
// is neither published nor generated, and what was published stays.
#include <set>

#include "attacks/state.h"

using namespace buildable::test;
namespace fs = std::filesystem;

namespace {

struct Row {
  std::string name;
  Change change;
  std::string says = {};
};

std::set<std::string> runtimes_with_versions() {
  std::set<std::string> names;
  for (const Json& each : known_snapshot()["capabilities"])
    if (each.contains("versions") && each["versions"].size() > 3) names.insert(each["runtime"]);
  return names;
}

std::set<std::string> runtimes() {
  std::set<std::string> names;
  for (const Json& each : known_snapshot()["capabilities"]) names.insert(each["runtime"]);
  return names;
}

Change of_runtime(const std::string& name, const Change& change) {
  return [name, change](Json& snapshot) {
    for (Json& each : snapshot["capabilities"])
      if (each["runtime"] == name) change(each);
  };
}

void halve(Json& list) {
  Json half = Json::array();
  for (std::size_t i = 0; i < list.size(); i += 2) half.push_back(list[i]);
  list = half;
}

// Less than there was.
std::vector<Row> losses() {
  std::vector<Row> rows{
      {"no track but one", [](Json& it) { it["tracks"].erase(1); }, "track"},
      {"the default track has another name", [](Json& it) { it["tracks"][0]["name"] = "usual"; },
       "default"},
      {"nothing is known of any builder",
       [](Json& it) {
         for (Json& builder : it["builders"]) {
           builder["candidates"] = Json::array();
           builder.erase("witnesses");
         }
       }},
      {"no capability at all", [](Json& it) { it["capabilities"] = Json::array(); }},
      {"archives are gone",
       [](Json& it) {
         for (Json& store : it["stores"]) store["archives"] = Json::array();
       }},
      {"half of the archives are gone",
       [](Json& it) {
         for (Json& store : it["stores"]) halve(store["archives"]);
       }},
  };
  for (const std::string& name : runtimes())
    rows.push_back({name + " vanished", [name](Json& it) {
                      Json kept = Json::array();
                      for (const Json& each : it["capabilities"])
                        if (each["runtime"] != name) kept.push_back(each);
                      it["capabilities"] = kept;
                    }});
  for (const std::string& name : runtimes_with_versions()) {
    rows.push_back({name + " lost half of its versions", of_runtime(name, [](Json& it) {
                      if (it.contains("versions")) halve(it["versions"]);
                    })});
    rows.push_back({name + " lost all of its versions", of_runtime(name, [](Json& it) {
                      if (it.contains("versions")) it["versions"] = Json::array();
                    })});
  }
  return rows;
}

// What cannot be true.
std::vector<Row> contradictions() {
  const auto python = [](const Change& change) { return of_runtime("python", change); };
  return {
      {"a default that cannot be built", python([](Json& it) { it["default_version"] = "3.99"; }),
       "3.99"},
      {"a default that is not a version",
       python([](Json& it) { it["default_version"] = "../../etc"; })},
      {"an alias of another series", python([](Json& it) { it["aliases"]["3.14"] = "3.99.1"; }),
       "3.99"},
      {"a newest series below the oldest", python([](Json& it) { it["newest_series"] = "3.1"; })},
  };
}

// A remote that has the state before, and a publisher who knows a state that was changed.
struct Published : Repository {
  std::string refs;

  Published() {
    REQUIRE(publish("--quiet --at 2026-05-20").code == 0);
    refs = git("for-each-ref");
  }
  void check(const Row& row, Promise promise) const {
    CAPTURE(row.name);
    Json snapshot = later_snapshot();
    row.change(snapshot);
    std::filesystem::remove_all(scratch / "states");
    remember(scratch.path, snapshot);
    const Outcome ran = run_program(scratch.path, {"publish", "--repo", url, "--at", later});
    check_harmless(ran);
    // 2: no policy can be made of it. 3: one can, and is not to be believed.
    CHECK_MESSAGE((ran.code == 2 || ran.code == 3), ran.out << ran.err);
    CHECK_MESSAGE(has(ran.err, row.says), ran.err);
    REQUIRE(git("for-each-ref") == refs);
    tried(promise);
  }
};

// A directory with a tree, and beside it a snapshot that generate is given: it is refused, and
// nothing changes.
void check_generation(const std::string& text, const std::string& says, Promise promise) {
  const Scratch place;
  REQUIRE(run_program(place.path, {"generate", "-q", "--at", "2026-05-20", "--out", "tree"}).code ==
          0);
  put(place / "bad.json", text);
  const Natures before = natures_in(place.path);
  for (const Words& words : {Words{"generate", "--out", "tree", "--snapshot", "bad.json"},
                             Words{"generate", "--out", "new/tree", "--snapshot", "bad.json"},
                             Words{"diff", "2026-05-14", "bad.json"}}) {
    const Outcome ran = run_program(place.path, words);
    check_harmless(ran);
    CHECK_MESSAGE(ran.code == 2, ran.err);
    CHECK_MESSAGE(has(ran.err, "bad.json"), ran.err);
    CHECK_MESSAGE(has(ran.err, says), ran.err);
    CHECK(difference(before, natures_in(place.path)) == "");
  }
  tried(promise);
}

int count_evidence(const Json& value) {
  int count = 0;
  if (value.is_object() && value.contains("evidence")) {
    const Json& evidence = value["evidence"];
    for (const Json& each : evidence.is_array() ? evidence : Json::array({evidence}))
      if (each.is_object() && each.value("source", "") != "" && each.value("seen", "") != "")
        ++count;
  }
  if (value.is_structured())
    for (const Json& inner : value) count += count_evidence(inner);
  return count;
}

}  // namespace

TEST_CASE("a state that lost something is not published") {
  const Published published;
  for (const Row& row : losses()) published.check(row, Promise::whole);
}

TEST_CASE("a state that contradicts itself is not published") {
  const Published published;
  for (const Row& row : contradictions()) published.check(row, Promise::doubt);
}

TEST_CASE("facts without their evidence are generated into no rule, and published by nobody") {
  const std::vector<Row> rows{
      {"no source", [](Json& it) { it["source"] = ""; }, "source"},
      {"a source of blanks", [](Json& it) { it["source"] = "  "; }, "source"},
      {"no source at all", [](Json& it) { it.erase("source"); }, "source"},
      {"no time", [](Json& it) { it.erase("seen"); }, "seen"},
      {"a time that is none", [](Json& it) { it["seen"] = "lately"; }, "seen"},
      {"a time of orders", [](Json& it) { it["seen"] = "2026-05-14\n::error::x"; }, "seen"},
      {"a digest that is none", [](Json& it) { it["digest"] = "sha256:12"; }, "digest"},
      {"a digest of another kind", [](Json& it) { it["digest"] = "md5:" + std::string(64, '0'); },
       "digest"},
      {"a source that orders", [](Json& it) { it["source"] = "https://a/\x1b[2J"; }, "source"},
      {"a note that orders", [](Json& it) { it["note"] = "\u202e::error::x"; }, "note"},
      {"no evidence", [](Json& it) { it = nullptr; }, "evidence"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    Json snapshot = later_snapshot();
    each_evidence(snapshot, row.change);
    check_generation(snapshot.dump(), row.says, Promise::evidence);
    // The state is passed over by everybody who looks for the newest.
    const Scratch place;
    remember(place.path, snapshot);
    const Outcome ran = run_program(place.path, {"builder", "--at", later});
    check_harmless(ran);
    CHECK(ran.code == 0);
    CHECK_FALSE(has(ran.err, "2026-09-01"));
    tried(Promise::offline);
  }
}

TEST_CASE("each rule of every known state has its evidence") {
  for (const char* day : {"2026-03-20", "2026-04-10", "2026-05-20"}) {
    CAPTURE(day);
    const Scratch place;
    REQUIRE(run_program(place.path, {"generate", "-q", "--at", day, "--out", "tree"}).code == 0);
    const Json policy = Json::parse(content(place / "tree/policy.json"));
    for (const auto& track : policy["tracks"].items()) {
      CAPTURE(track.key());
      CHECK(count_evidence(track.value()["reasons"]) > 0);
      for (const auto& runtime : track.value()["runtimes"].items()) {
        CAPTURE(runtime.key());
        CHECK(count_evidence(runtime.value()) > 0);
        tried(Promise::evidence);
      }
    }
  }
}

TEST_CASE("texts that are no snapshot are refused, and say why") {
  const std::string good = later_snapshot().dump();
  const auto many = [](std::size_t count, const std::string& piece) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
  };
  Json long_version = later_snapshot(), blank = later_snapshot(), lists = later_snapshot();
  long_version["tracks"][0]["name"] = std::string(100'000, 'a');
  blank["capabilities"][0]["versions"] = {" "};
  lists["tracks"] = many(100, "x");
  const std::pair<std::string, const char*> rows[] = {
      {many(100'000, "["), "levels"},
      {many(100'000, R"({"tracks":)"), "levels"},
      {good.substr(0, good.size() - 1), ""},
      {good + good, ""},
      {"{\"schema_version\":1," + good.substr(1), ""},
      {std::string(200'000, '\0'), ""},
      {many(50'000, "\xED\xA0\x80"), ""},
      {"{\"schema_version\":" + std::string(100'000, '9') + "}", ""},
      {"{\"schema_version\":1e999}", ""},
      {"{\"tracks\":[" + many(200'000, "{},") + "{}]}", ""},
      {long_version.dump(), ""},
      {blank.dump(), ""},
      {lists.dump(), ""},
      {std::string((64U << 20U) + 1, ' '), "bytes"},
  };
  int number = 0;
  for (const auto& row : rows) {
    CAPTURE(++number);
    check_generation(row.first, row.second, Promise::bounded);
    tried(Promise::atomic);
  }
}

TEST_CASE("whatever became of the states on the disk, one that is good loads without a network") {
  struct Damage {
    std::string name;
    std::function<void(const fs::path& states)> make;
    bool keeps_newest;  // else an earlier one, or the one that is compiled in
  };
  const auto newest_file = [](const fs::path& states) {
    return fs::directory_iterator(states / "snapshots")->path();
  };
  const auto replaced = [](const fs::path& path, const std::function<void(const fs::path&)>& make) {
    fs::remove_all(path);
    make(path);
  };
  const auto pipe = [](const fs::path& path) { REQUIRE(::mkfifo(path.c_str(), 0600) == 0); };
  const Damage damages[] = {
      {"nothing", [](const fs::path&) {}, true},
      {"the index is cut", [](const fs::path& it) { fs::resize_file(it / "index.json", 5); }, true},
      {"the index is zero bytes",
       [](const fs::path& it) { put(it / "index.json", std::string(99, '\0')); }, true},
      {"the index is gone", [](const fs::path& it) { fs::remove(it / "index.json"); }, true},
      {"the index is deep",
       [](const fs::path& it) { put(it / "index.json", std::string(100'000, '[')); }, true},
      {"the index is a named pipe", [=](const fs::path& it) { replaced(it / "index.json", pipe); },
       true},
      {"the index is a folder",
       [=](const fs::path& it) {
         replaced(it / "index.json", [](const fs::path& p) { fs::create_directory(p); });
       },
       true},
      {"the index is a device",
       [=](const fs::path& it) {
         replaced(it / "index.json", [](const fs::path& p) { fs::create_symlink("/dev/zero", p); });
       },
       true},
      {"the lock is gone", [](const fs::path& it) { fs::remove(it / "lock"); }, true},
      {"the newest is cut", [=](const fs::path& it) { fs::resize_file(newest_file(it), 1000); },
       false},
      {"a byte of the newest differs",
       [=](const fs::path& it) { put(newest_file(it), content(newest_file(it)) + " "); }, false},
      {"the newest is a named pipe", [=](const fs::path& it) { replaced(newest_file(it), pipe); },
       false},
      {"the newest is a loop",
       [=](const fs::path& it) {
         replaced(newest_file(it), [](const fs::path& p) { fs::create_symlink(p.filename(), p); });
       },
       false},
      {"the newest is gone", [=](const fs::path& it) { fs::remove(newest_file(it)); }, false},
      {"the folder is a file",
       [](const fs::path& it) {
         fs::remove_all(it / "snapshots");
         put(it / "snapshots", "x");
       },
       false},
      {"all is a file",
       [](const fs::path& it) {
         fs::remove_all(it);
         put(it, "x");
       },
       false},
      {"all is a named pipe", [=](const fs::path& it) { replaced(it, pipe); }, false},
      {"all is a loop",
       [=](const fs::path& it) {
         replaced(it, [](const fs::path& p) { fs::create_symlink(p.filename(), p); });
       },
       false},
      {"all is gone", [](const fs::path& it) { fs::remove_all(it); }, false},
  };
  for (const Damage& damage : damages) {
    CAPTURE(damage.name);
    const Scratch place;
    remember(place.path, later_snapshot());
    damage.make(place / "states");
    for (const Words& words :
         {Words{"builder", "--at", later}, Words{"explain", "python", "3.13", "--at", later},
          Words{"generate", "--out", "tree", "--at", later}}) {
      const Outcome ran = run_program(place.path, words);
      check_harmless(ran);
      CHECK_MESSAGE(ran.code == 0, ran.err);
      CHECK(ran.out.size() > 50);
      CHECK_MESSAGE(has(ran.err, "2026-09-01") == damage.keeps_newest, ran.err);
    }
    tried(Promise::offline);
  }
}
