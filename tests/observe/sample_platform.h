// A platform in small: a runtime for each mechanism that reads facts, two tracks on a current image
// and one, ended, on an old image, and what its sources say.
#pragma once

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/text.h"
#include "observe/fake_fetcher.h"
#include "observe/observe.h"
#include "rules/load.h"

namespace buildable::testing {

using namespace observe;

using Json = nlohmann::ordered_json;

inline const char* const sample_sources = R"(
[[sources]]
name = "values"
kind = "values_file"
url = "https://git.test/values.yaml"
[[sources]]
name = "history"
kind = "gitlab_commits"
url = "https://git.test/commits"
optional = true
[[sources]]
name = "api"
kind = "supported_versions"
url = "https://api.test/supported"
optional = true
[[sources]]
name = "harbor"
kind = "harbor"
url = "https://images.test/api/{repository}/{reference}"
[[sources]]
name = "registry"
kind = "registry"
url = "https://images.test/v2/tools/{repository}/manifests/{reference}"
[[sources]]
name = "layers"
kind = "image_layer"
url = "https://images.test/v2/tools/{repository}/blobs/{digest}"
optional = true
[[sources]]
name = "chart"
kind = "chart_values"
url = "https://git.test/chart.yaml"
optional = true
[[sources]]
name = "script"
kind = "injection_script"
url = "https://git.test/{commit}/inject.sh"
optional = true
[[sources]]
name = "cycles"
kind = "release_cycles"
url = "https://dates.test/{product}"
optional = true
[[sources]]
name = "band_inventory"
kind = "inventory"
buildpack = "sample/band"
url = "https://git.test/band/{version}/inventory.toml"
[[sources]]
name = "band_default"
kind = "default_constant"
buildpack = "sample/band"
url = "https://git.test/band/{version}/default.rs"
optional = true
[sources.constants]
after = "let standard = "
[[sources]]
name = "snake_constants"
kind = "series_constants"
buildpack = "sample/snake"
url = "https://git.test/snake/{version}/series.rs"
[sources.constants]
default = "DEFAULT"
oldest = "OLDEST"
newest = "NEWEST"
alias_prefix = "LATEST_3_"
series = "3."
[[sources]]
name = "gem_archives"
kind = "archive_listing"
buildpack = "sample/gem"
url = "https://store.test/?list-type=2&prefix={prefix}"
[[sources]]
name = "jar_aliases"
kind = "alias_table"
buildpack = "sample/jar"
url = "https://git.test/jar/{version}/aliases.rs"
[[sources]]
name = "tool_descriptor"
kind = "buildpack_descriptor"
buildpack = "sample/tool"
url = "https://git.test/tool/{version}/buildpack.toml"
[[sources]]
name = "pile_constant"
kind = "repository_constant"
buildpack = "sample/pile"
versions = ">=2.0.0"
url = "https://git.test/pile/{version}/bootstrap.rs"
[sources.constants]
snapshot = "SNAPSHOT"
[[sources]]
name = "pile_packages"
kind = "package_repository"
buildpack = "sample/pile"
versions = ">=2.0.0"
url = "https://store.test/{stack}/packages-{repository}.json"
[sources.constants]
package = "sample/pile"
[sources.stacks]
heroku-24 = "heroku-24-{arch}"
)";

inline std::string sample_platform_text() {
  return std::string(R"(schema_version = 1
id = "sample"
name = "Sample"
default_track = "default"
[[tracks]]
name = "default"
builder_key = "builder"
runner_key = "runner"
description = "d"
[[tracks]]
name = "latest"
builder_key = "latestBuilder"
description = "l"
[[tracks]]
name = "deprecated"
builder_key = "oldBuilder"
valid_until_key = "oldUntil"
description = "o"
)") + sample_sources +
         R"([judgement]
track_vanished = "refuse"
default_track_missing = "refuse"
runtime_vanished = "refuse"
set_shrank = "refuse"
sources_disagree = "refuse"
label_missing = "refuse"
digest_changed = "warn"
deprecated_ended = "accept"
builder_moved_back = "warn"
snapshot_older = "refuse"
empty_policy = "refuse"
lost_versions_share = 10
lost_series_share = 10
lost_versions_share_of_new_builder = 75
lost_series_share_of_new_builder = 75
)";
}

