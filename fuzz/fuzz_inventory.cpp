#include "fuzz.h"
#include "ingest/inventory.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  auto read = ingest::parse_inventory(fuzz::text_of(data, size));
  if (!fuzz::parsed(read)) return 0;
  fuzz::require(!read->empty());
  Target target{"linux", "amd64", "", "", ""};
  auto versions = ingest::inventory_versions(*read, Scheme::semver, target);
  if (!fuzz::parsed(versions)) return 0;
  fuzz::require(!versions->empty() && versions->size() <= read->size());
  return 0;
}

static const fuzz::Registered registered{"inventory", "toml", run};
