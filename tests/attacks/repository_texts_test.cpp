// Texts that are too deep, too long or no texts, in every kind of file that a repository may hold:
// each command ends in time, says the bound that it met, judges and fixes what lies beside, and
// leaves the text as it is. The same texts are sent to the service.
#include <nlohmann/json.hpp>

#include "attacks/service.h"

using namespace buildable::test;
using Json = nlohmann::json;

namespace {

std::string times(std::size_t count, const std::string& piece) {
  std::string text;
  text.reserve(count * piece.size());
  for (std::size_t i = 0; i < count; ++i) text += piece;
  return text;
}

std::string numbered(std::size_t count, const std::string& before, const std::string& behind) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += before + std::to_string(i) + behind;
  return text;
}

// Each level says the one below nine times. In `each` "?" stands for the level's letter and "%" for
// what it says: letters between `before` and `behind`.
std::string laughs(const std::string& first, const std::string& each, const std::string& before,
                   const std::string& behind) {
  std::string text = first;
  for (char level = 'b'; level <= 'j'; ++level) {
    const std::string below = before + std::string(1, static_cast<char>(level - 1)) + behind;
    const std::string line = buildable::replace_all(each, "?", std::string(1, level));
    text += buildable::replace_all(line, "%", times(9, below));
  }
  return text;
}

struct Attack {
  std::string name;
  Words paths;  // it stands at each of them
  std::string text;
  const char* says = "";  // of check, where a bound is met for sure
};

const Words toml{"pyproject.toml", "mise.toml", "Pipfile"};
const Words json{"package.json", "composer.json", "global.json"};
const Words yaml{".travis.yml", ".github/workflows/x.yml", ".gitlab-ci.yml"};
const Words xml{"pom.xml", "a.csproj", "Directory.Build.props"};
const Words lines{".python-version",
                  "runtime.txt",
                  ".nvmrc",
                  ".tool-versions",
                  "go.mod",
                  "Gemfile.lock",
                  "Gemfile",
                  "Dockerfile",
                  "system.properties",
                  ".sdkmanrc",
                  "project/build.properties",
                  ".mvn/wrapper/maven-wrapper.properties"};

Words all_paths() {
  Words all = lines;
  for (const Words& more : {toml, json, yaml, xml}) all.insert(all.end(), more.begin(), more.end());
  return all;
}

constexpr std::size_t deep = 100'000;

