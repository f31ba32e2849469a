// manifest.json as it is read back (schemas/manifest.schema.json), and the order of revisions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "base/result.h"
#include "base/time.h"

namespace buildable::publish {

inline constexpr const char* manifest_name = "manifest.json";
inline constexpr const char* signature_name = "manifest.json.sig";

struct ManifestEntry {
  int size = 0;
  std::string sha256;
  friend bool operator==(const ManifestEntry&, const ManifestEntry&) = default;
};

struct Manifest {
  int schema_version = 1;
  std::string revision;
  std::string snapshot;
  Instant generated;
  Instant expires;
  std::optional<Instant> last_seen;  // absent in manifests of before 0.1.0
  std::map<std::string, ManifestEntry> files;
};

// Beyond the shape it is checked that revision and instants parse, that paths stay inside and that
// no file is the manifest itself.
Result<Manifest> parse_manifest(std::string_view text, std::string_view file);

// The day from which on a state was deployed, and a number where there are several publications of
// one: "2026.05.14", "2026.05.14.1". Ordered by their numbers; negative: a is older.
Result<void> check_revision(std::string_view text);
int compare_revisions(std::string_view a, std::string_view b);

// Whether the file is what the manifest says; the reason where it is not.
std::optional<std::string> mismatch(const ManifestEntry& entry, std::string_view content);

}  // namespace buildable::publish

namespace buildable {

template <>
struct Fields<publish::ManifestEntry> {
  static constexpr auto list() {
    return std::tuple{required("size", &publish::ManifestEntry::size),
                      required("sha256", &publish::ManifestEntry::sha256)};
  }
};
template <>
struct Fields<publish::Manifest> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &publish::Manifest::schema_version),
                      required("revision", &publish::Manifest::revision),
                      required("snapshot", &publish::Manifest::snapshot),
                      required("generated", &publish::Manifest::generated),
                      required("expires", &publish::Manifest::expires),
                      optional("last_seen", &publish::Manifest::last_seen),
                      required("files", &publish::Manifest::files)};
  }
};

}  // namespace buildable
