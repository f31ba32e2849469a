#include "fuzz.h"
#include "ingest/deployment.h"
#include "ingest/reference.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  PlatformRules platform{.default_track = "default"};
  platform.tracks = {{.name = "default"}, {.name = "deprecated", .valid_until_key = "until"}};
  Result<ingest::Deployment> read =
      ingest::parse_supported_versions(fuzz::text_of(data, size), platform);
  if (!fuzz::parsed(read)) return 0;
  for (const ingest::TrackDeployment& track : read->tracks) {
    fuzz::require(ingest::is_image_reference(track.builder));
  }
  return 0;
}

static const fuzz::Registered registered{"supported_versions", "version json", run};
