// What a repository's own limits for bots do about runtimes: which hold back nothing, which hold
// back what can be built, which let through what cannot. Findings are warnings and notes: what a
// bot may propose fails no deployment. Pure.
#pragma once

#include <vector>

#include "bots/dependencies.h"
#include "model/policy.h"
#include "pins/judge.h"

namespace buildable::bots {

// What the limits are held against. All of it must outlive the call.
struct LintContext {
  const Rules& rules;
  const TrackPolicy& track;
  const UpdatedDependencies& dependencies;
};

// `ignore` of .github/dependabot.yml. Nothing of a text that is no such file: GitHub says so
// itself.
std::vector<pins::PinFinding> lint_dependabot(const pins::RepositoryFile& file,
                                              const LintContext& context);

// `allowedVersions` of a configuration of Renovate's, under "renovate" in package.json. Only
// ranges: a regular expression is taken for what it was made for.
std::vector<pins::PinFinding> lint_renovate(const pins::RepositoryFile& file,
                                            const LintContext& context);

}  // namespace buildable::bots
