// What a change to a repository brings: the judgement of its files before and after, compared.
#pragma once

#include "report/report.h"

namespace buildable {

// Leaves of `now` what is not in `before`: findings, problems, and failures of the build. A build
// that failed in the same way before is still told, but fails nothing; of one that the change makes
// fail, the reason says what was built before.
void keep_change(const RepositoryReport& before, RepositoryReport& now);

}  // namespace buildable
