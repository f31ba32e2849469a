// The parts of the page that say how to use what it tells: tracks, and snippets to copy.
#pragma once

#include "emit/site/markup.h"
#include "emit/site/site_input.h"

namespace buildable::emit {

// What a track is, which there are and how one is chosen. One that has ended is one line.
void write_tracks(MarkupWriter& page, const SiteInput& input);
// `address` is that of the tree; empty: not known, and snippets are relative to the page.
void write_snippets(MarkupWriter& page, const SiteInput& input, std::string_view address);
// An element that stands for the address of a served page until the server puts it in.
inline constexpr std::string_view address_place = "address-place";

}  // namespace buildable::emit
