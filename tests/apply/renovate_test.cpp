#include "apply/renovate.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "apply/layouts.h"
#include "base/text.h"
#include "support/paths.h"
#include "support/scratch.h"

using namespace buildable;
using namespace buildable::apply;
using namespace buildable::testing;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> tracks{"default", "latest", "deprecated"};
const std::string preset = "local>tools/presets:latest#2026.05.14";
const WantedPreset wanted{preset, tracks};

const fs::path data = source_dir() / "tests/data/apply/renovate";

std::vector<fs::path> files(const std::string& prefix) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(data)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix) && !name.ends_with(".applied")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string name_of(const fs::path& file) {
  if (file.filename().string().find("_package_") != std::string::npos) return "package.json";
  return "renovate" + file.extension().string();
}

std::string applied(const std::string& text, const std::string& name,
                    const WantedPreset& it = wanted) {
  const auto result = with_renovate_preset(text, name, it);
  REQUIRE_MESSAGE(result.has_value(), result.error().to_text());
  return *result;
}

std::string removed(const std::string& text, const std::string& name) {
  const auto result = without_renovate_preset(text, name, wanted);
  REQUIRE_MESSAGE(result.has_value(), result.error().to_text());
  return result->value_or("");
}

// The presets, and a tree without them.
struct Read {
  std::vector<std::string> presets;
  Node rest;
};
Read read(const std::string& text, const std::string& name) {
  if (text.empty()) return {};
  auto root = parse_json(text, name, json5);
  REQUIRE_MESSAGE(root.has_value(), root.error().to_text());
  Read it{{}, *root};
  Node* settings = &it.rest;
  if (name == "package.json")
    for (Node& member : it.rest.children)
      if (member.key == "renovate") settings = &member;
  if (settings->is(Node::Kind::string)) it.presets.push_back(settings->text);
  for (const Node& member : settings->children) {
    if (member.key != "extends") continue;
    if (member.is(Node::Kind::string)) it.presets.push_back(member.text);
    for (const Node& entry : member.children) it.presets.push_back(entry.text);
  }
  std::erase_if(settings->children, [](const Node& m) { return m.key == "extends"; });
  if (settings->is(Node::Kind::string)) *settings = Node{.key = settings->key};
  settings->kind = Node::Kind::object;
  return it;
}

// Everything from "//" or "/*" to its end, outside of strings.
std::vector<std::string> comments_of(const std::string& text) {
  std::vector<std::string> comments;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"' || text[i] == '\'') {
      const char quote = text[i];
      for (++i; i < text.size() && text[i] != quote; ++i) i += text[i] == '\\' ? 1 : 0;
    } else if (text.compare(i, 2, "//") == 0 || text.compare(i, 2, "/*") == 0) {
      const bool block = text[i + 1] == '*';
      const std::size_t end = std::min(text.find(block ? "*/" : "\n", i), text.size());
      comments.push_back(text.substr(i, end - i));
      i = end;
    }
  }
  return comments;
}

bool has_ours(const std::vector<std::string>& presets) {
  return std::any_of(presets.begin(), presets.end(),
                     [](const std::string& it) { return wanted.is_ours(it); });
}

// Put in last, or where one of ours stood; the rest is said as before, and no comment is lost.
void check_says(const std::string& before, const std::string& after, const std::string& name) {
  const Read old_read = read(before, name);
  const Read new_read = read(after, name);
  if (!before.empty()) CHECK(new_read.rest.same_content(old_read.rest));
  if (!has_ours(old_read.presets)) {
    std::vector<std::string> presets = old_read.presets;
    presets.push_back(preset);
    CHECK(new_read.presets == presets);
  } else {
    CHECK(std::count(new_read.presets.begin(), new_read.presets.end(), preset) == 1);
  }
  CHECK(comments_of(after) == comments_of(before));
}

void check_removal(const std::string& text, const std::string& after, const std::string& name) {
  const std::string without = removed(after, name);
  std::vector<std::string> own = read(text, name).presets;
  std::erase_if(own, [](const std::string& it) { return wanted.is_ours(it); });
  CHECK(read(without, name).presets == own);
  CHECK(comments_of(without) == comments_of(text));
}

}  // namespace

