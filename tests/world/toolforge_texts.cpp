#include "world/toolforge_texts.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <stdexcept>
#include <tuple>

#include "base/text.h"

namespace buildable::world {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::optional<std::string> text_if_there(const fs::path& file) {
  if (!fs::exists(file)) return std::nullopt;
  return text_of(file);
}

Json index_of(const fs::path& data, const std::string& name) {
  return Json::parse(text_of(data / "index" / (name + ".json")));
}

// The row of one release.
std::optional<Json> release(const fs::path& data, const std::string& name,
                            const std::string& version) {
  const Json index = index_of(data, name);
  for (const Json& row : index.at("rows"))
    if (row.at("version") == version) return row;
  return std::nullopt;
}

std::optional<Json> facts_of(const fs::path& data, const std::string& folder,
                             const std::string& version) {
  const auto text = text_if_there(data / "buildpacks" / folder / version / "facts.json");
  if (!text) return std::nullopt;
  return Json::parse(*text);
}

std::string comma_separated(const std::string& version) { return replace_all(version, ".", ", "); }
std::string after_dot(const std::string& series) { return series.substr(series.find('.') + 1); }

std::optional<std::string> python_version_source(const fs::path& data, const std::string& version) {
  const auto row = release(data, "python", version);
  if (!row) return std::nullopt;
  const std::string by_default = row->at("default");
  const std::vector<std::string_view> parts = split(by_default, '.');
  std::string text =
      "pub(crate) const DEFAULT_PYTHON_VERSION: RequestedPythonVersion = RequestedPythonVersion "
      "{\n";
  text += "    major: " + std::string(parts[0]) + ",\n    minor: " + std::string(parts[1]) + ",\n";
  text += "    patch: " +
          (parts.size() > 2 ? "Some(" + std::string(parts[2]) + ")" : std::string("None")) +
          ",\n    origin: PythonVersionOrigin::BuildpackDefault,\n};\n\n";
  if (row->at("oldest_minor").is_null()) return text;
  for (const auto& [name, key] : {std::pair{"OLDEST", "oldest_minor"}, {"NEWEST", "newest_minor"}})
    text += std::string("pub(crate) const ") + name +
            "_SUPPORTED_PYTHON_3_MINOR_VERSION: u16 = " + after_dot(row->at(key)) + ";\n";
  for (const auto& [series, alias] : row->at("alias").items())
    text += "pub(crate) const LATEST_PYTHON_3_" + after_dot(series) +
            ": PythonVersion = PythonVersion::new(" + comma_separated(alias.get<std::string>()) +
            ");\n";
  return text;
}

std::optional<std::string> alias_table_source(const fs::path& data, const std::string& version) {
  const auto facts = facts_of(data, "heroku_jvm", version);
  if (!facts || !facts->contains("alias")) return std::nullopt;
  std::string text = "fn normalize(text: &str) -> String {\n    let version = match text {\n";
  for (const auto& [alias, meant] : facts->at("alias").items())
    text += "        \"" + alias + "\" => \"" + meant.get<std::string>() + "\",\n";
  return text + "        other => other,\n    };\n}\n";
}

// A line that holds the default of a release.
std::optional<std::string> default_source(const fs::path& data, const std::string& folder,
                                          const std::string& version, const std::string& before,
                                          const std::string& after) {
  const auto facts = facts_of(data, folder, version);
  if (!facts) return std::nullopt;
  return before + facts->at("default").get<std::string>() + after;
}

std::optional<std::string> php_snapshot_source(const fs::path& data, const std::string& version) {
  const auto row = release(data, "php", version);
  if (!row || row->at("snapshot").is_null()) return std::nullopt;
  return "pub(crate) const PLATFORM_REPOSITORY_SNAPSHOT: &str = \"" +
         row->at("snapshot").get<std::string>() + "\";\n";
}

std::vector<std::string> php_versions(const Json& facts) {
  const char* key =
      facts.at("php_at_least").is_null() ? "php_known_from_changelog" : "php_at_least";
  return facts.at(key).get<std::vector<std::string>>();
}

bool is_in(const std::string& series, const std::string& version) {
  return version.compare(0, series.size() + 1, series + ".") == 0;
}

// What the frozen repository of that hash holds for a stack. Packages of earlier ones stay.
std::vector<std::string> frozen_php(const fs::path& data, const std::string& stack,
                                    const std::string& hash) {
  std::vector<Json> all;
  for (const auto& folder : fs::directory_iterator(data / "buildpacks" / "heroku_php"))
    all.push_back(Json::parse(text_of(folder.path() / "facts.json")));
  const auto wanted = std::find_if(all.begin(), all.end(),
                                   [&](const Json& facts) { return facts.at("snapshot") == hash; });
  std::set<std::string> versions;
  if (wanted == all.end()) return {};
  for (const Json& facts : all) {
    if (facts.at("source").at("date") > wanted->at("source").at("date")) continue;
    if (facts.at("snapshot").is_null()) continue;
    for (const std::string& version : php_versions(facts))
      for (const std::string one : wanted->at("php_series").at("heroku-" + stack))
        if (is_in(one, version)) versions.insert(version);
  }
  return {versions.begin(), versions.end()};
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

std::optional<std::string> git_file(const fs::path& data, const std::string& path) {
  static const std::regex form("/heroku/buildpacks-([a-z]+)/v([0-9.]+)/(.+)");
  std::smatch found;
  if (!std::regex_match(path, found, form)) return std::nullopt;
  const std::string repository = found[1], version = found[2], file = found[3];
  const auto inventory = [&](const std::string& folder) {
    return text_if_there(data / "buildpacks" / folder / version / "inventory.toml");
  };
  if (file == "src/python_version.rs") return python_version_source(data, version);
  if (file == "inventory/nodejs.toml") return inventory("heroku_nodejs");
  if (file == "buildpacks/nodejs-engine/inventory.toml") return inventory("heroku_nodejs-engine");
  if (file == "src/runtimes/nodejs.rs")
    return default_source(data, "heroku_nodejs", version, "    let current_lts = \"", "\";\n");
  if (file == "buildpacks/go/inventory.toml" || (repository == "go" && file == "inventory.toml"))
    return inventory("heroku_go");
  if (file == "buildpacks/jvm/openjdk_inventory.toml") return inventory("heroku_jvm");
  if (file == "buildpacks/jvm/src/version.rs") return alias_table_source(data, version);
  if (file == "buildpacks/jvm/src/constants.rs")
    return default_source(data, "heroku_jvm", version,
                          "pub(crate) const OPENJDK_LATEST_LTS_VERSION: u32 = ", ";\n");
  if (file == "buildpacks/maven/buildpack.toml")
    return text_if_there(data / "buildpacks" / "heroku_maven" / version / "buildpack.toml");
  if (file == "buildpacks/dotnet/inventory.toml") return inventory("heroku_dotnet");
  if (file == "buildpacks/php/src/bootstrap.rs") return php_snapshot_source(data, version);
  if (file == "buildpacks/ruby/src/main.rs")
    return default_source(data, "heroku_ruby", version, "    lock.resolve_ruby(\"", "\");\n");
  return std::nullopt;
}

std::vector<std::string> python_archives(const fs::path& data) {
  std::map<std::string, int> newest;  // patch of a minor
  const Json index = index_of(data, "python");
  for (const Json& row : index.at("rows"))
    for (const auto& [series, alias] : row.at("alias").items()) {
      const std::string version = alias;
      int& patch = newest[series];
      patch = std::max(patch, std::stoi(version.substr(version.rfind('.') + 1)));
    }
  std::set<std::string> keys;
  for (const auto& [series, patch] : newest)
    for (int i = 0; i <= patch; ++i)
      for (const char* target : {"ubuntu-22.04-amd64", "ubuntu-24.04-amd64", "ubuntu-24.04-arm64"})
        keys.insert("python-" + series + "." + std::to_string(i) + "-" + target + ".tar.zst");
  // Under the old names: the first and the last patch of each series.
  for (const auto& [series, first, last] :
       {std::tuple{"3.9", 12, 19}, {"3.10", 4, 14}, {"3.11", 0, 9}, {"3.12", 0, 3}})
    for (int patch = first; patch <= last; ++patch)
      keys.insert(std::string("heroku-22/runtimes/python-") + series + "." + std::to_string(patch) +
                  ".tar.gz");
  return {keys.begin(), keys.end()};
}

std::vector<std::string> ruby_archives(const fs::path& data) {
  std::set<std::string> keys;
  const Json index = index_of(data, "ruby");
  for (const Json& row : index.at("available")) {
    if (row.at("kind") != "mri" || row.at("announced") > "2026-03-31") continue;
    const std::string file =
        "ruby-" + replace_all(row.at("version").get<std::string>(), "-", ".") + ".tgz";
    for (const char* folder : {"heroku-22/", "heroku-24/amd64/", "heroku-24/arm64/"})
      keys.insert(folder + file);
  }
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

std::optional<std::string> php_repository(const fs::path& data, const std::string& path) {
  static const std::regex frozen("/dist-heroku-([0-9]+).*/packages-([0-9a-f]{64})\\.json");
  static const std::regex live("/dist-heroku-([0-9]+).*/packages\\.json");
  std::smatch found;
  std::vector<std::string> versions;
  if (std::regex_match(path, found, live)) {
    versions = {"8.1.27", "8.2.14", "8.3.1"};
  } else if (std::regex_match(path, found, frozen)) {
    versions = frozen_php(data, found[1], found[2]);
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
