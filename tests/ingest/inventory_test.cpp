#include <algorithm>

#include "ingest/inventory.h"
#include "ingest/support.h"

namespace buildable::ingest {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::with;
using Texts = std::vector<std::string>;

const Target amd64{"linux", "amd64", "ubuntu", "24.04", "heroku-24"};

Result<Texts> versions_in(const std::string& text, Scheme scheme, const Target& target = amd64) {
  Result<std::vector<InventoryEntry>> read = parse_inventory(text);
  if (!read) return fail(std::move(read.error()));
  return inventory_versions(*read, scheme, target);
}

TEST_CASE("each generation gives the target's versions, ascending") {
  auto releases = versions_in(ingest_file("good_inventory_releases.toml"), Scheme::semver);
  REQUIRE_MESSAGE(releases, releases.error().to_text());
  CHECK(*releases == Texts{"18.19.0", "20.10.0"});

  auto old = versions_in(ingest_file("good_inventory_old_artifacts.toml"), Scheme::go);
  REQUIRE_MESSAGE(old, old.error().to_text());
  REQUIRE(old->size() == 3);
  CHECK(*Version::parse(Scheme::go, old->back()) == *Version::parse(Scheme::go, "1.22rc1"));

  const std::string artifacts = ingest_file("good_inventory_artifacts.toml");
  auto amd = versions_in(artifacts, Scheme::java);
  REQUIRE_MESSAGE(amd, amd.error().to_text());
  REQUIRE(amd->size() == 2);
  CHECK(*Version::parse(Scheme::java, amd->front()) == *Version::parse(Scheme::java, "1.8.0_492"));
  Target arm64 = amd64;
  arm64.arch = "arm64";
  CHECK(versions_in(artifacts, Scheme::java, arm64)->size() == 1);
}

TEST_CASE("an inventory without an entry for the target is an error, not an empty list") {
  check_error(
      versions_in(with(ingest_file("good_inventory_artifacts.toml"), "\"arm64\"", "\"amd64\""),
                  Scheme::java, Target{"linux", "arm64", "", "", ""}),
      "nothing for linux arm64");
  check_error(versions_in(ingest_file("good_inventory_releases.toml"), Scheme::semver,
                          Target{"windows", "amd64", "", "", ""}),
              "nothing for windows amd64");
}

TEST_CASE("an inventory of another form is an error with its line") {
  const std::string good = ingest_file("good_inventory_artifacts.toml");
  struct Row {
    std::string text;
    const char* says;
  };
  for (const Row& row : {
           Row{with(good, "[[artifacts]]", "[[artifact]]"), "2: not a known table"},
           Row{with(good, "os = \"linux\"\n", ""), "2: an entry without the key 'os'"},
           Row{with(good, "checksum = \"sha256:aa\"", "sha512 = \"aa\""), "no 'key = \"text\"'"},
           Row{with(good, "checksum", "digest"), "2: an entry without the key 'checksum'"},
           Row{with(good, "checksum =", "kind = \"x\"\nchecksum ="),
               "2: an entry with the unknown key 'kind'"},
           Row{with(good, "version = \"21.0.11\"", "version = 21"), "3: no 'key = \"text\"'"},
           Row{with(good, "version = \"21.0.11\"", "version = \"21.0.11"),
               "3: no 'key = \"text\"'"},
           Row{with(good, "version = \"21.0.11\"", "version = \"\""), "3: empty"},
           Row{with(good, "version = \"21.0.11\"", "version = \"21\\n\""),
               "3: empty, or with a quote or an escape"},
           Row{with(good, "os =", "version = \"1\"\nos ="), "4: the key 'version' stands twice"},
           Row{with(good, "\"amd64\"", "\"riscv\""), "not a known architecture"},
           Row{with(good, "\"26.0.1\"", "\"1.8.0_492\"") + "\n" + good.substr(good.find("[[")),
               "twice in the list"},
           Row{"# nothing\n", "the inventory has no entries"},
           Row{"name = \"x\"\n", "the inventory has no entries"},
           Row{"version = \"1\"\n" + good, "1: a key before any entry"},
           Row{"[artifacts.metadata]\n" + good, "metadata of no entry"},
           Row{good + ingest_file("good_inventory_releases.toml").substr(18),
               "two forms in one inventory"},
           Row{with(ingest_file("good_inventory_releases.toml"), "\"staging\"", "\"nightly\""),
               "not a known channel"},
           Row{good.substr(0, good.size() - 20), "no 'key = \"text\"'"},
       }) {
    CAPTURE(row.says);
    check_error(parse_inventory(row.text), row.says);
  }
}

TEST_CASE("a version that the scheme cannot read is an error") {
  check_error(versions_in(with(ingest_file("good_inventory_artifacts.toml"), "21.0.11", "latest"),
                          Scheme::semver),
              "latest");
}

TEST_CASE("inventories of Heroku are read, every entry") {
  struct Row {
    const char* file;
    Scheme scheme;
    std::size_t entries;
    std::size_t versions;  // for Linux on amd64
    const char* oldest;
    const char* newest;
  };
  for (const Row& row : {
           Row{"dotnet-1.0.7.toml", Scheme::dotnet, 35, 18, "8.0.100-preview.1.23115.2",
               "10.0.203"},
           Row{"go-0.1.13.toml", Scheme::go, 35, 35, "1.0.1", "1.22rc1"},
           Row{"go-2.2.3.toml", Scheme::go, 36, 25, "1.8.5", "1.26.3"},
           Row{"jvm-7.0.11.toml", Scheme::java, 35, 27, "1.8.0_265", "26.0.1"},
           Row{"nodejs-5.7.1.toml", Scheme::semver, 36, 22, "0.8.6", "26.1.0"},
           Row{"nodejs-engine-2.6.2.toml", Scheme::semver, 51, 19, "0.10.0", "21.0.0"},
       }) {
    CAPTURE(std::string(row.file));
    const std::string text = ingest_file(std::string("inventories/") + row.file);
    auto inventory = parse_inventory(text);
    REQUIRE_MESSAGE(inventory, inventory.error().to_text());
    CHECK(inventory->size() == row.entries);
    auto versions = inventory_versions(*inventory, row.scheme, amd64);
    REQUIRE_MESSAGE(versions, versions.error().to_text());
    CHECK(versions->size() == row.versions);
    CHECK(*Version::parse(row.scheme, versions->front()) ==
          *Version::parse(row.scheme, row.oldest));
    CHECK(*Version::parse(row.scheme, versions->back()) == *Version::parse(row.scheme, row.newest));
  }
}

}  // namespace
}  // namespace buildable::ingest