inline RuntimeRules sample_runtime(const std::string& id, const std::string& scheme,
                                   const std::string& rest) {
  auto rules = parse_runtime(
      "schema_version = 1\nid = \"" + id + "\"\nname = \"" + id + "\"\nscheme = \"" + scheme +
          "\"\nseries_components = 2\n" + (id == "snake" ? "release_dates = \"snake\"\n" : "") +
          (id == "gem" ? "release_dates = \"gem\"\n" : "") + "[[buildpacks]]\nid = \"sample/" + id +
          "\"\nversions = \"*\"\n" + rest,
      id + ".toml");
  REQUIRE_MESSAGE(rules, rules.error().to_text());
  return *rules;
}

inline Rules sample_rules() {
  auto platform = parse_platform(sample_platform_text(), "sample.toml");
  REQUIRE_MESSAGE(platform, platform.error().to_text());
  auto rules = assemble(
      *platform,
      {sample_runtime("band", "semver", "mechanism = \"inventory\"\n"),
       sample_runtime("snake", "pep440", "mechanism = \"series\"\n"),
       sample_runtime("gem", "ruby",
                      "mechanism = \"archives\"\narchive_urls = "
                      "[\"https://store.test/{stack}/{arch}/gem-{version}.tgz\", "
                      "\"https://store.test/{stack}/gem-{version}.tgz\"]\n"),
       sample_runtime("jar", "java", "mechanism = \"aliases\"\ndefault_version = \"8\"\n"),
       sample_runtime("tool", "maven", "mechanism = \"fixed\"\n"),
       sample_runtime("pile", "composer", "mechanism = \"repository\"\ndefault_version = \"*\"\n"),
       sample_runtime("free", "semver", "mechanism = \"any\"\n")});
  REQUIRE_MESSAGE(rules, rules.error().to_text());
  return *rules;
}

inline std::string sample_inventory(const std::vector<std::string>& versions) {
  std::string text;
  for (const std::string& version : versions)
    for (const char* arch : {"amd64", "arm64"})
      text += "[[artifacts]]\nversion = \"" + version + "\"\nos = \"linux\"\narch = \"" + arch +
              "\"\nurl = \"https://files.test/" + version + "\"\nchecksum = \"sha256:00\"\n\n";
  return text;
}

// A tar with one file: a buildpack's layer.
inline std::string tar_of(const std::string& path, const std::string& content) {
  const auto octal = [](std::size_t number, std::size_t digits) {
    std::string text(digits, '0');
    for (std::size_t i = digits; i-- > 0; number /= 8)
      text[i] = static_cast<char>('0' + number % 8);
    return text;
  };
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, const std::string& text) {
    header.replace(at, text.size(), text);
  };
  put(0, path);
  put(100, octal(0755, 7));
  put(108, octal(0, 7));
  put(116, octal(0, 7));
  put(124, octal(content.size(), 11));
  put(136, octal(0, 11));
  put(148, "        ");
  put(156, "0");
  put(257, std::string("ustar\0"
                       "00",
                       8));
  std::size_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, octal(sum, 6) + std::string("\0 ", 2));
  std::string tar = header + content;
  tar.resize((tar.size() + 511) / 512 * 512 + 1024, '\0');
  return tar;
}

struct SampleImage {
  std::map<std::string, std::string> buildpacks;  // id -> version
  std::string lifecycle = "0.21.8";
  std::string stack = "heroku-24";
  std::vector<std::string> in_band;  // the inventory in its program
};

struct MadeImage {
  std::string labels, config, manifest, digest, layer, layer_digest;
};

