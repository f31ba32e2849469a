#include "ingest/track_deployment.h"

#include "base/text.h"
#include "base/time.h"
#include "ingest/reference.h"

namespace buildable::ingest {
namespace {

tl::unexpected<Error> problem_of(const std::string& key, std::string message, std::string hint) {
  return fail(Diagnostic{.message = std::move(message), .path = key, .hint = std::move(hint)});
}

Result<std::string> instant_of(const std::string& text, const std::string& key) {
  Result<Instant> instant = text.size() == 10 ? parse_day(text) : parse_instant(text);
  if (instant) return format_instant(*instant);
  return problem_of(key, "no date: " + in_quotes(text), "a date like 2026-04-27 is needed");
}

}  // namespace

Result<std::optional<TrackDeployment>> checked_track(TrackDeployment track, const TrackKeys& keys,
                                                     bool required) {
  if (track.builder.empty()) {
    bool configured = !track.runner.empty() || !track.valid_until.empty();
    if (!required && !configured) return std::optional<TrackDeployment>{};
    return problem_of(keys.builder, "the builder of track '" + track.track + "' is missing",
                      "check that the source still names it so; nothing was taken from it");
  }
  for (auto [key, reference] :
       {std::pair{&keys.builder, &track.builder}, std::pair{&keys.runner, &track.runner}}) {
    if (reference->empty() || is_image_reference(*reference)) continue;
    return problem_of(*key, "not an image reference: " + in_quotes(*reference),
                      "host/repository:tag or host/repository@sha256:… is needed");
  }
  if (!keys.valid_until.empty()) {
    Result<std::string> instant = instant_of(track.valid_until, keys.valid_until);
    if (!instant) return fail(std::move(instant.error()));
    track.valid_until = std::move(*instant);
  }
  return std::optional<TrackDeployment>(std::move(track));
}

}  // namespace buildable::ingest