TEST_CASE("files as people write them: what is put in, and where") {
  int seen = 0;
  for (const fs::path& file : files("good_")) {
    CAPTURE(file.filename().string());
    const std::string text = test::content(file);
    const std::string name = name_of(file);
    const std::string after = applied(text, name);
    CHECK(after == test::content(file.string() + ".applied"));
    check_says(text, after, name);
    check_removal(text, after, name);
    CHECK(applied(after, name) == after);
    ++seen;
  }
  CHECK(seen >= 30);
}

TEST_CASE("line ends and a byte order mark change nothing else") {
  for (const fs::path& file : files("good_")) {
    const std::string text = test::content(file);
    const std::string expected = test::content(file.string() + ".applied");
    const std::string name = name_of(file);
    CAPTURE(file.filename().string());
    if (text.find('\n') != text.npos && text.find('\r') == text.npos && text.find("{}\n") != 0)
      CHECK(applied(replace_all(text, "\n", "\r\n"), name) == replace_all(expected, "\n", "\r\n"));
    if (!text.empty() && !text.starts_with("\xEF\xBB\xBF"))
      CHECK(applied("\xEF\xBB\xBF" + text, name) == "\xEF\xBB\xBF" + expected);
  }
}

TEST_CASE("removal gives the bytes back wherever ours was not there before") {
  for (const fs::path& file : files("good_")) {
    const std::string text = test::content(file);
    const std::string name = name_of(file);
    CAPTURE(file.filename().string());
    if (has_ours(read(text, name).presets)) continue;
    const auto back = without_renovate_preset(applied(text, name), name, wanted);
    REQUIRE(back.has_value());
    CHECK(*back == std::optional(text));
  }
}

TEST_CASE("removal tells what `extends` was before: nothing, a list, an empty one, a string") {
  for (const char* text : {R"({"extends": "config:base"})",
                           R"({"extends": ["config:base"]})",
                           R"({"extends":"a"})",
                           R"({"extends":["a"]})",
                           R"({"extends": []})",
                           R"({"extends": [ ]})",
                           R"({"extends":[],"a":1})",
                           R"({"extends": [ "a" ]})",
                           R"({"a": 1})",
                           "{}",
                           "{ }",
                           "{\n}",
                           "{\n}\n",
                           "{\n\n}",
                           "{\r\n}\r\n",
                           "{}\n",
                           "{\n  \"extends\": \"config:base\"\n}\n",
                           "{\n  \"extends\": [\"config:base\"]\n}\n",
                           "{\n  \"extends\": [\n    \"config:base\"\n  ]\n}\n",
                           "{\n  \"extends\": []\n}\n",
                           "{\n  \"extends\": [\n  ]\n}\n",
                           "{ /* none */ }",
                           "{ // none\n}",
                           "{\n  // none\n}\n",
                           "{\n  \"a\": 1\n}",
                           "{ \"extends\": [\n] }",
                           "{ \"extends\": \"a\", \"b\": 1 }",
                           "{ \"$schema\": \"s\" }",
                           "{ \"$schema\": \"s\",\n  \"extends\": \"a\" }"}) {
    CAPTURE(text);
    const std::string after = applied(text, "renovate.json");
    CAPTURE(after);
    CHECK(applied(after, "renovate.json") == after);
    CHECK(removed(after, "renovate.json") == text);
  }
  for (const char* text :
       {R"({"renovate": "config:base"})", R"({"renovate": {"extends": "config:base"}})",
        R"({"renovate": { "extends": "config:base" }})", R"({"renovate": { "extends" : "a" }})",
        R"({"renovate": { "extends": ["a"] }, "b": 1})", R"({"renovate": { "b": 1 }})",
        R"({"renovate": {}})", "{\n  \"renovate\": \"config:base\"\n}\n",
        "{\n  \"renovate\": {}\n}\n", "{\n  \"renovate\": {\n  }\n}\n",
        R"({"renovate": { "extends": ["a"] }})"}) {
    CAPTURE(text);
    const std::string after = applied(text, "package.json");
    CAPTURE(after);
    CHECK(removed(after, "package.json") == text);
  }
}