inline MadeImage make_image(const SampleImage& sample) {
  const auto band = sample.buildpacks.find("sample/band");
  MadeImage made;
  made.layer = tar_of("cnb/buildpacks/sample_band/" + band->second + "/bin/build",
                      "\x7f"
                      "ELF" +
                          sample_inventory(sample.in_band) + "tail");
  made.layer_digest = sha256_digest(made.layer);
  Json metadata = {{"buildpacks", Json::array()}, {"lifecycle", {{"version", sample.lifecycle}}}};
  Json layers = Json::object(), group = Json::array();
  for (const auto& [id, version] : sample.buildpacks) {
    metadata["buildpacks"].push_back({{"id", id}, {"version", version}});
    layers[id][version] = {{"api", "0.10"}, {"layerDiffID", made.layer_digest}};
    group.push_back({{"id", id}, {"version", version}});
  }
  const Json labels = {{"io.buildpacks.builder.metadata", metadata.dump()},
                       {"io.buildpacks.buildpack.layers", layers.dump()},
                       {"io.buildpacks.buildpack.order", Json::array({{{"group", group}}}).dump()},
                       {"io.buildpacks.stack.id", sample.stack}};
  made.labels = labels.dump();
  made.config = Json{{"os", "linux"},
                     {"architecture", "amd64"},
                     {"config", {{"Labels", labels}}},
                     {"rootfs", {{"type", "layers"}, {"diff_ids", {made.layer_digest}}}}}
                    .dump();
  const std::string type = "application/vnd.oci.image.";
  made.manifest = Json{{"schemaVersion", 2},
                       {"mediaType", type + "manifest.v1+json"},
                       {"config",
                        {{"mediaType", type + "config.v1+json"},
                         {"digest", sha256_digest(made.config)},
                         {"size", made.config.size()}}},
                       {"layers",
                        {{{"mediaType", type + "layer.v1.tar"},
                          {"digest", made.layer_digest},
                          {"size", made.layer.size()}}}}}
                      .dump();
  made.digest = sha256_digest(made.manifest);
  return made;
}

inline std::string harbor_answer(const MadeImage& image) {
  return Json{{"digest", image.digest},
              {"references", nullptr},
              {"extra_attrs",
               {{"os", "linux"},
                {"architecture", "amd64"},
                {"config", {{"Labels", Json::parse(image.labels)}}}}}}
      .dump();
}

inline void add_image(Table& table, const std::string& tag, const MadeImage& image) {
  const std::string registry = "https://images.test/v2/tools/builder/";
  const std::map<std::string, std::string> type{
      {"content-type", "application/vnd.oci.image.manifest.v1+json"}};
  table["https://images.test/api/builder/" + tag] = {.body = harbor_answer(image)};
  table[registry + "manifests/" + tag] = {.body = image.manifest, .headers = type};
  table[registry + "blobs/" + sha256_digest(image.config)] = {.body = image.config};
  table[registry + "blobs/" + image.layer_digest] = {.body = image.layer};
}

inline std::string listing(const std::vector<std::string>& keys, const std::string& next = {}) {
  std::string xml = "<?xml version=\"1.0\"?><ListBucketResult><Name>store</Name><IsTruncated>" +
                    std::string(next.empty() ? "false" : "true") + "</IsTruncated>";
  if (!next.empty()) xml += "<NextContinuationToken>" + next + "</NextContinuationToken>";
  for (const std::string& key : keys) xml += "<Contents><Key>" + key + "</Key></Contents>";
  return xml + "</ListBucketResult>";
}

inline std::string cycles(const std::string& series, const std::string& latest) {
  return R"({"result":{"releases":[{"name":")" + series + R"(","releaseDate":"2025-10-07",)" +
         R"("eolFrom":null,"latest":{"name":")" + latest + R"(","date":"2026-08-04"}}]}})";
}

inline const std::string pile_hash(64, 'a');
inline const std::string script_commit = "39fb286a";

inline SampleImage current_image() {
  return {{{"sample/band", "5.0.0"},
           {"sample/free", "1.0.0"},
           {"sample/gem", "3.0.0"},
           {"sample/jar", "4.0.0"},
           {"sample/pile", "2.0.0"},
           {"sample/snake", "6.0.0"},
           {"sample/tool", "4.0.0"}},
          "0.21.8",
          "heroku-24",
          {"24.1.0", "24.2.0"}};
}

inline SampleImage old_image() {
  return {{{"sample/band", "2.0.0"}}, "0.18.0", "heroku-22", {"18.0.0"}};
}

