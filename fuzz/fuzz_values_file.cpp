#include "fuzz.h"
#include "ingest/deployment.h"
#include "ingest/reference.h"

using namespace buildable;

static int run(const std::uint8_t* data, std::size_t size) {
  PlatformRules platform{.default_track = "default"};
  platform.tracks = {{.name = "default", .builder_key = "builder", .runner_key = "runner"},
                     {.name = "old", .builder_key = "oldBuilder", .valid_until_key = "oldUntil"}};
  Result<ingest::Deployment> read = ingest::parse_values_file(fuzz::text_of(data, size), platform);
  if (!fuzz::parsed(read)) return 0;
  fuzz::require(!read->tracks.empty() && read->tracks[0].track == "default");
  for (const ingest::TrackDeployment& track : read->tracks) {
    fuzz::require(ingest::is_image_reference(track.builder));
    fuzz::require((track.track == "old") == !track.valid_until.empty());
  }
  return 0;
}

static const fuzz::Registered registered{"values_file", "yaml", run};
