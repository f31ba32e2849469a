// What a run depends on beside the answers of the sources. A recording holds it, so that a replay
// gives the same bytes.
#pragma once

#include <optional>
#include <string>

#include "app/state.h"
#include "base/result.h"
#include "base/time.h"
#include "model/snapshot.h"

namespace buildable::app {

struct RunBasis {
  Instant now;
  std::optional<Snapshot> last_good;
};

// What is known at an instant, of what is compiled in and what the directory (empty: none) keeps.
RunBasis known_basis(const std::string& state_directory, const Times& times);

// Directory: run.json with the instant, last_good.json with the state known before.
Result<void> write_basis(const std::string& directory, const RunBasis& basis);
Result<RunBasis> read_basis(const std::string& directory);

}  // namespace buildable::app
