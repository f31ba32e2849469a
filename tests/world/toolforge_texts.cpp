#include "world/toolforge_texts.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "base/text.h"
#include "world/buildpack_files.h"

namespace buildable::world {
namespace {

using Json = nlohmann::json;
using testing::HerokuFacts;
using Texts = std::vector<std::string>;

std::string comma_separated(const std::string& version) { return replace_all(version, ".", ", "); }
std::string after_dot(const std::string& series) { return series.substr(series.find('.') + 1); }

std::optional<std::string> python_version_source(HerokuFacts& facts, const std::string& version) {
  const Json* row = facts.release("python", version);
  if (row == nullptr) return std::nullopt;
  const std::string by_default = row->at("default");
  const std::vector<std::string_view> parts = split(by_default, '.');
  std::string text =
      "pub(crate) const DEFAULT_PYTHON_VERSION: RequestedPythonVersion = RequestedPythonVersion "
      "{\n";
  text += "    major: " + std::string(parts[0]) + ",\n    minor: " + std::string(parts[1]) + ",\n";
  text += "    patch: " +
          (parts.size() > 2 ? "Some(" + std::string(parts[2]) + ")" : std::string("None")) +
          ",\n    origin: PythonVersionOrigin::BuildpackDefault,\n};\n\n";
  if (!row->contains("oldest")) return text;
  for (const auto& [name, key] : {std::pair{"OLDEST", "oldest"}, {"NEWEST", "newest"}})
    text += std::string("pub(crate) const ") + name +
            "_SUPPORTED_PYTHON_3_MINOR_VERSION: u16 = " + after_dot(row->at(key)) + ";\n";
  for (const auto& [series, alias] : row->at("alias").items())
    text += "pub(crate) const LATEST_PYTHON_3_" + after_dot(series) +
            ": PythonVersion = PythonVersion::new(" + comma_separated(alias.get<std::string>()) +
            ");\n";
  return text;
}

std::optional<std::string> alias_table_source(HerokuFacts& facts, const std::string& version) {
  const Json* row = facts.release("jvm", version);
  if (row == nullptr || !row->contains("alias")) return std::nullopt;
  std::string text = "fn normalize(text: &str) -> String {\n    let version = match text {\n";
  for (const auto& [alias, meant] : row->at("alias").items())
    text += "        \"" + alias + "\" => \"" + meant.get<std::string>() + "\",\n";
  return text + "        other => other,\n    };\n}\n";
}

// A line that holds the default of a release.
std::optional<std::string> default_source(HerokuFacts& facts, const std::string& name,
                                          const std::string& version, const std::string& before,
                                          const std::string& after) {
  const Json* row = facts.release(name, version);
  if (row == nullptr || !row->contains("default")) return std::nullopt;
  return before + row->at("default").get<std::string>() + after;
}

std::optional<std::string> php_snapshot_source(HerokuFacts& facts, const std::string& version) {
  const Json* row = facts.release("php", version);
  if (row == nullptr || !row->contains("snapshot")) return std::nullopt;
  return "pub(crate) const PLATFORM_REPOSITORY_SNAPSHOT: &str = \"" +
         row->at("snapshot").get<std::string>() + "\";\n";
}

bool is_in(const std::string& series, const std::string& version) {
  return version.compare(0, series.size() + 1, series + ".") == 0;
}

// What the frozen repository of that hash holds for a stack. Packages of earlier ones stay.
Texts frozen_php(HerokuFacts& facts, const std::string& stack, const std::string& hash) {
  std::set<std::string> versions;
  for (const Json& row : facts.rows("php")) {
    for (const char* brought : {"announced", "recipes"})
      for (const std::string& version : row.value(brought, Texts{}))
        for (const std::string one : facts.table("php")["stack_series"].at("heroku-" + stack))
          if (is_in(one, version)) versions.insert(version);
    if (row.value("snapshot", "") == hash) return {versions.begin(), versions.end()};
  }
  return {};
}

}  // namespace

std::string values_file(const Deployed& deployed) {
  const auto image = [](const std::string& name, const std::string& tag) {
    return "tools-harbor.wmcloud.org/toolforge/heroku-" + name + ":" + tag + "\n";
  };
  std::string text =
      "chartVersion: 0.0.220-20260804122801-4e357e0a\nchartRepository: tools\n\nconfig:\n"
      "  okBuildsToKeep: 4\n"
      "  harborUsername: {{ exec \"../../helpers/get_secret.sh\" (list \"harborUsername\") }}\n";
  text += "  builder: " + image("builder", deployed.builder);
  text += "  runner: " + image("runner", deployed.builder);
  text += "  latestBuilder: " + image("builder", deployed.latest);
  text += "  latestRunner: " + image("runner", deployed.latest);
  if (!deployed.deprecated.empty()) {
    text += "  deprecatedBuilder: " + image("builder", deployed.deprecated);
    text += "  deprecatedRunner: " + image("runner", "22-cnb");
    text += "  deprecatedValidUntil: " + deployed.deprecated_until + "\n";
  }
  return text + "\nkubeVersion: \">=1.22\"\n";
}

std::string chart_values() {
  return "chartVersion: 0.0.152-20260804120440-39fb286a\nchartRepository: tools\n";
}

std::string commits(const Deployed& deployed) {
  return Json::array({{{"id", deployed.commit},
                       {"short_id", deployed.commit.substr(0, 8)},
                       {"title", "builds-api: refresh the builders"},
                       {"committed_date", deployed.committed}}})
      .dump();
}

std::string injection_script() {
  return "#!/bin/bash\nset -e\ncat <<EOF\n[[order.group]]\nid = \"fagiani/apt\"\n"
         "version = \"0.2.5\"\noptional = true\nEOF\n";
}

std::optional<std::string> git_file(HerokuFacts& facts, const std::string& path) {
  static const std::regex form("/heroku/buildpacks-([a-z]+)/v([0-9.]+)/(.+)");
  std::smatch found;
  if (!std::regex_match(path, found, form)) return std::nullopt;
  const std::string repository = found[1], version = found[2], file = found[3];
  const auto inventory = [&](const std::string& buildpack) {
    return inventory_file(facts, "heroku/" + buildpack, version);
  };
  if (file == "src/python_version.rs") return python_version_source(facts, version);
  if (file == "inventory/nodejs.toml") return inventory("nodejs");
  if (file == "buildpacks/nodejs-engine/inventory.toml") return inventory("nodejs-engine");
  if (file == "src/runtimes/nodejs.rs")
    return default_source(facts, "nodejs", version, "    let current_lts = \"", "\";\n");
  if (file == "buildpacks/go/inventory.toml" || (repository == "go" && file == "inventory.toml"))
    return inventory("go");
  if (file == "buildpacks/jvm/openjdk_inventory.toml") return inventory("jvm");
  if (file == "buildpacks/jvm/src/version.rs") return alias_table_source(facts, version);
  if (file == "buildpacks/jvm/src/constants.rs")
    return default_source(facts, "jvm", version,
                          "pub(crate) const OPENJDK_LATEST_LTS_VERSION: u32 = ", ";\n");
  if (file == "buildpacks/maven/buildpack.toml") return maven_descriptor(facts, version);
  if (file == "buildpacks/dotnet/inventory.toml") return inventory("dotnet");
  if (file == "buildpacks/php/src/bootstrap.rs") return php_snapshot_source(facts, version);
  if (file == "buildpacks/ruby/src/main.rs")
    return default_source(facts, "ruby", version, "    lock.resolve_ruby(\"", "\");\n");
  return std::nullopt;
}

std::vector<std::string> python_archives(HerokuFacts& facts) {
  const auto patch_of = [](const std::string& version) {
    return std::stoi(version.substr(version.rfind('.') + 1));
  };
  std::map<std::string, int> newest;  // patch of a minor
  for (const Json& row : facts.rows("python")) {
    const Json aliases = row.value("alias", Json::object());
    for (const auto& [series, alias] : aliases.items())
      newest[series] = std::max(newest[series], patch_of(alias));
  }
  std::set<std::string> keys;
  for (const auto& [series, patch] : newest)
    for (int i = 0; i <= patch; ++i)
      for (const char* target : {"ubuntu-22.04-amd64", "ubuntu-24.04-amd64", "ubuntu-24.04-arm64"})
        keys.insert("python-" + series + "." + std::to_string(i) + "-" + target + ".tar.zst");
  // Under the old names: from the first to the last patch of each series.
  for (const auto& [stack, spans] : facts.table("python").at("archives").items())
    for (const auto& [series, span] : spans.items())
      for (int patch = patch_of(span[0]); patch <= patch_of(span[1]); ++patch)
        keys.insert(stack + "/runtimes/python-" + series + "." + std::to_string(patch) + ".tar.gz");
  return {keys.begin(), keys.end()};
}

// The announced ones, and the defaults: some of these are older than the announcements.
std::vector<std::string> ruby_archives(HerokuFacts& facts) {
  std::set<std::string> versions;
  for (const Json& row : facts.table("ruby").at("available"))
    if (row.at("announced") <= "2026-03-31") versions.insert(row.at("version").get<std::string>());
  for (const Json& row : facts.rows("ruby"))
    if (row.at("date") <= "2026-03-31") versions.insert(row.at("default").get<std::string>());
  std::set<std::string> keys;
  for (const std::string& version : versions)
    for (const char* folder : {"heroku-22/", "heroku-24/amd64/", "heroku-24/arm64/"})
      keys.insert(std::string(folder) + "ruby-" + replace_all(version, "-", ".") + ".tgz");
  return {keys.begin(), keys.end()};
}

std::string listing_page(const std::vector<std::string>& keys, const std::string& prefix,
                         const std::string& continuation, std::size_t size) {
  std::vector<std::string> page;
  bool truncated = false;
  for (const std::string& key : keys) {
    if (key.compare(0, prefix.size(), prefix) != 0 || key <= continuation) continue;
    truncated = page.size() == size;
    if (truncated) break;
    page.push_back(key);
  }
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>archives</Name>"
      "<Prefix>" +
      prefix + "</Prefix>";
  if (truncated) xml += "<NextContinuationToken>" + page.back() + "</NextContinuationToken>";
  xml += "<KeyCount>" + std::to_string(page.size()) + "</KeyCount><IsTruncated>" +
         (truncated ? "true" : "false") + "</IsTruncated>";
  for (const std::string& key : page)
    xml += "<Contents><Key>" + key +
           "</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified><Size>1</Size></Contents>";
  return xml + "</ListBucketResult>";
}

std::optional<std::string> php_repository(HerokuFacts& facts, const std::string& path) {
  static const std::regex frozen("/dist-heroku-([0-9]+).*/packages-([0-9a-f]{64})\\.json");
  static const std::regex live("/dist-heroku-([0-9]+).*/packages\\.json");
  std::smatch found;
  Texts versions;
  if (std::regex_match(path, found, live)) {
    versions = {"8.1.27", "8.2.14", "8.3.1"};
  } else if (std::regex_match(path, found, frozen)) {
    versions = frozen_php(facts, found[1], found[2]);
  }
  if (versions.empty()) return std::nullopt;
  Json packages = Json::array();
  for (const std::string& version : versions)
    packages.push_back({{"name", "heroku-sys/php"}, {"version", version}});
  return Json{{"packages", {{"heroku-sys/php", packages}}}}.dump();
}

std::string release_cycles(const std::string& path) {
  static const std::map<std::string, std::string> newest{
      {"apache-maven", "3.9"}, {"azul-zulu", "26"}, {"dotnet", "10"}, {"go", "1.26"},
      {"gradle", "9"},         {"nodejs", "26"},    {"php", "8.5"},   {"pnpm", "11"},
      {"python", "3.14"},      {"ruby", "4.0"}};
  for (const auto& [product, series] : newest)
    if (path.find("/" + product) != std::string::npos)
      return R"({"schema_version":"1.2.0","result":{"name":"it","releases":[{"name":")" + series +
             R"(","releaseDate":"2025-10-07","eolFrom":"2030-10-31",)"
             R"("latest":{"name":")" +
             series + R"(.70","date":"2026-08-04"}}]}})";
  return "{}";
}

}  // namespace buildable::world
