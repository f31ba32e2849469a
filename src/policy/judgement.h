// Whether a fresh snapshot may take the place of the last good one.
#pragma once

#include "model/policy.h"

namespace buildable {

struct Finding {
  std::string code;  // a name of JudgementRules
  Severity severity = Severity::accept;
  std::string text;
};

struct Judgement {
  std::vector<Finding> findings;
  bool acceptable() const;  // nothing is refused
};

// What the rules say to a code, for those that are noticed while the sources are read
// ("sources_disagree", "label_missing"). Refused where the rules do not name it.
Severity outcome_of(const JudgementRules& rules, std::string_view code);

// Both compiled under the same rules. Null: there is no last good one, the fresh one is judged by
// itself. The codes:
//   track_vanished         a track that had not ended is gone
//   default_track_missing  there is no track under the name of the platform's default
//   runtime_vanished       a track could build something of a runtime and now builds nothing of it
//   set_shrank             of a runtime more versions or series are lost than the shares allow
//   sources_disagree       two references with one digest, yet different things were read of them
//   label_missing          what is in the builder of a track that has not ended was not read
//   digest_changed         another image stands behind the same reference
//   deprecated_ended       a track has passed its end: it is kept as ended, or is gone now
//   builder_moved_back     a track's builder has an older lifecycle than before
//   snapshot_older         the fresh state began before the last good one
//   empty_policy           nothing at all builds on a track that has not ended
//   facts_contradict       facts of one buildpack exclude one another (policy/consistency.h); no
//                          rule lets it pass
Judgement judge_change(const Rules& rules, const Snapshot* last_good, const Policy* last_policy,
                       const Snapshot& fresh, const Policy& fresh_policy);

}  // namespace buildable
