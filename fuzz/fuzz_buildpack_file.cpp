#include "fuzz.h"
#include "ingest/buildpack_file.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  std::string_view text = fuzz::text_of(data, size);
  Result<ingest::BuildpackFile> buildpack = ingest::parse_buildpack_file(text);
  if (!fuzz::parsed(buildpack)) return 0;
  fuzz::require(buildpack->tarballs.empty() == buildpack->default_tarball.empty());
  return 0;
}

static const fuzz::Registered registered{"buildpack_file", "toml", run};
