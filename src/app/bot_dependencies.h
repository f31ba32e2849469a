// What of a repository Dependabot can move.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "app/repository_check.h"
#include "apply/dependabot.h"
#include "bots/dependencies.h"

namespace buildable::app {

// Adds the repository's pins in the files that `is_read`, with the texts of those files that a bot
// knows by what they say. Gives the problems of reading these.
std::vector<Diagnostic> add_pins(const ReadRepository& repository,
                                 const std::function<bool(std::string_view)>& is_read,
                                 bots::DependencyCollector& collector);

// What each entry of `updates` moves, in their order. Fails where a file that one of them reads,
// and that may name a runtime, cannot be read: what is in it is not to be taken for absent.
Result<std::vector<bots::UpdatedByName>> dependencies_in(
    const RepositoryChecker& checker, const ReadRepository& repository,
    const std::vector<apply::UpdateScope>& updates);

}  // namespace buildable::app
