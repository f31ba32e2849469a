#include "net/registry_documents.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/digest.h"
#include "base/document.h"
#include "base/text.h"

namespace buildable::net {
namespace {

constexpr std::string_view oci_index = "application/vnd.oci.image.index.v1+json";
constexpr std::string_view oci_manifest = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view docker_list =
    "application/vnd.docker.distribution.manifest.list.v2+json";
constexpr std::string_view docker_manifest = "application/vnd.docker.distribution.manifest.v2+json";
constexpr std::string_view docker_schema1 = "application/vnd.docker.distribution.manifest.v1";
constexpr std::string_view oci_config = "application/vnd.oci.image.config.v1+json";
constexpr std::string_view docker_config = "application/vnd.docker.container.image.v1+json";

constexpr std::size_t most_entries = 1000;  // of an index or a list of layers

bool is_manifest(std::string_view type) { return type == oci_manifest || type == docker_manifest; }
bool is_index(std::string_view type) { return type == oci_index || type == docker_list; }

// A node of a document and where it stands.
class Place {
 public:
  Place(const Node& node, std::string_view url, std::string path = {})
      : node_(&node), url_(url), path_(std::move(path)) {}

  const Node& node() const { return *node_; }

  tl::unexpected<Error> problem(std::string message, std::string hint = {}) const {
    if (hint.empty()) hint = "the registry's answer is not what its specification says";
    return fail(Diagnostic{.message = std::move(message),
                           .file = std::string(url_),
                           .path = path_,
                           .hint = std::move(hint)});
  }

  Result<Place> member(std::string_view name) const {
    const Node* found = node_->find(name);
    std::string path = path_ + (path_.empty() ? "" : ".") + std::string(name);
    if (found != nullptr) return Place(*found, url_, std::move(path));
    return problem("the key '" + std::string(name) + "' is missing");
  }

  Result<std::string> text(std::string_view name) const {
    return member(name).and_then([](const Place& place) -> Result<std::string> {
      if (place.node_->is(Node::Kind::string)) return place.node_->text;
      return place.problem("a string is needed, not " + describe(*place.node_));
    });
  }

  Result<std::string> digest(std::string_view name) const {
    Result<std::string> text = this->text(name);
    if (!text || is_sha256_digest(*text)) return text;
    return problem("not a sha256 digest: " + in_quotes(*text));
  }

  Result<std::vector<Place>> list(std::string_view name) const {
    return member(name).and_then([](const Place& place) -> Result<std::vector<Place>> {
      const std::vector<Node>& children = place.node_->children;
      if (!place.node_->is(Node::Kind::array)) return place.problem("a list is needed");
      if (children.size() > most_entries) return place.problem("too many entries");
      std::vector<Place> places;
      places.reserve(children.size());
      for (const Node& child : children) {
        places.emplace_back(child, place.url_,
                            place.path_ + "[" + std::to_string(places.size()) + "]");
      }
      return places;
    });
  }

