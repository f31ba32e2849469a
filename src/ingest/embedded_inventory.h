// The inventory that is compiled into a buildpack's program.
#pragma once

#include <string_view>

#include "base/result.h"

namespace buildable::ingest {

// The text of the one inventory inside a binary, as parse_inventory reads it; it points into the
// binary. Compilers keep such a text contiguous, but put others right before and behind it without
// a terminator: it begins with the header of an entry and ends where a line stops to fit the form.
// A binary may hold other lists (of tools without an architecture, of support periods): what
// parse_inventory does not accept is none of ours, unless its entries have the same header. Fails
// when there is no inventory, when two differ, and when a part cannot be read; never gives a part.
// Two of one form that touch would be read as one.
Result<std::string_view> embedded_inventory(std::string_view binary);

}  // namespace buildable::ingest
