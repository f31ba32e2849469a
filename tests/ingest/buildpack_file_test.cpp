#include "ingest/buildpack_file.h"
#include "ingest/support.h"

namespace buildable::ingest {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::with;

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

TEST_CASE("buildpack.toml files of Heroku are read") {
  struct Row {
    const char* file;
    const char* id;
    const char* version;
    std::vector<std::string> targets;  // "linux/amd64 ubuntu 22.04 ubuntu 24.04"
    std::vector<std::string> stacks;
    std::vector<std::string> tarballs;
  };
  for (const Row& row : {
           Row{"maven-4.0.2.toml", "heroku/maven", "4.0.2", {}, {"*"}, {"3.9.4"}},
           Row{"maven-7.0.11.toml",
               "heroku/maven",
               "7.0.11",
               {"linux/amd64", "linux/arm64"},
               {},
               {"3.9.4"}},
           Row{"python-0.8.0.toml", "heroku/python", "0.8.0", {}, {"heroku-20", "heroku-22"}, {}},
           Row{"python-6.5.0.toml",
               "heroku/python",
               "6.5.0",
               {"linux/amd64 ubuntu 22.04 ubuntu 24.04 ubuntu 26.04",
                "linux/arm64 ubuntu 24.04 ubuntu 26.04"},
               {},
               {}},
       }) {
    CAPTURE(std::string(row.file));
    Result<BuildpackFile> read =
        parse_buildpack_file(ingest_file(std::string("buildpacks/") + row.file));
    REQUIRE_MESSAGE(read, read.error().to_text());
    CHECK(read->id == row.id);
    CHECK(read->version == row.version);
    std::vector<std::string> targets;
    for (const BuildpackTarget& target : read->targets) {
      targets.push_back(target.os + "/" + target.arch);
      for (const std::string& distro : target.distros) targets.back() += " " + distro;
    }
    CHECK(targets == row.targets);
    CHECK(read->stacks == row.stacks);
    CHECK(read->tarballs == row.tarballs);
  }
}

}  // namespace
}  // namespace buildable::ingest
