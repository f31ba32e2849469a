#include "emit/manifest.h"

#include "base/digest.h"
#include "emit/json_writer.h"

namespace buildable::emit {

std::string emit_manifest(const Tree& tree, std::string_view revision,
                          std::string_view snapshot_digest, const ManifestTimes& times) {
  JsonWriter json;
  json.open_object().member("schema_version", 1).member("revision", revision);
  json.member("snapshot", snapshot_digest).member("generated", times.generated);
  json.member("expires", times.expires).member("last_seen", times.last_seen);
  json.key("files").open_object();
  for (const auto& [path, content] : tree) {
    if (path == "manifest.json") continue;
    json.key(path).open_object(JsonWriter::Layout::line);
    json.member("size", static_cast<std::int64_t>(content.size()));
    json.member("sha256", sha256_hex(content)).close();
  }
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
