#include "ingest/deployed_chart.h"

#include "ingest/support.h"

using namespace buildable;
using namespace buildable::ingest;
using namespace buildable::testing;

TEST_CASE("the chart's version stands at the top of a values file, whatever else is in it") {
  CHECK(*parse_chart_version(
            "chartVersion: 0.0.152-20260804120440-39fb286a\nother:\n  a: {{ x }}\n") ==
        "0.0.152-20260804120440-39fb286a");
  CHECK(*parse_chart_version("a: b\nchartVersion: \"1.2-abcdef01\" # of today\n") ==
        "1.2-abcdef01");
  check_error(parse_chart_version("config:\n  chartVersion: 1\n"), "does not name its chart");
  check_error(parse_chart_version("chartVersion: 1\nchartVersion: 2\n"), "twice");
  check_error(parse_chart_version("<html>chartVersion: 1</html>"), "");
}

TEST_CASE("a chart's version ends with the commit that it was made of") {
  CHECK(*commit_of_chart("0.0.152-20260804120440-39fb286a") == "39fb286a");
  CHECK(*commit_of_chart("1-" + std::string(40, 'a')) == std::string(40, 'a'));
  for (const char* version : {"", "1.2.3", "1.2.3-", "1-39fb286", "1-39FB286A", "1-39fb286g"})
    check_error(commit_of_chart(version), "no commit");
}

TEST_CASE("of a list of commits the first is the newest") {
  const std::string id(40, 'c');
  const std::string good = "[{\"id\":\"" + id +
                           "\",\"committed_date\":\"2026-05-14T21:06:38.000+02:00\"},"
                           "{\"id\":\"older\"}]";
  const auto commit = parse_newest_commit(good);
  REQUIRE_MESSAGE(commit, commit.error().to_text());
  CHECK(commit->id == id);
  CHECK(format_instant(commit->committed) == "2026-05-14T19:06:38Z");
  check_error(parse_newest_commit("[]"), "empty");
  check_error(parse_newest_commit("{}"), "");
  check_error(parse_newest_commit(with(good, id, "main")), "no commit");
  check_error(parse_newest_commit(with(good, "2026-05-14T21:06:38.000+02:00", "today")), "today");
}

TEST_CASE("a script's buildpacks are recognised in either form") {
  using Texts = std::vector<std::string>;
  struct Row {
    const char* name;
    const char* script;
    Texts found;
  };
  const Row rows[] = {
      {"id@version",
       "pack add heroku/procfile@4.2.1 'other/one@1.0.0'\n",
       {"heroku/procfile@4.2.1", "other/one@1.0.0"}},
      {"TOML",
       "[[order.group]]\nid = \"fagiani/apt\"\nversion = \"0.2.5\"\noptional = true\n",
       {"fagiani/apt@0.2.5"}},
      {"TOML inside of an escape",
       "echo \"id = \\\"fagiani/apt\\\"\\nversion\"\n",
       {"fagiani/apt"}},
      {"without a version", "id = \"fagiani/apt\"\n", {"fagiani/apt"}},
      {"once each", "a/b@1.0.0\na/b@1.0.0\n", {"a/b@1.0.0"}},
      {"no buildpacks", "cp -r /etc/a/b@c . # user@host:/a/b\nid=$(id -u)\nversion=3\n", {}},
      {"paths", "id = \"../etc\"\nid = \"a/b/c\"\n", {}},
      {"nothing", "", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(buildpacks_named_in(row.script) == row.found);
  }
}
