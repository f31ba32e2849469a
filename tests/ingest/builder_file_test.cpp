#include "ingest/builder_file.h"
#include "ingest/support.h"

namespace buildable {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::with;

TEST_CASE("builder.toml gives stack, lifecycle, order and its members once each") {
  Result<BuilderFile> read = parse_builder_file(ingest_file("good_builder.toml"));
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(read->stack == "heroku-24");
  CHECK(read->candidate.lifecycle == "0.20.7");
  CHECK(read->candidate.order.size() == 8);
  CHECK(read->candidate.buildpacks.size() == 13);
  CHECK(read->candidate.buildpacks[1] == BuildpackReference{"heroku/python", "0.25.0", false});
}

TEST_CASE("a builder.toml of another form is an error") {
  const std::string good = ingest_file("good_builder.toml");
  struct Row {
    std::string text;
    const char* says;
  };
  for (const Row& row : {
           Row{with(good, "[lifecycle]", "[lifecycles]"), "the key \"lifecycles\" is not known"},
           Row{with(good, "id = \"heroku-24\"", "name = \"heroku-24\""),
               "$.stack: the key 'id' is missing"},
           Row{with(good, "version = \"0.25.0\"", "version = 0.25"), "a text is needed"},
           Row{with(good, "    version = \"0.25.0\"\n", ""), "the key 'version' is missing"},
           Row{with(good, "version = \"0.1.3\"", "version = \"0.1.2\""),
               "two versions of heroku/deb-packages"},
           Row{with(good, "id = \"heroku/php\"", "id = \"heroku/perl\""),
               "no group of the order has heroku/perl"},
           Row{good.substr(0, good.find("[[order]]", good.find("[[order]]") + 1)),
               "no group of the order has"},
           Row{good.substr(0, good.find("[[buildpacks]]")), "the key 'order' is missing"},
           Row{"a = [", "builder.toml"},
       }) {
    CAPTURE(row.says);
    check_error(parse_builder_file(row.text), row.says);
  }
}

TEST_CASE("buildpack.toml gives identity, targets and the tool's versions") {
  Result<BuildpackFile> read = parse_buildpack_file(ingest_file("good_buildpack.toml"));
  REQUIRE_MESSAGE(read, read.error().to_text());
  CHECK(read->id == "heroku/maven");
  CHECK(read->version == "7.0.11");
  CHECK(read->targets.size() == 2);
  CHECK(read->tarballs == std::vector<std::string>{"3.9.4"});
  CHECK(read->default_tarball == "3.9.4");
}

TEST_CASE("a buildpack.toml of another form is an error") {
  const std::string good = ingest_file("good_buildpack.toml");
  struct Row {
    std::string text;
    const char* says;
  };
  for (const Row& row : {
           Row{with(good, "default-version = \"3.9.4\"", "default-version = \"3.9.5\""),
               "is not in the list"},
           Row{with(good, "default-version", "default"), "'default-version' is missing"},
           Row{with(good, "url = \"https", "uri = \"https"), "the key 'url' is missing"},
           Row{with(good, "version = \"7.0.11\"", "version = \"7\""), "no version"},
           Row{with(good, "[buildpack]", "[pack]"), "the key \"pack\" is not known"},
       }) {
    CAPTURE(row.says);
    check_error(parse_buildpack_file(row.text), row.says);
  }
}

TEST_CASE("every builder.toml and buildpack.toml of the facts is read") {
  auto data = testing::shared_data();
  if (!data) return;
  int builders = 0;
  int buildpacks = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(*data)) {
    std::string name = entry.path().filename().string();
    bool builder = name == "builder.toml" || name.find(".builder.toml") != std::string::npos ||
                   name.find(".builder-2") != std::string::npos;
    if (builder) {
      CAPTURE(entry.path().string());
      Result<BuilderFile> read = parse_builder_file(testing::read_file(entry.path()));
      REQUIRE_MESSAGE(read, read.error().to_text());
      ++builders;
    } else if (name == "buildpack.toml") {
      CAPTURE(entry.path().string());
      Result<BuildpackFile> read = parse_buildpack_file(testing::read_file(entry.path()));
      REQUIRE_MESSAGE(read, read.error().to_text());
      CHECK(read->version == entry.path().parent_path().filename().string());
      ++buildpacks;
    }
  }
  CHECK(builders >= 16);
  CHECK(buildpacks >= 18);
}

}  // namespace
}  // namespace buildable
