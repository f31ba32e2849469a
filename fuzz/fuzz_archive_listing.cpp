#include "fuzz.h"
#include "ingest/archive_listing.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  auto read = ingest::parse_archive_listing(fuzz::text_of(data, size));
  if (!fuzz::parsed(read)) return 0;
  fuzz::require(!read->truncated || !read->continuation.empty());
  Target target{"linux", "amd64", "ubuntu", "24.04", "heroku-24"};
  auto found = ingest::archive_versions(read->keys, "https://h/{stack}/{arch}/ruby-{version}.tgz",
                                        Scheme::ruby, target);
  if (fuzz::parsed(found)) fuzz::require(!found->versions.empty());
  return 0;
}

static const fuzz::Registered registered{"archive_listing", "xml", run};
