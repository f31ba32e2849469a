#include "world/builder_images.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/digest.h"
#include "base/text.h"
#include "world/buildpack_files.h"
#include "world/registry/archives.h"

namespace buildable::world {
namespace {

using Json = nlohmann::json;
using testing::HerokuFacts;
using Versions = std::map<std::string, std::string>;  // of buildpacks, by id

// A program with the inventory in its constants: other text right before and behind it.
std::string program(const std::string& inventory) {
  std::string binary(
      "\x7f"
      "ELF\2\1\1\0",
      8);
  for (int i = 0; i < 3000; ++i) binary += static_cast<char>((i * 131) % 256);
  return binary + "called `Result::unwrap()` on an `Err` value" + inventory +
         "src/main.rs/rustc/library/core/src/str" + std::string(700, '\0');
}

struct Layer {
  std::string diff_id;
  std::string blob;
};

Layer layer_of(HerokuFacts& facts, const std::string& id, const std::string& version) {
  const std::string inside = "cnb/buildpacks/" + replace_all(id, "/", "_") + "/" + version + "/";
  std::vector<TarEntry> files = {
      {.path = inside + "buildpack.toml", .content = descriptor_file(facts, id, version)}};
  if (const auto inventory = inventory_file(facts, id, version))
    files.push_back({.path = inside + "bin/build", .content = program(*inventory)});
  const std::string tar = make_tar(files);
  return {sha256_digest(tar), gzip(tar)};
}

Json best_candidate(HerokuFacts& facts, const std::string& tag) {
  const Json* builder = facts.builder(tag);
  if (builder == nullptr) throw std::runtime_error("no facts of the builder " + tag);
  for (const Json& candidate : builder->at("candidates"))
    if (candidate.at("best")) return candidate;
  return builder->at("candidates").at(0);
}

// The parts of composites have the version of what they belong to.
std::string version_of(const Versions& versions, const std::string& id,
                       const std::string& example) {
  const auto found = versions.find(id);
  if (found != versions.end()) return found->second;
  const bool of_java = id == "heroku/gradle" || id == "heroku/maven" || id == "heroku/sbt";
  return of_java ? versions.at("heroku/jvm") : example;
}

// Every {"id", "version"} in a label, however deep.
void set_versions(Json& value, const Versions& versions) {
  if (value.is_object() && value.contains("id") && value.contains("version"))
    value["version"] = version_of(versions, value["id"], value["version"]);
  if (value.is_structured())
    for (Json& child : value) set_versions(child, versions);
}

constexpr const char* metadata_label = "io.buildpacks.builder.metadata";
constexpr const char* layers_label = "io.buildpacks.buildpack.layers";
constexpr const char* order_label = "io.buildpacks.buildpack.order";

void set_label(Json& labels, const char* name, const Json& value) { labels[name] = value.dump(); }

// Fills the layers, sets their digests and versions in the labels.
void add_layers(HerokuFacts& facts, const Versions& versions, Json& labels, Json& config,
                Json& manifest, BuilderImage& image) {
  Json layers = Json::parse(labels.at(layers_label).get<std::string>());
  Json renewed = Json::object();
  for (auto& [id, by_version] : layers.items()) {
    const std::string version = version_of(versions, id, by_version.begin().key());
    Layer layer = layer_of(facts, id, version);
    Json entry = by_version.begin().value();
    set_versions(entry, versions);
    entry["layerDiffID"] = layer.diff_id;
    renewed[id][version] = entry;
    config["rootfs"]["diff_ids"].push_back(layer.diff_id);
    const std::string digest = sha256_digest(layer.blob);
    manifest["layers"].push_back({{"mediaType", "application/vnd.oci.image.layer.v1.tar+gzip"},
                                  {"digest", digest},
                                  {"size", layer.blob.size()}});
    image.blobs[digest] = std::move(layer.blob);
  }
  set_label(labels, layers_label, renewed);
}

void seal(BuilderImage& image, const Json& config, Json manifest) {
  image.config = config.dump();
  image.labels = config.at("config").at("Labels").dump();
  const std::string digest = sha256_digest(image.config);
  image.blobs[digest] = image.config;
  manifest["config"] = {{"mediaType", "application/vnd.oci.image.config.v1+json"},
                        {"digest", digest},
                        {"size", image.config.size()}};
  image.manifest = manifest.dump();
  image.digest = sha256_digest(image.manifest);
}

}  // namespace

BuilderImage make_builder_image(HerokuFacts& facts, const std::string& tag) {
  const std::string example = tag.substr(0, 3) == "22_" ? "22_20240105" : "24_0.21.7";
  Json config = facts.table("image_configs/" + example);
  const Json state = best_candidate(facts, tag);
  const Versions versions = state.at("buildpacks").get<Versions>();
  Json& labels = config["config"]["Labels"];
  for (const char* name : {metadata_label, order_label}) {
    Json value = Json::parse(labels.at(name).get<std::string>());
    set_versions(value, versions);
    if (name == metadata_label) value["lifecycle"]["version"] = state.at("lifecycle");
    set_label(labels, name, value);
  }
  BuilderImage image;
  config["rootfs"]["diff_ids"] = Json::array();
  Json manifest = {{"schemaVersion", 2},
                   {"mediaType", "application/vnd.oci.image.manifest.v1+json"},
                   {"layers", Json::array()}};
  add_layers(facts, versions, labels, config, manifest, image);
  seal(image, config, std::move(manifest));
  return image;
}

BuilderImage with_labels(const BuilderImage& image, const std::string& labels) {
  BuilderImage other = image;
  Json config = Json::parse(image.config);
  config["config"]["Labels"] = Json::parse(labels);
  seal(other, config, Json::parse(image.manifest));
  return other;
}

}  // namespace buildable::world
