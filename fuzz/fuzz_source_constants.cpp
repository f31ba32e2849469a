#include "fuzz.h"
#include "ingest/package_repository.h"
#include "ingest/source_constants.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  auto read =
      ingest::parse_series_constants(text, {"DEFAULT", "OLDEST", "NEWEST", "LATEST_3_", "3."});
  if (fuzz::parsed(read)) {
    fuzz::require(read->oldest_series.empty() == read->aliases.empty());
    fuzz::require(!read->default_version.empty());
  }
  auto aliases = ingest::parse_alias_table(text);
  if (fuzz::parsed(aliases)) fuzz::require(!aliases->empty());
  auto hash = ingest::parse_repository_snapshot(text, "SNAPSHOT");
  if (fuzz::parsed(hash)) fuzz::require(hash->size() == 64);
  return 0;
}

static const fuzz::Registered registered{"source_constants", "version", run};
