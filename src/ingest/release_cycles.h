// Upstream's own series and their days: endoflife.date's API v1
// (https://endoflife.date/docs/api/v1/), GET /products/{product}.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/snapshot.h"

namespace buildable::ingest {

// result.releases[]: name, releaseDate, latest.name, latest.date, eolFrom. A day that is not known
// is null or missing there and empty here; other members are passed over.
Result<std::vector<ReleaseCycle>> parse_release_cycles(std::string_view json);

}  // namespace buildable::ingest
