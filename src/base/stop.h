// Whether work is no longer wanted: its deadline is over, or who asked for it is gone.
#pragma once

#include <functional>

namespace buildable {

// Asked often, on the thread that does the work; once it has said yes it always does.
using StopAsked = std::function<bool()>;

inline bool is_stopped(const StopAsked& stop) { return stop && stop(); }

}  // namespace buildable
