// What a change to a repository brings: the judgement of its files before and after, compared.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "report/report.h"

namespace buildable::report {

// Leaves of `now` what is not in `before`: findings, problems, and failures of the build. A build
// that failed in the same way before is still told, but fails nothing; of one that the change makes
// fail, the reason says what was built before.
void keep_change(const RepositoryReport& before, RepositoryReport& now);

// The same where only the names of the changed files are known, as paths in the repository. Leaves
// of `now` the findings and problems of those files. Of the build, `otherwise` says what is certain
// without them (build::without_knowing): what fails there too, and not in one of them, fails
// nothing.
void keep_changed_files(std::span<const std::string> changed,
                        const std::vector<ForetoldBuild>& otherwise, RepositoryReport& now);

}  // namespace buildable::report
