// What lies in an archive store: S3's ListBucketResult, and the versions among its keys.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/snapshot.h"
#include "version/version.h"

namespace buildable::ingest {

// One page of a listing (ListObjectsV2). With `truncated` there are more, from `continuation` on.
struct ArchiveListing {
  std::string bucket;
  std::vector<std::string> keys;
  bool truncated = false;
  std::string continuation;
};

// A small strict reader of the XML that S3 writes: elements, attributes, text, the five named
// entities and numeric ones. Document types, CDATA, comments inside the document and processing
// instructions are errors, as is another root element (S3 answers with <Error>, whose code and
// message are then told). The page may be empty; the whole listing may not (archive_versions).
Result<ArchiveListing> parse_archive_listing(std::string_view xml);

struct ArchiveVersions {
  std::vector<std::string> versions;  // ascending
  std::vector<std::string> strange;   // keys that fit the pattern but hold no version
};

// The versions whose archives are among `keys` (of all pages). `url` is an archive URL of the
// rules, with {version} and any of {stack}, {distro}, {distro_version}, {arch}; its path is the
// key. Errors: no {version} or another placeholder in the URL, no fitting key at all.
Result<ArchiveVersions> archive_versions(const std::vector<std::string>& keys, std::string_view url,
                                         Scheme scheme, const Target& target);

}  // namespace buildable::ingest