 private:
  const Node* node_;
  std::string_view url_;
  std::string path_;
};

// The text of that member, or of a member's member; empty where there is none.
std::string text_of(const Node& node, std::initializer_list<std::string_view> path) {
  const Node* found = &node;
  for (std::string_view step : path) {
    if (found != nullptr) found = found->find(step);
  }
  return found != nullptr && found->is(Node::Kind::string) ? found->text : std::string{};
}

Result<ContentDescriptor> descriptor_of(const Place& place) {
  ContentDescriptor descriptor;
  Result<std::string> type = place.text("mediaType");
  if (!type) return fail(std::move(type.error()));
  Result<std::string> digest = place.digest("digest");
  if (!digest) return fail(std::move(digest.error()));
  Result<Place> size = place.member("size");
  if (!size) return fail(std::move(size.error()));
  if (!size->node().is(Node::Kind::integer) || size->node().integer < 0) {
    return size->problem("a size is needed, not " + describe(size->node()));
  }
  return ContentDescriptor{std::move(*type), std::move(*digest),
                           static_cast<std::size_t>(size->node().integer)};
}

bool is_attestation(const Node& entry) {
  const Node* annotations = entry.find("annotations");
  return text_of(entry, {"platform", "os"}) == "unknown" ||
         (annotations != nullptr && annotations->find("vnd.docker.reference.type") != nullptr);
}

Result<std::vector<Place>> platform_entries(const Place& index, std::string_view os,
                                            std::string_view arch) {
  Result<std::vector<Place>> entries = index.list("manifests");
  if (!entries) return entries;
  std::vector<Place> fitting;
  std::string seen;
  for (const Place& entry : *entries) {
    std::string entry_os = text_of(entry.node(), {"platform", "os"});
    std::string entry_arch = text_of(entry.node(), {"platform", "architecture"});
    if (is_attestation(entry.node())) continue;
    if (!seen.empty()) seen += ", ";
    seen.append(entry_os).append("/").append(entry_arch);
    if (entry_os == os && entry_arch == arch) fitting.push_back(entry);
  }
  if (fitting.size() == 1) return fitting;
  std::string platform = std::string(os) + "/" + std::string(arch);
  if (fitting.empty()) {
    return index.problem("the image is not there for " + platform + ", only for: " + seen,
                         "check the platform that the rules name");
  }
  return index.problem("the index has several images for " + platform,
                       "which one is pulled is not known: name it by its digest");
}

}  // namespace

std::string accepted_manifests() {
  return join(std::array<std::string, 4>{std::string(oci_index), std::string(oci_manifest),
                                         std::string(docker_list), std::string(docker_manifest)},
              ", ");
}

Result<ManifestKind> manifest_kind(std::string_view body, std::string_view content_type,
                                   std::string_view url) {
  std::string sent = to_lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
  Result<Node> document = parse_json(body, url);
  if (!document) return fail(std::move(document.error()));
  Place place(*document, url);
  std::string says = text_of(*document, {"mediaType"});
  const std::string& type = sent.empty() ? says : sent;
  Result<Place> version = place.member("schemaVersion");
  if (!version) return fail(std::move(version.error()));
  if (version->node().integer == 1 || type.starts_with(docker_schema1)) {
    return place.problem("a manifest of schema 1",
                         "the image was pushed by a client of before 2016: push it again");
  }
  if (version->node().integer != 2) return version->problem("not a known schema");
  if (!says.empty() && says != type) {
    return place.problem("it was sent as " + in_quotes(type) + " and says it is " +
                         in_quotes(says));
  }
  if (is_index(type)) return ManifestKind::index;
  if (is_manifest(type)) return ManifestKind::manifest;
  return place.problem("neither an image nor an index: " + in_quotes(type));
}

Result<ContentDescriptor> manifest_in_index(std::string_view body, std::string_view os,
                                            std::string_view arch, std::string_view url) {
  Result<Node> document = parse_json(body, url);
  if (!document) return fail(std::move(document.error()));
  auto entries = platform_entries(Place(*document, url), os, arch);
  if (!entries) return fail(std::move(entries.error()));
  const Place& entry = entries->front();
  Result<ContentDescriptor> descriptor = descriptor_of(entry);
  if (!descriptor || is_manifest(descriptor->media_type)) return descriptor;
  return entry.problem("the platform has no image: " + in_quotes(descriptor->media_type));
}

Result<ImageManifest> parse_image_manifest(std::string_view body, std::string_view url) {
  Result<Node> document = parse_json(body, url);
  if (!document) return fail(std::move(document.error()));
  Place place(*document, url);
  Result<ContentDescriptor> config = place.member("config").and_then(descriptor_of);
  if (!config) return fail(std::move(config.error()));
  if (config->media_type != oci_config && config->media_type != docker_config) {
    return place.problem("no container image: its config is " + in_quotes(config->media_type));
  }
  Result<std::vector<Place>> places = place.list("layers");
  if (!places) return fail(std::move(places.error()));
  ImageManifest manifest{std::move(*config), {}};
  for (const Place& layer : *places) {
    Result<ContentDescriptor> descriptor = descriptor_of(layer);
    if (!descriptor) return fail(std::move(descriptor.error()));
    manifest.layers.push_back(std::move(*descriptor));
  }
  return manifest;
}

Result<std::vector<std::string>> diff_ids_in_config(std::string_view body, std::string_view os,
                                                    std::string_view arch, std::string_view url) {
  Result<Node> document = parse_json(body, url);
  if (!document) return fail(std::move(document.error()));
  Place place(*document, url);
  std::string platform = text_of(*document, {"os"}) + "/" + text_of(*document, {"architecture"});
  std::string wanted = std::string(os) + "/" + std::string(arch);
  if (platform != wanted) {
    return place.problem("the image is for " + in_quotes(platform) + ", not for " + wanted,
                         "check the platform that the rules name");
  }
  Result<std::vector<Place>> places =
      place.member("rootfs").and_then([](const Place& rootfs) { return rootfs.list("diff_ids"); });
  if (!places) return fail(std::move(places.error()));
  std::vector<std::string> diff_ids;
  for (const Place& diff_id : *places) {
    if (!is_sha256_digest(diff_id.node().text)) {
      return diff_id.problem("not a sha256 digest: " + describe(diff_id.node()));
    }
    diff_ids.push_back(diff_id.node().text);
  }
  return diff_ids;
}

}  // namespace buildable::net