TEST_CASE("one of ours that others stand behind is moved to the end, or told of") {
  struct Case {
    const char* text;
    const char* after;
    std::vector<std::string> behind;
  };
  const std::string ours = "local>tools/presets:latest#2026.05.14";
  const Case cases[] = {
      {R"({"extends": ["OURS", "config:recommended", ":pinAll"]})",
       R"({"extends": ["config:recommended", ":pinAll", "OURS"]})",
       {}},
      {"{\n  \"extends\": [\n    \"OURS\",\n    'a'\n  ]\n}",
       "{\n  \"extends\": [\n    'a',\n    \"OURS\"\n  ]\n}",
       {}},
      {R"({"extends": ["OURS", "local>tools/presets//renovate/latest/coverage"]})",
       R"({"extends": ["OURS", "local>tools/presets//renovate/latest/coverage"]})",
       {}},
      {R"({"extends": ["OURS", "local>tools/presets-of-others"]})",
       R"({"extends": ["local>tools/presets-of-others", "OURS"]})",
       {}},
      {R"({"extends": ["OURS", /* why */ "config:recommended"]})",
       R"({"extends": ["OURS", /* why */ "config:recommended"]})",
       {"config:recommended"}},
  };
  for (const Case& it : cases) {
    CAPTURE(it.text);
    const std::string after = applied(replace_all(it.text, "OURS", ours), "renovate.json");
    CHECK(after == replace_all(it.after, "OURS", ours));
    CHECK(applied(after, "renovate.json") == after);
    CHECK(presets_behind_ours(after, "renovate.json", wanted) == it.behind);
  }
}

TEST_CASE("what is not a configuration that can be edited is refused, with the place") {
  struct Case {
    const char* file;
    const char* says;
  };
  const Case cases[] = {
      {"bad_a_list.json", "1:1: Renovate's settings are not an object"},
      {"bad_deep.json", "1:65: nested deeper than 64 levels"},
      {"bad_extends_null.json", "2:14: \"extends\" is neither a list of strings nor a string"},
      {"bad_extends_number.json", "2:14: \"extends\" is neither a list of strings nor a string"},
      {"bad_extends_object.json", "2:14: \"extends\" is neither a list of strings nor a string"},
      {"bad_merge_conflict.json", "2:1: not JSON: expected a key, found \"<\""},
      {"bad_no_json.json", "3:1: not JSON: expected a value, found the end"},
      {"bad_not_utf8.json", "2:22: the text is not UTF-8"},
      {"bad_package_list.json", "2:15: Renovate's settings are not an object"},
      {"bad_repeated_key.json", "3:3: the key \"extends\" is there twice"},
      {"bad_whitespace.json", "2:1: not JSON: expected a value, found the end"},
      {"bad_yaml.json", "1:1: not JSON: expected a value, found \"e\""},
  };
  std::set<std::string> tried;
  for (const Case& it : cases) {
    CAPTURE(it.file);
    const std::string name = name_of(it.file);
    const auto result = with_renovate_preset(test::content(data / it.file), name, wanted);
    REQUIRE_FALSE(result.has_value());
    CHECK_MESSAGE(result.error().to_text().starts_with(name + ":" + it.says),
                  result.error().to_text());
    const auto kept = without_renovate_preset(test::content(data / it.file), name, wanted);
    REQUIRE_FALSE(kept.has_value());
    CHECK(kept.error().to_text().find("by hand: add") == std::string::npos);
    tried.insert(it.file);
  }
  for (const fs::path& file : files("bad_"))
    CHECK_MESSAGE(tried.contains(file.filename().string()), file.string());
}

TEST_CASE("settings that are ours alone: one advice, that of taking out") {
  const auto kept =
      without_renovate_preset("{\"renovate\": \"" + preset + "\"}", "package.json", wanted);
  REQUIRE_FALSE(kept.has_value());
  CHECK(kept.error().to_text().find("remove the key") != std::string::npos);
  CHECK(kept.error().to_text().find("by hand: add") == std::string::npos);
}

