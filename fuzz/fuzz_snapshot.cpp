#include "fuzz.h"
#include "rules/load.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  Result<Snapshot> read = parse_snapshot(fuzz::text_of(data, size), "fuzz.json");
  if (!fuzz::parsed(read)) return 0;
  Result<Snapshot> again = parse_snapshot(write_snapshot(*read), "again.json");
  fuzz::require(again.has_value() && *again == *read);
  return 0;
}

static const fuzz::Registered registered{"snapshot", "json", run};
