// The parts of the page that say how to use what it tells: tracks, and snippets to copy.
#pragma once

#include "emit/site/markup.h"
#include "emit/site/site_input.h"

namespace buildable::emit {

// What a track is, which there are and how one is chosen. One that has ended is one line.
void write_tracks(MarkupWriter& page, const SiteInput& input);
void write_snippets(MarkupWriter& page, const SiteInput& input, const TreeOptions& options);

}  // namespace buildable::emit