std::vector<Attack> toml_attacks() {
  const std::string dots = times(deep, "a.") + "a";
  return {
      {"a dotted key without end", toml, dots + " = 1\n", "levels"},
      {"a header without end", toml, "[" + dots + "]\n", "levels"},
      {"a header of tables without end", toml, "[[" + dots + "]]\n", "levels"},
      {"inline tables in each other", toml, "a = " + times(deep, "{a = "), "levels"},
      {"arrays in each other", toml, "a = " + times(deep, "["), "levels"},
      {"arrays that end again", toml, "a = " + times(deep, "[") + times(deep, "]"), "levels"},
      {"a key of quotes and dots", toml, times(deep, "\"\".") + "a = 1\n", "levels"},
      {"too many tables", toml, numbered(20'000, "[[t]]\nx", " = 1\n"), "tables"},
      {"one line of values", toml, "a = [" + times(200'000, "1,") + "]\n"},
      {"a key twice, often", toml, times(50'000, "a = 1\n")},
      {"a text that does not end", toml, "a = \"\"\"" + times(deep, "x\\\n")},
  };
}

std::vector<Attack> json_attacks() {
  return {
      {"arrays in each other", json, times(deep, "["), "levels"},
      {"objects in each other", json, times(deep, R"({"engines":)"), "levels"},
      {"both, with their ends", json, times(deep, R"({"a":[)") + times(deep, "]}"), "levels"},
      {"a key twice, often", json,
       "{" + times(50'000, R"("engines":{"node":"22"},)") + R"("a":1})"},
      {"a number without end", json, R"({"engines":{"node":)" + std::string(500'000, '9') + "}}"},
      {"a range without end", json, R"({"engines":{"node":")" + times(100'000, "1 || ") + "1\"}}"},
      {"escapes of half characters", json,
       R"({"engines":{"node":")" + times(deep, "\\ud800") + "\"}}"},
      {"commas alone", json, "[" + times(500'000, ",") + "]"},
  };
}

std::vector<Attack> yaml_attacks() {
  return {
      {"flow lists in each other", yaml, "a: " + times(deep, "["), "levels"},
      {"flow maps in each other", yaml, "a: " + times(deep, "{a: "), "levels"},
      {"lists in each other on one line", yaml, times(50'000, "- "), "levels"},
      {"maps in each other by indentation", yaml,
       [] {
         std::string text;
         for (std::size_t i = 0; i < 1000; ++i) text += std::string(i, ' ') + "a:\n";
         return text;
       }(),
       "levels"},
      {"aliases of aliases", yaml, laughs("a: &a [x]\n", "?: &? [%]\n", "*", ", ")},
      {"an anchor in itself", yaml, "a: &a [*a, *a]\njobs: *a\n"},
      {"merges of merges", yaml, laughs("a: &a {x: 1}\n", "?: &?\n  <<: [%]\n", "*", ", ")},
      {"documents without end", yaml, times(deep, "---\na: 1\n")},
      {"tags without end", yaml, times(deep, "!a ") + "x\n"},
      {"directives without end", yaml,
       numbered(20'000, "%TAG !", "! tag:x,2026:\n") + "---\na: 1\n"},
      {"a text folded without end", yaml, "a: >\n" + times(deep, "  x\n\n")},
  };
}

std::vector<Attack> xml_attacks() {
  std::string entities = "<!DOCTYPE project [<!ENTITY a \"x\">";
  entities += laughs("", "<!ENTITY ? \"%\">", "&", ";") + "]><project>&j;</project>";
  return {
      {"elements in each other", xml, times(deep, "<a>"), "levels"},
      {"elements that end again", xml, times(deep, "<a>") + times(deep, "</a>"), "levels"},
      {"entities of entities", xml, entities},
      {"an entity of a file", xml,
       "<!DOCTYPE project [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>"
       "<project><properties><java.version>&a;</java.version></properties></project>"},
      {"attributes without end", xml, "<project " + numbered(50'000, "a", "=\"\" ") + "/>"},
      {"an attribute that does not end", xml, "<project a=\"" + std::string(500'000, 'x')},
      {"comments in a row", xml, "<project>" + times(deep, "<!-- -->") + "</project>"},
  };
}

std::vector<Attack> line_attacks() {
  const std::string blanks(500'000, ' ');
  return {
      {"a version without end", lines, std::string(500'000, '3') + "\n"},
      {"dots alone", lines, std::string(500'000, '.') + "\n"},
      {"a line of blanks", {".python-version"}, blanks + "3.13" + blanks + "\n"},
      {"backslashes at line ends", lines, times(deep, "x=\\\n")},
      {"a hundred thousand versions", {".tool-versions"}, "python" + times(deep, " 3.13") + "\n"},
      {"a hundred thousand tools", {".tool-versions"}, numbered(deep, "python", " 3.6\n")},
      {"indented without end",
       {"Gemfile.lock", "gems.locked"},
       "GEM\n" + times(1000, std::string(500, ' ') + "x\n") + "RUBY VERSION\n   ruby " +
           std::string(deep, '3') + "p1\n"},
      {"conditions in each other", {"Gemfile"}, times(deep, "if a\n") + "ruby \"2.0\"\n"},
      {"quotes that do not end", {"Gemfile"}, "ruby \"" + std::string(500'000, 'x')},
      {"one instruction on many lines", {"Dockerfile"}, "FROM \\\n" + times(deep, "a\\\n") + "b\n"},
      {"variables of variables",
       {"Dockerfile"},
       laughs("ARG a=python:3\n", "ARG ?=%\n", "${", "}") + "FROM ${j}\n"},
      {"stages of stages", {"Dockerfile"}, numbered(20'000, "FROM s", " AS s\n")},
      {"a document in a document", {"Dockerfile"}, "FROM x\nRUN " + times(20'000, "<<E ") + "\n"},
      {"Unicode escapes", {"system.properties"}, "java.runtime.version=" + times(deep, "\\u00")},
      {"requirements without end",
       {"go.mod"},
       "module x\nrequire (\n" + numbered(20'000, "a/b", " v1\n")},
  };
}

// No text of any format.
std::vector<Attack> attacks_anywhere() {
  std::string bytes;
  for (unsigned i = 0; i < 60'000; ++i) bytes += static_cast<char>(i * 2654435761U >> 13U);
  return {
      {"one line of a megabyte", all_paths(), std::string(1'000'000, 'a')},
      {"zero bytes", all_paths(), std::string(60'000, '\0')},
      {"a zero byte in a version", all_paths(), std::string("3.6\0.1\n", 7)},
      {"any bytes", all_paths(), bytes},
      {"ill-formed UTF-8", all_paths(), times(60'000, "\xED\xA0\x80\xFF")},
      {"UTF-16", all_paths(),
       std::string("\xFF\xFE"
                   "3\0.\0"
                   "6\0",
                   8)},
      {"marks of the byte order", all_paths(), times(deep, "\xEF\xBB\xBF")},
      {"line ends alone", all_paths(), times(deep, "\r\n")},
      {"carriage returns alone", all_paths(), std::string(deep, '\r')},
      {"brackets of every kind", all_paths(), times(60'000, "([{<")},
      {"more than a file of pins may have",
       {".python-version", "pyproject.toml", "Gemfile"},
       std::string((8U << 20U) + 1, ' '),
       "bytes"},
  };
}

// The pin beside, which the deployment reads: it cannot be built.
const char* const beside = ".python-version";

// A workflow counts in the root alone; each other file lies in a folder of its own.
std::string place_of(const Attack& attack, std::size_t number) {
  const std::string& path = attack.paths[number];
  const bool of_root = path.starts_with(".git");
  return of_root ? path : std::to_string(number) + "/" + path;
}

void make_repository(const std::filesystem::path& root, const Attack& attack) {
  for (std::size_t i = 0; i < attack.paths.size(); ++i)
    put(root / place_of(attack, i), attack.text);
  put(root / beside, "3.6\n");
  put(root / "requirements.txt", "flask\n");
}

Natures without(Natures all, const std::string& path) {
  all.erase(path);
  return all;
}

void check_repository(const Attack& attack) {
  const Scratch scratch;
  const auto root = scratch / "repo";
  make_repository(root, attack);
  const Natures before = natures_in(root);
  const Outcome checked = run_program(scratch.path, {"check", "repo"});
  check_harmless(checked);
  CHECK(checked.code != 0);
  CHECK(has(checked.out, std::string("repo/") + beside));
  if (*attack.says != '\0') {
    CHECK(checked.code == 2);
    CHECK_MESSAGE(has(checked.all(), attack.says), checked.all().substr(0, 2000));
    // Others may hold no word of a pin, and are not parsed then.
    CHECK_MESSAGE(has(checked.all(), "repo/" + place_of(attack, 0)), checked.all().substr(0, 2000));
  }
  check_harmless(run_program(scratch.path, {"fix", "repo", "--dry-run"}));
  check_harmless(run_program(scratch.path, {"apply", "repo", "--check", "--preset", "local>g/r"}));
  CHECK(difference(before, natures_in(root)) == "");
  check_harmless(run_program(scratch.path, {"fix", "repo"}));
  CHECK(content(root / beside) != "3.6\n");
  CHECK(difference(without(before, beside), without(natures_in(root), beside)) == "");
  tried(Promise::bounded);
  tried(Promise::doubt);  // nothing of it is called buildable: it is told as it is
}

void check_repositories(const std::vector<Attack>& attacks) {
  for (const Attack& attack : attacks) {
    CAPTURE(attack.name);
    check_repository(attack);
  }
}

void check_service(const ServedPlace& served, const std::string& path, const std::string& text) {
  CAPTURE(path);
  const Json files{{path, text}};
  const std::string body =
      Json{{"files", files}}.dump(-1, ' ', false, Json::error_handler_t::ignore);
  buildable::testing::Client client(served.port);
  client.send(
      "POST /v1/check HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      "Content-Length: " +
      std::to_string(body.size()) + "\r\n\r\n" + body);
  const auto reply = client.read_reply(false, std::chrono::seconds(patience));
  CHECK_MESSAGE(
      (reply.status == 200 || reply.status == 400 || reply.status == 413 || reply.status == 503),
      reply.status);
  CHECK(raw_in(reply.body, false) == "");
  CHECK(Json::accept(reply.body));
  tried(Promise::bounded);
}

}  // namespace

TEST_CASE("TOML that is too deep or too much") { check_repositories(toml_attacks()); }
TEST_CASE("JSON that is too deep or too much") { check_repositories(json_attacks()); }
TEST_CASE("YAML that is too deep or too much") { check_repositories(yaml_attacks()); }
TEST_CASE("XML that is too deep or too much") { check_repositories(xml_attacks()); }
TEST_CASE("files of lines that are too long or too many") { check_repositories(line_attacks()); }
TEST_CASE("what is not a text, in every kind of file") { check_repositories(attacks_anywhere()); }

TEST_CASE("the same texts sent to the service: it answers, and others beside it too") {
  const ServedPlace served;
  for (const auto& attacks : {toml_attacks(), json_attacks(), yaml_attacks(), xml_attacks(),
                              line_attacks(), attacks_anywhere()}) {
    for (const Attack& attack : attacks) {
      CAPTURE(attack.name);
      check_service(served, attack.paths.front(), attack.text);
      served.check_normal_client();
    }
  }
}

TEST_CASE("a hostile buildable.toml is refused by every command, and says the bound") {
  for (const Attack& attack : toml_attacks()) {
    CAPTURE(attack.name);
    const Scratch scratch;
    put(scratch / "buildable.toml", attack.text);
    for (const Words& words : {Words{"versions"}, Words{"generate", "--out", "out"}, Words{"check"},
                               Words{"observe"}, Words{"publish", "--repo", "remote.git"}}) {
      const Outcome ran = run_program(scratch.path, words);
      check_harmless(ran);
      CHECK(ran.code == 2);
      CHECK_MESSAGE(has(ran.err, *attack.says != '\0' ? attack.says : "buildable.toml"),
                    ran.err.substr(0, 2000));
      CHECK(natures_in(scratch.path).size() == 1);
    }
    tried(Promise::bounded);
  }
}
