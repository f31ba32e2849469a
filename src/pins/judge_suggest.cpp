#include "pins/judge_suggest.h"

#include <array>
#include <map>

#include "pins/fix_targets.h"
#include "pins/judge_rules.h"
#include "pins/judge_words.h"

namespace buildable::pins {
namespace {

// Only what the pin's own state is wrong about is worth another text in its place.
bool wants_suggestion(const PinFinding& finding) {
  return finding.rule == judge_rule::unbuildable || finding.rule == judge_rule::wrong_form ||
         finding.rule == judge_rule::unreadable || finding.rule == judge_rule::unbuildable_mirror;
}

// The first pins that decide: of each runtime two, so that each pin has another one than itself.
class Deciders {
 public:
  explicit Deciders(const std::vector<PinFinding>& findings) {
    for (const PinFinding& finding : findings) {
      if (finding.role != PinRole::decides) continue;
      auto& [first, second] = by_runtime_[finding.pin.runtime];
      if (!first)
        first = &finding.pin;
      else if (!second)
        second = &finding.pin;
    }
  }

  // Null where there is no other one.
  const Pin* beside(const Pin& pin) const {
    const auto known = by_runtime_.find(pin.runtime);
    if (known == by_runtime_.end()) return nullptr;
    const auto& [first, second] = known->second;
    return first == &pin ? second : first;
  }

 private:
  std::map<std::string_view, std::array<const Pin*, 2>> by_runtime_;
};

void suggest(const RuntimePolicy& runtime, const std::vector<FixTarget>& targets,
             const Pin* decides, PinFinding& finding) {
  std::string why_not;
  finding.suggestion = fix(finding.pin, runtime, targets, FixAim::nearest, &why_not, decides);
  if (!finding.suggestion && !why_not.empty())
    append_sentence(finding.reason, "Nothing can be suggested: " + why_not);
}

}  // namespace

bool add_suggestions(const TrackPolicy& track, std::vector<PinFinding>& findings,
                     const StopAsked& stop_asked) {
  const Deciders deciders(findings);
  std::map<const RuntimePolicy*, std::vector<FixTarget>> targets;
  for (PinFinding& finding : findings) {
    if (!wants_suggestion(finding)) continue;
    if (stop_asked && stop_asked()) return false;
    const RuntimePolicy* runtime = track.find(finding.pin.runtime);
    if (!runtime) continue;
    const auto [known, added] = targets.try_emplace(runtime);
    if (added) known->second = targets_of(*runtime);
    suggest(*runtime, known->second, deciders.beside(finding.pin), finding);
  }
  return true;
}

}  // namespace buildable::pins
