// Archive stores from the facts.
#pragma once

#include "facts.h"
#include "plan.h"
#include "version/version.h"

namespace buildable {

// Ascending; without what became known after `observed` (a day or an instant).
Result<ArchiveStore> read_store(const Facts& facts, const StorePlan& plan, Scheme scheme,
                                const std::string& observed);

}  // namespace buildable
