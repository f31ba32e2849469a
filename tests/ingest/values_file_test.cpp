#include "ingest/deployment.h"
#include "ingest/support.h"

namespace buildable::ingest {
namespace {

using testing::check_error;
using testing::ingest_file;
using testing::three_tracks;
using testing::with;

const std::string& real() {
  static const std::string text = ingest_file("good_values_2026-05-14.yaml.gotmpl");
  return text;
}

const std::string registry = "tools-harbor.wmcloud.org/toolforge/";

TEST_CASE("the values file of 2026-05-14 gives three tracks") {
  Result<Deployment> read = parse_values_file(real(), three_tracks());
  REQUIRE(read);
  CHECK(read->chart_version == "0.0.220-20260804122801-4e357e0a");
  REQUIRE(read->tracks.size() == 3);
  CHECK(read->tracks[0].track == "default");
  CHECK(read->tracks[0].builder == registry + "heroku-builder:24_0.21.8");
  CHECK(read->tracks[0].runner == registry + "heroku-runner:24_0.21.8");
  CHECK(read->tracks[0].valid_until.empty());
  CHECK(read->tracks[1].builder == registry + "heroku-builder:24_20260511");
  CHECK(read->tracks[2].runner == registry + "heroku-runner:22-cnb");
  CHECK(read->tracks[2].valid_until == "2026-04-27T00:00:00Z");
}

TEST_CASE("every form that the file had in its history is read") {
  struct Row {
    const char* name;
    const char* text;
    const char* builder;
    std::size_t tracks;
  };
  for (const Row& row : {
           Row{"no runner, no other track, tag without a version (2023)",
               "config:\n  builder: tools-harbor.wmcloud.org/toolforge/heroku-builder-classic:22\n",
               "tools-harbor.wmcloud.org/toolforge/heroku-builder-classic:22", 1},
           Row{"another registry (2026-04-01)",
               "config:\n  builder: "
               "toolsbeta-harbor.wmcloud.org/toolforge/heroku-builder:24_0.20.7\n"
               "  latestBuilder: toolsbeta-harbor.wmcloud.org/toolforge/heroku-builder:24_0.21.5\n",
               "toolsbeta-harbor.wmcloud.org/toolforge/heroku-builder:24_0.20.7", 2},
           Row{"comments, quotes, a document mark, deeper indentation",
               "---\n# of builds-api\nconfig:  # all of it\n    # builder: old.example/a/b:1\n"
               "    builder: \"h.example/a/b:1\" # here\n    runner: 'h.example/a/r:1'\n",
               "h.example/a/b:1", 1},
           Row{"CRLF and no final line end",
               "chartVersion: 1\r\nconfig:\r\n  builder: h.example/a/b:1\r\n  other:\r\n    "
               "builder: x",
               "h.example/a/b:1", 1},
           Row{"a digest",
               "config:\n  builder: localhost:5000/b@sha256:0123456789abcdef0123456789abcdef"
               "0123456789abcdef0123456789abcdef\n",
               "localhost:5000/"
               "b@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
               1},
           Row{"nothing and null are absent",
               "config:\n  builder: h.example/a/b:1\n  latestBuilder:\n  deprecatedBuilder: null\n"
               "  deprecatedValidUntil: ~\n",
               "h.example/a/b:1", 1},
           Row{"templates and lists in other values, a template's comment",
               "{{/* secret */}}\nconfig:\n  user: {{ exec \"a\" }}\n  builder: h.example/a/b:1\n"
               "  hosts:\n    - {{ .Values.host }}\nlist:\n- a\n- b\n",
               "h.example/a/b:1", 1},
       }) {
    CAPTURE(row.name);
    Result<Deployment> read = parse_values_file(row.text, three_tracks());
    REQUIRE_MESSAGE(read, read.error().to_text());
    CHECK(read->tracks.size() == row.tracks);
    CHECK(read->tracks[0].builder == row.builder);
  }
}

TEST_CASE("a values file that is not what it should be is an error with its line") {
  struct Row {
    const char* name;
    std::string text;
    const char* says;
  };
  const std::string builder = "  builder: " + registry + "heroku-builder:24_0.21.8\n";
  for (const Row& row : {
           Row{"no builder", with(real(), builder, ""),
               "config.builder: the builder of track 'default' is missing"},
           Row{"a key twice", with(real(), builder, builder + builder),
               "10: config.builder: the key is there twice (first in line 9)"},
           Row{"an expression as builder",
               with(real(), builder, "  builder: {{ .Values.builder }}\n"),
               "9: config.builder: it is a template expression"},
           Row{"an expression inside quotes",
               with(real(), builder, "  builder: \"h.example/a/{{ .tag }}:1\"\n"),
               "not an image reference"},
           Row{"an expression inside the builder",
               with(real(), builder, "  builder: h.example/{{ .x }}:1\n"), "template expression"},
           Row{"conditional lines",
               with(real(), builder, "  {{- if .x }}\n" + builder + "  {{- end }}\n"),
               "9: a template directive"},
           Row{"a block", with(real(), builder, "  builder: >-\n    h.example/a/b:1\n"),
               "not a plain or quoted value"},
           Row{"an alias", with(real(), builder, "  builder: *other\n"),
               "not a plain or quoted value"},
           Row{"a flow mapping", "config: {builder: h.example/a/b:1}\n",
               "not a mapping of one key a line"},
           Row{"config twice", real() + "config:\n  builder: h.example/a/b:1\n",
               "config: the mapping stands twice"},
           Row{"no config", "chartVersion: 1\n", "no mapping 'config:'"},
           Row{"no tag", with(real(), "heroku-builder:24_0.21.8", "heroku-builder"),
               "not an image reference"},
           Row{"no host", with(real(), registry + "heroku-builder:24_0.21.8", "heroku/builder:24"),
               "not an image reference"},
           Row{"a tag in two words",
               with(real(), "heroku-builder:24_0.21.8", "heroku-builder:24 0.21.8"),
               "not an image reference"},
           Row{"a runner without a builder", with(real(), "  latestBuilder:", "  formerBuilder:"),
               "config.latestBuilder: the builder of track 'latest' is missing"},
           Row{"no end of the deprecated track",
               with(real(), "  deprecatedValidUntil: 2026-04-27\n", ""),
               "config.deprecatedValidUntil: no date"},
           Row{"an end that is not a date", with(real(), "2026-04-27", "soon"),
               "config.deprecatedValidUntil: no date"},
           Row{"an open quote", with(real(), builder, "  builder: \"h.example/a/b:1\n"),
               "the quote is not closed"},
           Row{"text after the quote", with(real(), builder, "  builder: \"h.example/a/b:1\"x\n"),
               "something follows"},
           Row{"a tab", with(real(), "  okBuilds", "\tokBuilds"), "a tab in the indentation"},
           Row{"less indentation", with(real(), "  runner:", " runner:"),
               "the indentation does not fit"},
           Row{"prose", "config:\n  builder\n", "no 'key: value'"},
           Row{"chartVersion twice", "chartVersion: 1\n" + real(),
               "chartVersion: the key is there twice"},
       }) {
    CAPTURE(row.name);
    check_error(parse_values_file(row.text, three_tracks()), row.says);
  }
}

TEST_CASE("the answer about supported versions gives the same tracks as the values file") {
  Result<Deployment> file = parse_values_file(real(), three_tracks());
  Result<Deployment> answer =
      parse_supported_versions(ingest_file("good_supported_versions.json"), three_tracks());
  REQUIRE(file);
  REQUIRE_MESSAGE(answer, answer.error().to_text());
  REQUIRE(answer->tracks.size() == file->tracks.size());
  for (std::size_t i = 0; i < file->tracks.size(); ++i) {
    CHECK(answer->tracks[i].track == file->tracks[i].track);
    CHECK(answer->tracks[i].builder == file->tracks[i].builder);
    CHECK(answer->tracks[i].runner == file->tracks[i].runner);
    CHECK(answer->tracks[i].valid_until == file->tracks[i].valid_until);
  }
}

TEST_CASE("fields of the answer may be missing, unknown ones may not be there") {
  Result<Deployment> least =
      parse_supported_versions(R"({"default":{"builder":"h.example/a/b:1"}})", three_tracks());
  REQUIRE(least);
  CHECK(least->tracks.size() == 1);

  struct Row {
    const char* text;
    const char* says;
  };
  for (
      const Row& row : {
          Row{"{}", "$.default.builder: the builder of track 'default' is missing"},
          Row{R"({"default":{}})", "$.default.builder"},
          Row{R"({"default":{"builder":1}})", "$.default.builder: a text is needed"},
          Row{R"({"default":[]})", "$.default: an object is needed"},
          Row{R"([])", "$: an object is needed"},
          Row{R"({"messages":{},"data":{}})", "the track \"messages\" is not known"},
          Row{R"({"default":{"builder":"h.example/a/b:1","digest":"x"}})",
              "the key \"digest\" is not known"},
          Row{R"({"default":{"builder":"h.example/a/b:1","is_valid":"yes"}})",
              "true or false is needed"},
          Row{R"({"default":{"builder":"h.example/a/b:1","valid_until":"2026-01-01T00:00:00Z"}})",
              "the track ends"},
          Row{R"({"default":{"builder":"h.example/a/b:1"},"default":{}})", "default"},
          Row{R"({"default":{"builder":"h.example/a/b:1"},"deprecated":{"builder":"h.example/a/b:0"}})",
              "$.deprecated.valid_until: no date"},
      }) {
    CAPTURE(row.text);
    check_error(parse_supported_versions(row.text, three_tracks()), row.says);
  }
}

}  // namespace
}  // namespace buildable::ingest