inline Table sample_world() {
  Table table;
  table["https://git.test/values.yaml"] = {
      .body =
          "chartVersion: 1.0\nconfig:\n  builder: images.test/tools/builder:24_1\n"
          "  runner: images.test/tools/runner:24_1\n"
          "  latestBuilder: images.test/tools/builder:24_2\n"
          "  oldBuilder: images.test/tools/builder:22\n  oldUntil: 2026-04-27\n"};
  table["https://git.test/commits"] = {
      .body = R"([{"id":")" + std::string(40, 'c') +
              R"(","committed_date":"2026-05-14T21:06:38.000+02:00"}])"};
  add_image(table, "24_1", make_image(current_image()));
  add_image(table, "24_2", make_image(current_image()));
  add_image(table, "22", make_image(old_image()));
  table["https://git.test/chart.yaml"] = {.body =
                                              "chartVersion: 0.0.152-2026-" + script_commit + "\n"};
  table["https://git.test/" + script_commit + "/inject.sh"] = {
      .body = "#!/bin/sh\n  id = \"fagiani/apt\"\n  version = \"0.2.5\"\n"};
  table["https://dates.test/snake"] = {.body = cycles("3.14", "3.14.7")};
  table["https://dates.test/gem"] = {.body = cycles("4.0", "4.0.1")};
  table["https://git.test/band/5.0.0/inventory.toml"] = {
      .body = sample_inventory({"24.1.0", "24.2.0"})};
  table["https://git.test/band/5.0.0/default.rs"] = {.body = "  let standard = \"24.x\";\n"};
  table["https://git.test/band/2.0.0/inventory.toml"] = {.body = sample_inventory({"18.0.0"})};
  table["https://git.test/snake/6.0.0/series.rs"] = {
      .body =
          "pub(crate) const DEFAULT: V = V { major: 3, minor: 14, patch: None };\n"
          "const OLDEST: u16 = 13;\nconst NEWEST: u16 = 14;\n"
          "const LATEST_3_13: V = V::new(3, 13, 9);\nconst LATEST_3_14: V = V::new(3, 14, 4);\n"};
  table["https://store.test/?list-type=2&prefix=heroku-24/amd64/gem-"] = {
      .body = listing({"heroku-24/amd64/gem-3.4.1.tgz", "heroku-24/amd64/gem-3.4.2.tgz"}, "a b+")};
  table["https://store.test/?list-type=2&prefix=heroku-24/amd64/gem-&continuation-token=a%20b%2B"] =
      {.body = listing({"heroku-24/amd64/gem-4.0.0.tgz"})};
  table["https://store.test/?list-type=2&prefix=heroku-24/gem-"] = {.body = listing({})};
  table["https://git.test/jar/4.0.0/aliases.rs"] = {
      .body =
          "fn normalize(text: &str) -> String {\n    let version = match text {\n"
          "        \"8\" | \"1.8\" => \"1.8.0_392\",\n        other => other,\n    };\n}\n"};
  table["https://git.test/tool/4.0.0/buildpack.toml"] = {
      .body =
          "api = \"0.10\"\n[buildpack]\nid = \"sample/tool\"\nversion = \"4.0.0\"\n[[stacks]]\n"
          "id = \"*\"\n[metadata]\ndefault-version = \"3.9.4\"\n[metadata.tarballs]\n"
          "\"3.9.4\" = { url = \"https://files.test/3.9.4\" }\n"};
  table["https://git.test/pile/2.0.0/bootstrap.rs"] = {.body = "const SNAPSHOT: &str = \"" +
                                                               pile_hash + "\";\n"};
  table["https://store.test/heroku-24-amd64/packages-" + pile_hash + ".json"] = {
      .body = R"({"packages":[[{"name":"sample/pile","version":"8.4.20"},)"
              R"({"name":"sample/pile","version":"8.5.5"}]]})"};
  return table;
}

inline const Instant sample_now = *parse_instant("2026-08-20T12:00:00Z");

inline Result<Observation> observe_sample(const Table& table, const Snapshot* last = nullptr,
                                          Instant now = sample_now, unsigned seed = 0) {
  FakeFetcher fetcher(table, seed);
  ObserveOptions options{.now = now};
  options.last_good = last;
  return observe::observe(sample_rules(), fetcher, options);
}

inline Observation observed(const Table& table, const Snapshot* last = nullptr,
                            Instant now = sample_now, unsigned seed = 0) {
  auto observation = observe_sample(table, last, now, seed);
  REQUIRE_MESSAGE(observation, observation.error().to_text());
  return *observation;
}

}  // namespace buildable::testing
