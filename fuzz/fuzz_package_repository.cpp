#include "fuzz.h"
#include "ingest/package_repository.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  auto read =
      ingest::parse_package_versions(fuzz::text_of(data, size), "heroku-sys/php", Scheme::composer);
  if (fuzz::parsed(read)) fuzz::require(!read->empty());
  return 0;
}

static const fuzz::Registered registered{"package_repository", "json", run};