TEST_CASE("random layouts: proven, once is twice, removal restores") {
  for (unsigned seed = 0; seed < 5000; ++seed) {
    CAPTURE(seed);
    const std::string text = RenovateWriting(seed).document();
    CAPTURE(text);
    const std::string after = applied(text, "renovate.json5");
    CAPTURE(after);
    check_says(text, after, "renovate.json5");
    check_removal(text, after, "renovate.json5");
    CHECK(applied(after, "renovate.json5") == after);
    // Another tag, another track: nothing but the preset changes.
    const WantedPreset other{"local>tools/presets#2027.01.01", tracks};
    CHECK(applied(after, "renovate.json5", other) == replace_all(after, preset, other.preset));
    CHECK(removed(after, "renovate.json5") == text);
  }
}

TEST_CASE("a configuration that was made here is removed, one with anything more is not") {
  const std::string made = new_renovate_config(preset);
  CHECK(read(made, "renovate.json").presets == std::vector<std::string>{preset});
  CHECK(applied(made, "renovate.json") == made);
  CHECK_FALSE(without_renovate_preset(made, "renovate.json", wanted)->has_value());
  CHECK(removed(made + "\n", "renovate.json") ==
        "{\n  \"$schema\": \"https://docs.renovatebot.com/renovate-schema.json\"\n}\n\n");
  CHECK(removed("{}", "renovate.json") == "{}");
}

TEST_CASE("the first file that Renovate takes") {
  CHECK(renovate_config_names().front() == "renovate.json");
  CHECK(renovate_config_names().back() == "package.json");
  CHECK(is_renovate_config("renovate.json", ""));
  CHECK(is_renovate_config("package.json", "{\"renovate\": {}}"));
  CHECK(is_renovate_config("package.json", "{\"renovate\": \"x\"}"));
  CHECK_FALSE(is_renovate_config("package.json", "{\"name\": \"renovate\"}"));
  CHECK_FALSE(is_renovate_config("package.json", "{\"renovate\": \"\"}"));
  CHECK_FALSE(is_renovate_config("package.json", "no JSON"));
  // What cannot be read may be one where Renovate is mentioned, and is refused then.
  for (const char* text : {"{\"renovate\": {}", "{\"\\u0072enovate\": {}"}) {
    CHECK(is_renovate_config("package.json", text));
    CHECK_FALSE(with_renovate_preset(text, "package.json", wanted).has_value());
  }
}

TEST_CASE("package.json with repeated keys, which Node.js takes: edited, or refused inside") {
  const std::string start = "{\"dependencies\":{\"a\":\"1\",\"a\":\"2\"},";
  for (const char* settings :
       {R"("renovate":{"extends":["config:base"],"automerge":true}})",
        R"("renovate":"config:base"})", R"("renovate":{},"renovate":{"extends":"config:base"}})"}) {
    const std::string text = start + settings;
    CAPTURE(text);
    CHECK(is_renovate_config("package.json", text));
    const std::string after = applied(text, "package.json");
    CHECK(after.starts_with(start));
    CHECK(after.find(preset) != after.npos);
    CHECK(removed(after, "package.json") == text);
  }
  const std::string inside = start + R"("renovate":{"extends":["a"],"extends":["b"]}})";
  CHECK(is_renovate_config("package.json", inside));
  CHECK_FALSE(with_renovate_preset(inside, "package.json", wanted).has_value());
}

