#include "ingest/embedded_inventory.h"

#include <random>

#include "ingest/inventory.h"
#include "ingest/support.h"

using namespace std::literals;

namespace buildable::ingest {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::test_data;
using testing::with;

const std::vector<std::string> good_files{"good_inventory_artifacts.toml",
                                          "good_inventory_old_artifacts.toml",
                                          "good_inventory_releases.toml"};

std::string noise(std::size_t size, unsigned seed) {
  std::mt19937 engine(seed);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(engine() & 0xff);
  return bytes;
}

void check_same(const Result<std::string_view>& found, const std::string& text) {
  REQUIRE_MESSAGE(found, found.error().to_text());
  auto embedded = parse_inventory(*found);
  auto whole = parse_inventory(text);
  REQUIRE(embedded);
  REQUIRE(whole);
  REQUIRE(embedded->size() == whole->size());
  for (std::size_t i = 0; i < whole->size(); ++i) {
    CHECK((*embedded)[i].version == (*whole)[i].version);
    CHECK((*embedded)[i].arch == (*whole)[i].arch);
    CHECK((*embedded)[i].released == (*whole)[i].released);
  }
}

// What a linker may put right behind a text: nothing separates them.
const std::vector<std::string> neighbours{
    "",
    "\0\0\0"s,
    "failed to read the inventory",
    "\nfailed",
    "name = \"tool\"\n\n[[releases]]\nversion = \"1.0.0\"\nchannel = \"release\"\nurl = \"u\"\n",
    "[[releases]]\nrange = \"v1\"\nend_of_life = \"2030-01-01\"\n\n[releases.metadata]\n",
    "[[arti",
    "[[",
    "key = \"value\"",
    "version",
    "\xff\xfe",
};

TEST_CASE("an inventory is found whatever surrounds it") {
  for (const std::string& file : good_files) {
    std::string text = ingest_file(file);
    bool releases = text.find("[[releases]]") != std::string::npos;
    for (const std::string& next : neighbours) {
      // Two lists of one form that touch cannot be told apart.
      if (releases && next.find("[[releases]]") != std::string::npos) continue;
      CAPTURE(file);
      CAPTURE(next);
      check_same(embedded_inventory(noise(3000, 1) + text + next + noise(3000, 2)), text);
      check_same(embedded_inventory("an error: " + text + next), text);
      // Without the newline at its end, as long as what follows does not continue its last value.
      std::string bare = text.substr(0, text.find_last_of('"') + 1);
      check_same(embedded_inventory(noise(100, 3) + bare + next), text);
    }
  }
}

TEST_CASE("the same inventory twice counts once") {
  std::string text = ingest_file("good_inventory_artifacts.toml");
  check_same(embedded_inventory(text + "between" + text), text);
}

TEST_CASE("a binary without an inventory is an error") {
  std::string tools = neighbours[4];
  for (const std::string& binary :
       {std::string(), noise(100000, 4), std::string("[[artifacts]]\n"), tools,
        std::string("[[artifacts]]\nversion = \"1\"\n"), std::string(100000, '[')}) {
    check_error(embedded_inventory(binary), "holds no inventory");
  }
}

TEST_CASE("two inventories that differ are an error") {
  std::string artifacts = ingest_file("good_inventory_artifacts.toml");
  check_error(embedded_inventory(artifacts + "x" + ingest_file("good_inventory_releases.toml")),
              "two inventories");
  check_error(embedded_inventory(artifacts + "x" + with(artifacts, "21.0.11", "21.0.12")),
              "two inventories");
}

TEST_CASE("a part of an inventory is never taken for all of it") {
  std::string good = ingest_file("good_inventory_artifacts.toml");
  for (const std::string& broken : {with(good, "version = \"21.0.11\"", "version = 21"),
                                    with(good, "version = \"21.0.11\"\nos", "os"),
                                    with(good, "os = \"linux\"\n", "os = \"li\0ux\"\n"s),
                                    with(good, "arch = \"amd64\"", "arch = \"am\\u0064d64\""),
                                    with(good, "checksum = ", "kind = \"x\"\nchecksum = "),
                                    with(good, "url = ", "# a comment\nurl = ")}) {
    CAPTURE(broken);
    CHECK(!embedded_inventory(noise(50, 5) + broken + noise(50, 6)));
  }
}

TEST_CASE("wherever a byte is spoiled, what is taken is the whole or nothing") {
  std::string good = ingest_file("good_inventory_artifacts.toml");
  std::size_t entries = parse_inventory(good)->size();
  std::mt19937 engine(7);
  int refused = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string spoiled = good;
    spoiled[i] = static_cast<char>(engine() & 0xff);
    auto found = embedded_inventory(spoiled);
    refused += found ? 0 : 1;
    // Where the beginning of an entry is spoiled it looks like a neighbour of the inventory.
    std::size_t entry = good.rfind("\n[[", i);
    bool beginning = entry == std::string::npos || i < good.find(" = ", entry) + 3;
    if (found && !beginning) CHECK(parse_inventory(*found)->size() == entries);
  }
  CHECK(refused > 100);
}

TEST_CASE("hostile repetition costs no more than its length") {
  std::string headers;
  for (int i = 0; i < 400000; ++i) headers += "[[artifacts]]\nx";
  check_error(embedded_inventory(headers), "holds no inventory");
  std::string keys = "[[releases]]\n";
  for (int i = 0; i < 400000; ++i) keys += "url = \"x\"\n";
  check_error(embedded_inventory(keys), "holds no inventory");
}

TEST_CASE("inventories of Heroku are found inside a binary") {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test_data("ingest/inventories"))) {
    CAPTURE(entry.path().string());
    std::string text = testing::read_file(entry.path());
    bool releases = text.find("[[releases]]") != std::string::npos;
    for (const std::string& next : neighbours) {
      std::string after = releases ? "no such version" : next;
      check_same(embedded_inventory(noise(100000, 8) + text + after + noise(100000, 9)), text);
    }
    ++count;
  }
  CHECK(count == 6);
}

}  // namespace
}  // namespace buildable::ingest
