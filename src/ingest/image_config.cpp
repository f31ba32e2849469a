#include "base/digest.h"
#include "base/text.h"
#include "ingest/builder_image.h"
#include "ingest/document_view.h"
#include "ingest/limits.h"
#include "ingest/reference.h"

namespace buildable::ingest {
namespace {

Result<std::map<std::string, std::string>> labels_of(const DocumentView& config) {
  Result<DocumentView> object = config.member("Labels");
  if (!object) return fail(std::move(object.error()));
  auto members = object->members();
  if (!members) return fail(std::move(members.error()));
  std::map<std::string, std::string> labels;
  for (const auto& member : *members) {
    const std::string& key = member.first;
    Result<std::string> text = object->optional_text(key);
    if (!text) return fail(std::move(text.error()));
    labels.emplace(key, std::move(*text));
  }
  if (labels.empty())
    return object->problem("the image has no labels", "it is not a builder image");
  return labels;
}

// `image` holds os, architecture and config: the OCI config itself, or Harbor's extra_attrs.
Result<ImageConfig> config_of(const DocumentView& image) {
  Result<std::string> os = image.text("os");
  if (!os) return fail(std::move(os.error()));
  Result<std::string> arch = image.text("architecture");
  if (!arch) return fail(std::move(arch.error()));
  auto labels = image.member("config").and_then(labels_of);
  if (!labels) return fail(std::move(labels.error()));
  return ImageConfig{std::move(*os), std::move(*arch), std::move(*labels)};
}

Result<std::string> digest_of(const DocumentView& object, std::string_view key) {
  Result<std::string> digest = object.text(key);
  if (!digest || is_sha256_digest(*digest)) return digest;
  return object.problem("no digest: " + in_quotes(*digest));
}

Result<std::vector<std::string>> tags_of(const DocumentView& artifact) {
  std::vector<std::string> tags;
  Result<std::optional<DocumentView>> list = artifact.optional_member("tags");
  if (!list) return fail(std::move(list.error()));
  if (!*list) return tags;
  auto items = (*list)->items();
  if (!items) return fail(std::move(items.error()));
  for (const DocumentView& item : *items) {
    Result<std::string> name = item.text("name");
    if (!name) return fail(std::move(name.error()));
    tags.push_back(std::move(*name));
  }
  return tags;
}

Result<ImageChild> child_of(const DocumentView& reference) {
  Result<std::string> digest = digest_of(reference, "child_digest");
  if (!digest) return fail(std::move(digest.error()));
  Result<DocumentView> platform = reference.member("platform");
  if (!platform) return fail(std::move(platform.error()));
  Result<std::string> os = platform->text("os");
  if (!os) return fail(std::move(os.error()));
  Result<std::string> arch = platform->text("architecture");
  if (!arch) return fail(std::move(arch.error()));
  return ImageChild{std::move(*digest), std::move(*os), std::move(*arch)};
}

Result<std::vector<ImageChild>> children_of(const DocumentView& artifact) {
  std::vector<ImageChild> children;
  Result<std::optional<DocumentView>> list = artifact.optional_member("references");
  if (!list) return fail(std::move(list.error()));
  if (!*list) return children;
  auto items = (*list)->items();
  if (!items) return fail(std::move(items.error()));
  for (const DocumentView& item : *items) {
    Result<ImageChild> child = child_of(item);
    if (!child) return fail(std::move(child.error()));
    children.push_back(std::move(*child));
  }
  return children;
}

}  // namespace

Result<ImageConfig> parse_image_config(std::string_view text) {
  auto document = read_json(text, limits::json, "the image config");
  if (!document) return fail(std::move(document.error()));
  return config_of(DocumentView(*document));
}

Result<HarborArtifact> parse_harbor_artifact(std::string_view text) {
  auto document = read_json(text, limits::json, "Harbor's answer about the image");
  if (!document) return fail(std::move(document.error()));
  DocumentView artifact(*document);
  Result<std::string> digest = digest_of(artifact, "digest");
  if (!digest) return fail(std::move(digest.error()));
  auto tags = tags_of(artifact);
  if (!tags) return fail(std::move(tags.error()));
  auto children = children_of(artifact);
  if (!children) return fail(std::move(children.error()));
  HarborArtifact found{std::move(*digest), std::move(*tags), std::move(*children), std::nullopt};
  if (!found.children.empty()) return found;

  Result<ImageConfig> config = artifact.member("extra_attrs").and_then(config_of);
  if (!config) return fail(std::move(config.error()));
  found.config = std::move(*config);
  return found;
}

}  // namespace buildable::ingest
