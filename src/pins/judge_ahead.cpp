#include "pins/judge_ahead.h"

#include <algorithm>

#include "pins/judge_rules.h"
#include "policy/describe.h"

namespace buildable::pins {
namespace {

bool fails(const PinFinding& finding) {
  return finding.level == Level::error || finding.verdict == Verdict::unbuildable;
}

std::string when_next(const TrackPolicy& track, const TrackPolicy& next) {
  if (!track.valid_until.empty())
    return "The " + track.track + " track ends on " + day_of(track.valid_until) + "; on the " +
           next.track + " track: ";
  return "Once the " + track.track + " track switches to the builder of " + next.track + " (" +
         std::string(short_reference(next.builder)) + "): ";
}

std::string how_to_choose(const TrackPolicy& next) {
  std::string text = "It builds on the " + next.track + " track";
  if (!next.command_option.empty()) text += " (" + next.command_option + ")";
  return text + ".";
}

void compare_pin(const TrackPolicy& track, const TrackPolicy& next, const PinFinding& then,
                 PinFinding& now) {
  const bool deciding = now.role == PinRole::decides || then.role == PinRole::decides;
  if (!deciding) return;
  if (!fails(now) && fails(then)) {
    now.ahead.push_back(when_next(track, next) + then.reason);
    now.rule = judge_rule::breaks_ahead;
    now.level = Level::warning;
  } else if (fails(now) && then.verdict == Verdict::buildable && !next.expired) {
    now.ahead.push_back(how_to_choose(next));
  }
}

// A refused file without a pin has its finding on one of the tracks only.
void add_refused_ahead(const TrackPolicy& track, const TrackPolicy& next,
                       std::vector<PinFinding>& then, std::size_t pins,
                       std::vector<PinFinding>& now) {
  for (std::size_t i = pins; i < then.size(); ++i) {
    const auto same = [&](const PinFinding& each) { return each.pin.file == then[i].pin.file; };
    if (std::any_of(now.begin(), now.end(), same)) continue;
    PinFinding& finding = then[i];
    finding.ahead.push_back(when_next(track, next) + finding.reason);
    finding.reason = "Builds on the " + track.track + " track take this file today.";
    finding.rule = judge_rule::breaks_ahead;
    finding.level = Level::warning;
    finding.verdict = Verdict::unknown;
    now.push_back(std::move(finding));
  }
}

}  // namespace

bool builds_the_same(const TrackPolicy& a, const TrackPolicy& b) {
  if (a.expired != b.expired || a.runtimes.size() != b.runtimes.size()) return false;
  return std::equal(a.runtimes.begin(), a.runtimes.end(), b.runtimes.begin(),
                    [](const RuntimePolicy& x, const RuntimePolicy& y) {
                      return x.runtime == y.runtime && x.alternatives == y.alternatives;
                    });
}

void look_ahead(const TrackPolicy& track, const TrackPolicy& next, std::vector<PinFinding> then,
                std::size_t pins, std::vector<PinFinding>& now) {
  for (std::size_t i = 0; i < pins; ++i) compare_pin(track, next, then[i], now[i]);
  add_refused_ahead(track, next, then, pins, now);
}

}  // namespace buildable::pins
