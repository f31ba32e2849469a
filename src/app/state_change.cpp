#include "app/state_change.h"

#include "base/digest.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"

namespace buildable::app {

Result<StateChange> judge_state(const Snapshot* last, const Snapshot& fresh, const Policy& policy,
                                Instant at) {
  const Rules& rules = embedded_rules();
  StateChange change;
  if (last != nullptr) {
    auto before = compile(*last, rules, at, sha256_digest(write_snapshot(*last)));
    if (!before) return fail(std::move(before.error()));
    change.before = std::move(*before);
  }
  change.findings =
      judge_change(rules, last, change.before ? &*change.before : nullptr, fresh, policy).findings;
  return change;
}

std::vector<Diagnostic> refusals_in(const std::vector<Finding>& findings) {
  std::vector<Diagnostic> refusals;
  for (const Finding& finding : findings)
    if (finding.severity == Severity::refuse)
      refusals.push_back({.message = finding.text, .path = finding.code});
  return refusals;
}

}  // namespace buildable::app
