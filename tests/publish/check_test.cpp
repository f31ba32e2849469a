// What a tree must be to be published, and how a publication is planned.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "publish/object_id.h"
#include "publish/plan.h"
#include "publish/preset_check.h"
#include "publish/repository.h"
#include "publish/schema_check.h"

using namespace buildable;
using namespace buildable::publish;
using namespace buildable::test;
using nlohmann::json;

namespace {

std::map<std::string, std::string> generated_tree() {
  const Scratch scratch;
  REQUIRE(run_in(scratch.path, "generate -q --out out --at 2026-05-20").code == 0);
  std::map<std::string, std::string> tree;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch / "out"))
    if (entry.is_regular_file())
      tree[entry.path().lexically_relative(scratch / "out").string()] = content(entry.path());
  return tree;
}

Standing standing(const std::map<std::string, std::string>& files, const std::string& revision) {
  Standing standing;
  Manifest manifest{.revision = revision, .snapshot = "sha256:1"};
  for (const auto& [path, text] : files) {
    standing.head.files[path] = {"100644", blob_id(text)};
    manifest.files[path] = {static_cast<int>(text.size()), sha256_hex(text)};
  }
  standing.head.files[manifest_name] = {"100644", blob_id("x")};
  standing.manifest = manifest;
  return standing;
}

}  // namespace

TEST_CASE("what is generated passes; a preset that sets anything else does not") {
  const auto tree = generated_tree();
  const auto checked = check_presets(tree);
  CHECK_MESSAGE(checked, checked.error().to_text());
  struct Case {
    const char* path;
    const char* pointer;
    const char* value;
    const char* named;
  };
  const Case cases[] = {
      {"default.json", "/automerge", "true", "automerge"},
      {"default.json", "/extends", R"(["x"])", "extends"},
      {"latest.json", "/customManagers", "[]", "customManagers"},
      {"deprecated.json", "/hostRules", "[]", "hostRules"},
      {"default.json", "/packageRules/0/enabled", "false", "packageRules[0].enabled"},
      {"default.json", "/packageRules/0",
       R"({"matchDatasources":["docker"],"matchUpdateTypes":["major"],"enabled":false})",
       "packageRules[0].enabled"},
      {"default.json", "/packageRules/0",
       R"({"matchDatasources":["docker"],"matchJsonata":["true"],"enabled":false})",
       "packageRules[0].enabled"},
      {"default.json", "/packageRules/0",
       R"json({"matchJsonata":["$exists(newVersion) and $not($contains(newVersion, /^1$/))"],"enabled":false})json",
       "packageRules[0].enabled"},
      {"default.json", "/packageRules/1/postUpgradeTasks", "{}", "postUpgradeTasks"},
      {"default.json", "/packageRules/0/allowedVersions", "\"{{env}}\"", "allowedVersions"},
      {"renovate/default/python.json", "/packageRules/0/registryUrls", "[]", "registryUrls"},
      {"renovate/default/python.json", "/packageRules/0", R"({"allowedVersions":"1"})", "matcher"},
      {"renovate/default/libraries.json", "/packageRules/0/allowedVersions", "\"1\"",
       "allowedVersions"},
      {"renovate/default/coverage.json", "/customManagers/0/registryUrlTemplate", "\"x\"",
       "registryUrlTemplate"},
      {"renovate/default/coverage.json", "/schedule", "[]", "schedule"},
      {"renovate/default/take-back.json", "/packageRules/0/replacementName", "\"x\"",
       "replacementName"},
      {"renovate/default/take-back.json", "/packageRules/0/replacement/automerge", "true",
       "automerge"},
  };
  for (const Case& it : cases) {
    CAPTURE(it.path);
    CAPTURE(it.pointer);
    auto changed = tree;
    json preset = json::parse(changed.at(it.path));
    preset[json::json_pointer(it.pointer)] = json::parse(it.value);
    changed[it.path] = preset.dump();
    const auto refused = check_presets(changed);
    REQUIRE_FALSE(refused);
    CHECK_MESSAGE(has(refused.error().to_text(), it.named), refused.error().to_text());
    CHECK(has(refused.error().to_text(), it.path));
  }
  auto broken = tree;
  broken["default.json"] = "<html>";
  CHECK_FALSE(check_presets(broken));
}

