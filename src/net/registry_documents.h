// The documents of a registry: index, manifest, config. Private to net.
// https://github.com/opencontainers/image-spec/blob/v1.1.0/{image-index,manifest,config}.md
// https://distribution.github.io/distribution/spec/manifest-v2-2/
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::net {

struct ContentDescriptor {
  std::string media_type;
  std::string digest;    // "sha256:…"
  std::size_t size = 0;  // bytes
};

struct ImageManifest {
  ContentDescriptor config;
  std::vector<ContentDescriptor> layers;
};

enum class ManifestKind : std::uint8_t { index, manifest };

// The Accept header of a request for a manifest.
std::string accepted_manifests();

// What `body` is, by the Content-Type that it came with and by what it says itself; they have to
// agree. Manifests of the first schema, which no digest protects, are refused by name. `url` names
// the document in errors, here and below.
Result<ManifestKind> manifest_kind(std::string_view body, std::string_view content_type,
                                   std::string_view url);

// The one manifest of an index for the platform. Attestations, which stand beside images as if they
// were some, are passed over. None and two are errors.
Result<ContentDescriptor> manifest_in_index(std::string_view body, std::string_view os,
                                            std::string_view arch, std::string_view url);

Result<ImageManifest> parse_image_manifest(std::string_view body, std::string_view url);

// rootfs.diff_ids of a config, which has to be for the platform.
Result<std::vector<std::string>> diff_ids_in_config(std::string_view body, std::string_view os,
                                                    std::string_view arch, std::string_view url);

}  // namespace buildable::net
