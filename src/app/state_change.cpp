#include "app/state_change.h"

#include "base/digest.h"
#include "policy/compile.h"
#include "rules/load.h"

namespace buildable {

Result<Judgement> judge_observed(const Rules& rules, const Snapshot* last_good,
                                 const Snapshot& fresh, Instant now) {
  const std::string text = write_snapshot(fresh);
  // What is written must be readable: the reader's checks are the last ones.
  const auto readable = parse_snapshot(text, "the new snapshot");
  if (!readable) return fail(readable.error());
  const auto policy = compile(fresh, rules, now, sha256_digest(text));
  if (!policy) return fail(policy.error());
  if (last_good == nullptr) return judge_change(rules, nullptr, nullptr, fresh, *policy);
  const auto last = compile(*last_good, rules, now, sha256_digest(write_snapshot(*last_good)));
  if (!last) return fail(last.error());
  return judge_change(rules, last_good, &*last, fresh, *policy);
}

}  // namespace buildable
