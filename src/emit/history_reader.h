// history.json read back: a publisher that has forgotten continues what is published.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/history.h"
#include "model/rules.h"

namespace buildable::emit {

// read_history(emit_history(x)) == x, for the platform and the runtimes of the rules; a runtime
// that they do not know has its id for a name.
Result<std::vector<HistoryState>> read_history(std::string_view json, std::string_view file,
                                               const Rules& rules);

}  // namespace buildable::emit
