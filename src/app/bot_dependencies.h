// What of a repository Dependabot can move.
#pragma once

#include "app/repository_check.h"
#include "bots/dependencies.h"

namespace buildable::app {

// Fails where a file that may name one cannot be read: what is in it is not to be taken for absent.
Result<bots::UpdatedDependencies> dependencies_in(const RepositoryChecker& checker,
                                                  const ReadRepository& repository);

}  // namespace buildable::app
