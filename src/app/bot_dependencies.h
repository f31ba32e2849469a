// What of a repository Dependabot can move.
#pragma once

#include <vector>

#include "app/repository_check.h"
#include "apply/dependabot.h"
#include "bots/dependencies.h"

namespace buildable::app {

// What each entry of `updates` moves, in their order. Fails where a file that one of them reads,
// and that may name a runtime, cannot be read: what is in it is not to be taken for absent.
Result<std::vector<bots::UpdatedByName>> dependencies_in(
    const RepositoryChecker& checker, const ReadRepository& repository,
    const std::vector<apply::UpdateScope>& updates);

}  // namespace buildable::app
