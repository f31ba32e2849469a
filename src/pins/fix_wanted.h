// Private to src/pins/fix*.cpp: which versions each pin of a repository may be moved to, so that
// what has to fit it goes on fitting.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pins/fix_limits.h"
#include "pins/fix_targets.h"
#include "pins/judge.h"

namespace buildable::pins {

class WantedTargets {
 public:
  // All must outlive it.
  WantedTargets(const DeclaredPlaces& declared, const TrackPolicy& track, const FixLimits& limits,
                FixAim aim)
      : declared_(declared), track_(track), limits_(limits), aim_(aim) {}

  // What no pin says (what packages that are locked demand): the version that the build takes
  // should be in it.
  void hold_to(const std::string& runtime, VersionSet set) {
    held_to_[runtime].push_back(std::move(set));
  }
  // Before pins are edited. The judgement must stay until the next call.
  void look_at(const RepositoryJudgement& judgement, const std::vector<std::string>& files);

  // The pin that decides, where it builds; null: there is none.
  const Pin* decider_of(const std::string& runtime) const;
  // Those that the limits leave, and all that the builder has.
  const std::vector<FixTarget>& all(const RuntimePolicy& runtime);
  const std::vector<FixTarget>& without_limits(const RuntimePolicy& runtime);
  // Of a pin that decides, those that agree with the rest of the repository; of one that mirrors it
  // and is moved up, none that is newer than what the build takes. Good until the next call.
  const std::vector<FixTarget>& of(const PinFinding& finding, const RuntimePolicy& runtime);

 private:
  // What the build takes, and the targets that are not newer.
  struct Taken {
    std::optional<FixTarget> version;
    std::vector<FixTarget> no_newer;
  };

  const std::vector<FixTarget>& of_decider(const PinFinding& finding, const RuntimePolicy& runtime);
  const std::vector<FixTarget>& demanded(const RuntimePolicy& runtime);
  std::vector<FixTarget> agreeing(const Pin* without, const RuntimePolicy& runtime);
  void fit_below(const PinFinding& sdk, std::vector<FixTarget>& targets) const;

  const std::vector<FixTarget>& of_mirror(const PinFinding& finding, const RuntimePolicy& runtime);
  bool leads_the_way(const PinFinding& finding) const;
  bool takes_default(const Pin& pin, const RuntimePolicy& runtime) const;
  const Taken& taken(const RuntimePolicy& runtime, bool by_default);
  std::optional<FixTarget> taken_by(const PinFinding& finding, const RuntimePolicy& runtime);
  std::optional<FixTarget> taken_by_default(const RuntimePolicy& runtime);

  const DeclaredPlaces& declared_;
  const TrackPolicy& track_;
  const FixLimits& limits_;
  FixAim aim_;
  const RepositoryJudgement* judgement_ = nullptr;
  std::map<std::string, std::vector<VersionSet>> held_to_;  // by runtime
  std::map<std::string_view, const PinFinding*> deciding_;  // those that build, by runtime
  std::set<std::string_view> decided_;                      // runtimes of which any pin decides
  std::set<const RuntimePolicy*> with_file_;                // of which the root has a file
  std::map<const RuntimePolicy*, std::vector<FixTarget>> all_, without_limits_;
  std::map<const RuntimePolicy*, std::vector<FixTarget>> demanded_;
  std::map<const RuntimePolicy*, std::vector<FixTarget>> agreeing_;
  std::map<std::pair<const RuntimePolicy*, bool>, Taken> taken_;
  std::vector<FixTarget> last_;
};

}  // namespace buildable::pins
