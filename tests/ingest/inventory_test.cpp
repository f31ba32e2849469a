#include <algorithm>

#include "ingest/inventory.h"
#include "ingest/support.h"

namespace buildable {
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

TEST_CASE("every inventory of the facts is read and has as many versions as its facts say") {
  auto data = testing::shared_data();
  if (!data) return;
  int read_count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*data / "buildpacks")) {
    if (entry.path().filename() != "inventory.toml") continue;
    CAPTURE(entry.path().string());
    auto inventory = parse_inventory(testing::read_file(entry.path()));
    REQUIRE_MESSAGE(inventory, inventory.error().to_text());
    std::string facts = testing::read_file(entry.path().parent_path() / "facts.json");
    auto expected = [&](const std::string& key) {
      return std::stoul(facts.substr(facts.find("\"" + key + "\": ") + key.size() + 4));
    };
    CHECK(inventory->size() == expected("artifacts"));
    auto versions = std::count_if(inventory->begin(), inventory->end(), [](const auto& item) {
      return item.os == "linux" && item.arch == "amd64" && item.released;
    });
    CHECK(static_cast<std::size_t>(versions) == expected("amd64_versions"));
    ++read_count;
  }
  CHECK(read_count >= 35);
}

}  // namespace
}  // namespace buildable
