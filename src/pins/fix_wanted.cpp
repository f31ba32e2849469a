#include "pins/fix_wanted.h"

#include <algorithm>

#include "pins/fix_lists.h"
#include "pins/fix_pairs.h"
#include "pins/fix_plan.h"
#include "pins/judge_roles.h"

namespace buildable::pins {
namespace {

bool lies_in_root(const Pin& pin) { return pin.file.find('/') == std::string::npos; }

// Those that the predicate keeps; all where it would keep none.
template <class Keep>
void keep_those(std::vector<FixTarget>& targets, const Keep& keep) {
  std::vector<FixTarget> left;
  for (const FixTarget& each : targets)
    if (keep(each)) left.push_back(each);
  if (!left.empty()) targets = std::move(left);
}

const FixTarget* newest_of(const std::vector<FixTarget>& targets, const VersionSet& set) {
  const auto newest = std::find_if(targets.rbegin(), targets.rend(),
                                   [&set](const FixTarget& each) { return each.is_in(set); });
  return newest == targets.rend() ? nullptr : &*newest;
}

// The series that a mirror counts as the same: "3.14" of 3.14.4.
VersionSet series_of(const FixTarget& target, const RuntimePolicy& runtime) {
  return VersionSet::series(runtime.scheme, target.series_numbers(runtime)).finals_only();
}

}  // namespace

void WantedTargets::look_at(const RepositoryJudgement& judgement,
                            const std::vector<std::string>& files) {
  judgement_ = &judgement;
  deciding_.clear();
  decided_.clear();
  with_file_.clear();
  agreeing_.clear();
  taken_.clear();
  for (const PinFinding& finding : judgement.findings) {
    if (finding.role != PinRole::decides) continue;
    decided_.insert(finding.pin.runtime);
    if (finding.verdict == Verdict::buildable) deciding_.emplace(finding.pin.runtime, &finding);
  }
  for (const RuntimePolicy& runtime : track_.runtimes)
    for (const PinFile& place : runtime.reads)
      if (std::any_of(files.begin(), files.end(),
                      [&](const std::string& file) { return is_in_root(file, place.file); }))
        with_file_.insert(&runtime);
}

const Pin* WantedTargets::decider_of(const std::string& runtime) const {
  const auto found = deciding_.find(runtime);
  return found == deciding_.end() ? nullptr : &found->second->pin;
}

const std::vector<FixTarget>& WantedTargets::all(const RuntimePolicy& runtime) {
  const auto [known, added] = all_.try_emplace(&runtime);
  if (!added) return known->second;
  known->second = without_limits(runtime);
  std::erase_if(known->second, [&](const FixTarget& each) {
    return limits_.why_not(runtime.runtime, each.series_of(runtime)) != nullptr;
  });
  return known->second;
}

const std::vector<FixTarget>& WantedTargets::without_limits(const RuntimePolicy& runtime) {
  const auto [known, added] = without_limits_.try_emplace(&runtime);
  if (added) known->second = targets_of(runtime);
  return known->second;
}

const std::vector<FixTarget>& WantedTargets::of(const PinFinding& finding,
                                                const RuntimePolicy& runtime) {
  if (finding.role == PinRole::decides) return of_decider(finding, runtime);
  if (finding.pin.accepts && leads_the_way(finding)) return demanded(runtime);
  return aim_ == FixAim::nearest ? all(runtime) : of_mirror(finding, runtime);
}

// --- what the build takes ---

const std::vector<FixTarget>& WantedTargets::demanded(const RuntimePolicy& runtime) {
  const auto held = held_to_.find(runtime.runtime);
  if (held == held_to_.end()) return all(runtime);
  const auto [known, added] = demanded_.try_emplace(&runtime);
  if (!added) return known->second;
  known->second = all(runtime);
  for (const VersionSet& set : held->second)
    keep_those(known->second, [&set](const FixTarget& each) { return each.is_in(set); });
  return known->second;
}

std::vector<FixTarget> WantedTargets::agreeing(const Pin* without, const RuntimePolicy& runtime) {
  std::vector<const Pin*> others;
  for (const PinFinding& finding : judgement_->findings)
    if (finding.is_of_pin() && &finding.pin != without) others.push_back(&finding.pin);
  return agreeing_targets(demanded(runtime), runtime.runtime, others);
}

// An SDK builds nothing newer than itself, so one that has to change follows the newest target
// below it that stays.
void WantedTargets::fit_below(const PinFinding& sdk, std::vector<FixTarget>& targets) const {
  const Pin* newest = nullptr;
  const std::string folder = sdk.pin.file.substr(0, sdk.pin.file.rfind('/') + 1);
  for (const PinFinding& finding : judgement_->findings) {
    const Pin& pin = finding.pin;
    const PinPlace* place = declared_.find(pin);
    if (pin.runtime != sdk.pin.runtime || !place || !place->roll_forward.empty() || !pin.accepts ||
        !pin.file.starts_with(folder))
      continue;
    if (aim_ != FixAim::nearest && !pin.ignored && pin.list == 0) continue;
    if (!newest_of(targets, *pin.accepts)) continue;
    if (!newest || is_older(*newest->accepts, *pin.accepts)) newest = &pin;
  }
  if (!newest) return;
  const VersionSet& wanted = *newest->accepts;
  if (!is_older(wanted, *sdk.pin.accepts))
    return keep_those(targets, [&wanted](const FixTarget& each) { return each.is_in(wanted); });
  const std::string low = newest_of(targets, wanted)->low;
  keep_those(targets, [&](const FixTarget& each) { return each.low >= low || each.is_in(wanted); });
}

const std::vector<FixTarget>& WantedTargets::of_decider(const PinFinding& finding,
                                                        const RuntimePolicy& runtime) {
  const Pin& pin = finding.pin;
  const PinPlace* place = declared_.find(pin);
  if (place && !place->roll_forward.empty() && pin.accepts && is_to_be_fixed(finding)) {
    last_ = agreeing(&pin, runtime);
    fit_below(finding, last_);
    return last_;
  }
  // A range does not hold itself.
  if (pin.form == PinForm::range) return last_ = agreeing(&pin, runtime);
  const auto [known, added] = agreeing_.try_emplace(&runtime);
  if (added) known->second = agreeing(nullptr, runtime);
  return known->second;
}

// --- what mirrors it ---

// The default counts for what shows that the root has a project of this runtime.
bool WantedTargets::takes_default(const Pin& pin, const RuntimePolicy& runtime) const {
  if (decided_.contains(runtime.runtime)) return false;
  if (!is_of_root(pin.file)) return false;
  return with_file_.contains(&runtime) || (lies_in_root(pin) && declared_.find(pin));
}

std::optional<FixTarget> WantedTargets::taken_by(const PinFinding& finding,
                                                 const RuntimePolicy& runtime) {
  const auto version = Version::parse(runtime.scheme, finding.resolved);
  if (version) return FixTarget{version->release(), nullptr, std::nullopt, version->key()};
  const FixTarget* newest =
      finding.pin.accepts ? newest_of(all(runtime), *finding.pin.accepts) : nullptr;
  return newest ? std::optional(*newest) : std::nullopt;
}

std::optional<FixTarget> WantedTargets::taken_by_default(const RuntimePolicy& runtime) {
  const std::string& text =
      runtime.default_resolved.empty() ? runtime.default_version : runtime.default_resolved;
  const auto named = parse_named(runtime.scheme, text);
  if (!named) return std::nullopt;
  const FixTarget* newest =
      newest_of(all(runtime), named->exact ? VersionSet::of(*named->exact)
                                           : VersionSet::series(runtime.scheme, named->series));
  return newest ? std::optional(*newest) : std::nullopt;
}

const WantedTargets::Taken& WantedTargets::taken(const RuntimePolicy& runtime, bool by_default) {
  const auto [known, added] = taken_.try_emplace({&runtime, by_default});
  Taken& taken = known->second;
  if (!added) return taken;
  const auto decides = deciding_.find(runtime.runtime);
  if (by_default)
    taken.version = taken_by_default(runtime);
  else if (decides != deciding_.end())
    taken.version = taken_by(*decides->second, runtime);
  if (!taken.version) return taken;
  for (const FixTarget& each : all(runtime))
    if (each.low <= taken.version->low) taken.no_newer.push_back(each);
  return taken;
}

// What the version that the build takes is held to goes first: it follows.
bool WantedTargets::leads_the_way(const PinFinding& finding) const {
  const Pin& pin = finding.pin;
  if (finding.role == PinRole::overridden) return true;
  if (lies_in_root(pin) && (pin.form == PinForm::range || is_open_above(*pin.accepts))) return true;
  const Pin* decider = decider_of(pin.runtime);
  const PinPlace* place = decider ? declared_.find(*decider) : nullptr;
  return place && !place->roll_forward.empty() && declared_.find(pin);
}

// One that is newer already is not of what the build takes.
const std::vector<FixTarget>& WantedTargets::of_mirror(const PinFinding& finding,
                                                       const RuntimePolicy& runtime) {
  const Taken& taken = this->taken(runtime, takes_default(finding.pin, runtime));
  const auto& accepts = finding.pin.accepts;
  if (!taken.version || taken.no_newer.empty() || !accepts) return all(runtime);
  const bool is_newer = is_older(series_of(*taken.version, runtime), *accepts);
  return is_newer || is_to_be_fixed(finding) ? all(runtime) : taken.no_newer;
}

}  // namespace buildable::pins
