#include "world/buildpack_files.h"

#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/text.h"

namespace buildable::world {
namespace {

using Json = nlohmann::json;
using testing::HerokuFacts;

using Pairs = std::vector<std::pair<std::string, std::string>>;

std::string table(const std::string& header, const Pairs& pairs) {
  std::string text = header + "\n";
  for (const auto& [key, value] : pairs) (text += key) += " = \"" + value + "\"\n";
  return text + "\n";
}

std::string x64(const std::string& arch) { return arch == "amd64" ? "x64" : arch; }

struct Download {
  std::string url;
  std::string checksum;
};

Download download(const std::string& name, const std::string& version, const std::string& arch) {
  std::string url;
  if (name == "nodejs")
    url = "https://nodejs.org/download/release/v" + version + "/node-v" + version + "-linux-" +
          x64(arch) + ".tar.gz";
  if (name == "go") url = "https://go.dev/dl/" + version + ".linux-" + arch + ".tar.gz";
  if (name == "jvm")
    url = "https://heroku-buildpacks-jvm.s3.dualstack.us-east-1.amazonaws.com/openjdk/zulu/" +
          arch + "/" + version + ".tar.gz";
  if (name == "dotnet")
    url = "https://builds.dotnet.microsoft.com/dotnet/Sdk/" + version + "/dotnet-sdk-" + version +
          "-linux-" + x64(arch) + ".tar.gz";
  const std::string half = sha256_hex(url);
  return {url, name == "dotnet" ? "sha512:" + half + sha256_hex(half) : "sha256:" + half};
}

std::string artifacts(const std::string& name, const std::vector<std::string>& versions) {
  std::string text;
  for (const std::string& version : versions)
    for (const std::string arch : {"amd64", "arm64"}) {
      const auto [url, checksum] = download(name, version, arch);
      text += table("[[artifacts]]", {{"version", version},
                                      {"os", "linux"},
                                      {"arch", arch},
                                      {"url", url},
                                      {"checksum", checksum}});
      if (name == "jvm") text += table("[artifacts.metadata]", {{"distribution", "zulu"}});
    }
  return text;
}

// "go1.22rc1" -> "1.22.0-rc1"
std::string semantic(const std::string& go_version) {
  const std::string plain = go_version.substr(2);
  const std::size_t end = std::min(plain.find_first_not_of("0123456789."), plain.size());
  std::string numbers = plain.substr(0, end);
  for (std::size_t parts = split(numbers, '.').size(); parts < 3; ++parts) numbers += ".0";
  return end == plain.size() ? numbers : numbers + "-" + plain.substr(end);
}

std::string old_artifacts(const std::vector<std::string>& versions) {
  std::string text;
  for (const std::string& version : versions)
    text += table("[[artifacts]]", {{"go_version", version},
                                    {"semantic_version", semantic(version)},
                                    {"architecture", "linux-amd64"},
                                    {"sha_checksum", sha256_hex(version)}});
  return text;
}

std::string releases(const std::vector<std::string>& versions) {
  std::string text = "name = \"Node.js\"\n\n";
  for (const std::string& version : versions)
    for (const std::string arch : {"darwin-x64", "linux-x64"}) {
      const std::string url = "https://heroku-nodebin.s3.us-east-1.amazonaws.com/node/release/" +
                              arch + "/node-v" + version + "-" + arch + ".tar.gz";
      text += table("[[releases]]", {{"version", version},
                                     {"channel", "release"},
                                     {"arch", arch},
                                     {"url", url},
                                     {"etag", sha256_hex(url).substr(0, 32)}});
    }
  return text;
}

// The table of the buildpack; empty: it has no inventory.
std::string table_of(const std::string& buildpack) {
  for (const std::string name : {"go", "jvm", "dotnet", "nodejs"})
    if (buildpack == "heroku/" + name) return name;
  return buildpack == "heroku/nodejs-engine" ? "nodejs" : "";
}

}  // namespace

std::optional<std::string> inventory_file(HerokuFacts& facts, const std::string& buildpack,
                                          const std::string& version) {
  const std::string name = table_of(buildpack);
  const Json* row = name.empty() ? nullptr : facts.release(name, version);
  if (row == nullptr || !row->contains("added")) return std::nullopt;
  if (row->value("part", "heroku/" + name) != buildpack) return std::nullopt;
  const std::vector<std::string> versions = facts.inventory(name, version);
  const std::string form = row->value("form", "artifacts");
  std::string text = form == "releases"        ? releases(versions)
                     : form == "old_artifacts" ? old_artifacts(versions)
                                               : artifacts(name, versions);
  text.pop_back();  // the empty line at the end
  return text;
}

std::optional<std::string> maven_descriptor(HerokuFacts& facts, const std::string& version) {
  const Json* row = facts.release("jvm", version);
  if (row == nullptr || !row->contains("maven")) return std::nullopt;
  const std::string maven = row->at("maven");
  return "api = \"0.10\"\n\n" +
         table("[buildpack]", {{"id", "heroku/maven"}, {"version", version}}) +
         table("[[targets]]", {{"os", "linux"}, {"arch", "amd64"}}) +
         table("[metadata]", {{"default-version", maven}}) + "[metadata.tarballs]\n" +
         table("[metadata.tarballs.\"" + maven + "\"]",
               {{"url", "https://repo.maven.apache.org/maven2/org/apache/maven/apache-maven/" +
                            maven + "/apache-maven-" + maven + "-bin.tar.gz"},
                {"sha256", sha256_hex(maven)}});
}

std::string descriptor_file(HerokuFacts& facts, const std::string& buildpack,
                            const std::string& version) {
  if (buildpack == "heroku/maven")
    if (auto descriptor = maven_descriptor(facts, version)) return *descriptor;
  return "api = \"0.10\"\n[buildpack]\nid = \"" + buildpack + "\"\nversion = \"" + version + "\"\n";
}

}  // namespace buildable::world