TEST_CASE("presets are told from other files by their path") {
  for (const char* path : {"default.json", "latest.json", "renovate/default/python.json",
                           "renovate/latest/coverage.json"})
    CHECK_MESSAGE(is_preset_path(path), path);
  for (const char* path :
       {"manifest.json", "policy.json", "snapshot.json", "history.json", "openapi.json",
        "index.html", "datasources/default/node.json", "dependabot/default.json"})
    CHECK_FALSE_MESSAGE(is_preset_path(path), path);
}

TEST_CASE("what is generated is what the schemas say; one wrong value is refused") {
  const auto tree = generated_tree();
  const auto checked = check_schemas(tree);
  CHECK_MESSAGE(checked, checked.error().to_text());
  struct Case {
    const char* file;
    const char* pointer;
    const char* value;
  };
  const Case cases[] = {{"manifest.json", "/revision", "\"7\""},
                        {"manifest.json", "/extra", "1"},
                        {"policy.json", "/tracks/default/certain", "null"},
                        {"policy.json", "/schema_version", "9"},
                        {"snapshot.json", "/effective", "\"yesterday\""},
                        {"snapshot.json", "/tracks", "[]"}};
  for (const Case& it : cases) {
    CAPTURE(it.pointer);
    auto changed = tree;
    json document = json::parse(changed.at(it.file));
    document[json::json_pointer(it.pointer)] = json::parse(it.value);
    changed[it.file] = document.dump();
    const auto refused = check_schemas(changed);
    REQUIRE_FALSE(refused);
    CHECK(has(refused.error().to_text(), it.file));
  }
  auto gone = tree;
  gone.erase("policy.json");
  CHECK_FALSE(check_schemas(gone));
  gone["policy.json"] = "{";
  CHECK_FALSE(check_schemas(gone));
}

TEST_CASE("ids are git's own") {
  const Scratch scratch;
  for (const std::string& text : {std::string(), std::string("hello\n"), std::string(70000, 'x')}) {
    put(scratch / "file", text);
    const Ran ran = run_shell_in(scratch.path, "git hash-object file");
    REQUIRE_MESSAGE(ran.code == 0, ran.err);
    CHECK(blob_id(text) + "\n" == ran.out);
  }
}

TEST_CASE("a plan names what is new, what differs and what goes, and nothing of others") {
  const Standing there = standing({{"a", "1"}, {"b", "2"}, {"old", "3"}}, "2026.05.14");
  Standing with_foreign = there;
  with_foreign.head.files["README.md"] = {"100644", blob_id("hello")};
  const auto plan = plan_of(with_foreign, {{"a", "1"}, {"b", "9"}, {"c/d", "4"}}, "sha256:1");
  REQUIRE(plan);
  CHECK(plan->added == std::vector<std::string>{"c/d"});
  CHECK(plan->modified == std::vector<std::string>{"b"});
  CHECK(plan->removed == std::vector<std::string>{"old"});
  CHECK_FALSE(plan->manifest_is_right);

  const auto same = plan_of(with_foreign, {{"a", "1"}, {"b", "2"}, {"old", "3"}}, "sha256:1");
  REQUIRE(same);
  CHECK_FALSE(same->changes_files());
  CHECK(same->manifest_is_right);
  // The same files of another snapshot.
  CHECK_FALSE(
      plan_of(there, {{"a", "1"}, {"b", "2"}, {"old", "3"}}, "sha256:2")->manifest_is_right);
  // A file that got another kind on the branch.
  Standing linked = there;
  linked.head.files["a"].mode = "120000";
  CHECK(plan_of(linked, {{"a", "1"}, {"b", "2"}, {"old", "3"}}, "sha256:1")->modified ==
        std::vector<std::string>{"a"});
}

TEST_CASE("the next revision is newer than what stands and has no tag yet") {
  const Standing nothing;
  const Standing there = standing({}, "2026.05.14.3");
  CHECK(*next_revision("2026.05.14", nothing, {}) == "2026.05.14");
  CHECK(*next_revision("2026.05.14", nothing, {"2026.05.14"}) == "2026.05.14.1");
  CHECK(*next_revision("2026.05.14", there, {}) == "2026.05.14.4");
  CHECK(*next_revision("2026.05.14", there, {"2026.05.14.4", "2026.05.14.5"}) == "2026.05.14.6");
  CHECK(*next_revision("2026.05.15", there, {}) == "2026.05.15");
  CHECK_FALSE(next_revision("2026.05.13", there, {}));
}
