// The lag over time as a picture inside a page (SVG 1.1 within HTML). Colours come from the page's
// style by the classes "axis", "grid", "lag" and "label".
#pragma once

#include "emit/site/lag.h"
#include "emit/site/markup.h"

namespace buildable::emit {

// `title` is what a screen reader says of it. Nothing where there is no stretch of time.
void write_lag_plot(MarkupWriter& page, const Lag& lag, const std::string& title);

}  // namespace buildable::emit
