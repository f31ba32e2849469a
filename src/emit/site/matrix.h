// What each track can build today, as one table, and each runtime's series below it.
#pragma once

#include <vector>

#include "emit/site/markup.h"
#include "emit/site/site_input.h"

namespace buildable::emit {

// The tracks that have not ended.
std::vector<const TrackPolicy*> live_tracks(const Policy& policy);
// Those that some live track bounds, languages first.
std::vector<const RuntimeRules*> shown_runtimes(const SiteInput& input);

// Runtime by track: the newest version, how far it is behind, the default; what has reached its end
// of life is marked.
void write_matrix(MarkupWriter& page, const SiteInput& input);
// For each runtime an element that opens on demand: series by track, with all days.
void write_runtime_details(MarkupWriter& page, const SiteInput& input);

}  // namespace buildable::emit