TEST_CASE("without being told which: only what nobody else can have put there") {
  struct Case {
    const char* text;
    std::size_t candidates;
    bool is_certain;
  };
  const Case cases[] = {
      {R"({"extends": ["config:base", "local>g/r:default#1"]})", 1, true},
      {R"({"extends": ["config:base", "https://h/latest.json"]})", 1, true},
      {R"({"extends": ["config:base", "local>g/r:latest", "local>g/r:coverage"]})", 1, true},
      {"{\n  \"extends\": [\n    \"local>g/r:default\"\n  ]\n}", 1, true},
      {R"({ "extends": [ "local>g/r:default" ]})", 1, true},
      {R"({"a": 1, "extends": ["local>g/r:default"]})", 1, true},
      {R"({"extends": ["local>corp/cfg:default"]})", 1, false},
      {R"({"extends": "local>corp/cfg:default"})", 1, false},
      {"{\n  \"extends\": [\"local>corp/cfg:default\"]\n}", 1, false},
      {R"({"extends": ["local>corp/cfg:default", "local>g/r"]})", 1, false},
      {R"({"extends": ["local>g/r", "local>corp/cfg:default"]})", 1, false},
      {R"({"extends": ["local>corp/cfg:default", "config:base"]})", 1, false},
      {R"({"extends": ["github>x/y:z", "local>corp/cfg:latest"]})", 1, false},
      {R"({"extends": ["local>a/b:latest", "local>c/d:default"]})", 2, false},
      {R"({"extends": ["local>g/r"]})", 0, false},
      {"{}", 0, false},
      {"", 0, false},
  };
  for (const Case& it : cases) {
    CAPTURE(it.text);
    const auto found = preset_to_remove(it.text, "renovate.json", tracks);
    REQUIRE(found.has_value());
    CHECK(found->candidates.size() == it.candidates);
    CHECK(found->is_certain == it.is_certain);
  }
  for (const std::string& made : {new_renovate_config("local>g/r:default"),
                                  applied("", "renovate.json", {"local>g/r:default", tracks})})
    CHECK(preset_to_remove(made, "renovate.json", tracks)->is_certain);
}

TEST_CASE("presets: place, name and tag") {
  struct Case {
    const char* preset;
    const char* place;
    const char* name;
    const char* tag;
  };
  const Case cases[] = {
      {"local>a/b", "local>a/b", "default", ""},
      {"local>a/b#1.2", "local>a/b", "default", "#1.2"},
      {"local>a/b:latest#1", "local>a/b", "latest", "#1"},
      {"local>a/b:latest.json", "local>a/b", "latest", ""},
      {"local>a/b//latest#1", "local>a/b", "latest", "#1"},
      {"local>a/b//x/y/latest", "local>a/b//x/y/", "latest", ""},
      {"gitlab>a/b/c:latest(x, y)", "gitlab>a/b/c", "latest", ""},
      {"https://h/latest.json", "https://h/", "latest", ""},
      {"https://h/x/latest.json5#z", "https://h/x/", "latest", "#z"},
      {"config:recommended", "config", "recommended", ""},
      {":pinAll", "", "pinAll", ""},
  };
  for (const Case& it : cases) {
    CAPTURE(it.preset);
    const PresetReference found = preset_reference(it.preset);
    CHECK(found.place == it.place);
    CHECK(found.name == it.name);
    CHECK(found.tag == it.tag);
  }
}

TEST_CASE("which presets are ours, and what becomes of their tag") {
  CHECK(wanted.is_ours("local>tools/presets"));
  CHECK(wanted.is_ours("local>tools/presets:deprecated#1"));
  CHECK_FALSE(wanted.is_ours("local>tools/presets:strict"));
  CHECK_FALSE(wanted.is_ours("local>tools/presets//renovate/latest/coverage"));
  CHECK_FALSE(wanted.is_ours("gitlab>tools/presets"));
  CHECK(WantedPreset{"https://h/latest.json", tracks}.is_ours("https://h/default.json"));
  CHECK_FALSE(WantedPreset{"https://h/latest.json", tracks}.is_ours("https://g/default.json"));
  CHECK(wanted.in_place_of("local>tools/presets#1") == preset);
  const WantedPreset untagged{"local>tools/presets:latest", tracks};
  CHECK(untagged.in_place_of("local>tools/presets#1") == "local>tools/presets:latest#1");
  CHECK(untagged.in_place_of("local>tools/presets") == "local>tools/presets:latest");
  CHECK(WantedPreset{"https://h/latest.json", tracks}.in_place_of("https://h/default.json#1") ==
        "https://h/latest.json");
}
