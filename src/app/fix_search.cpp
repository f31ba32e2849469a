#include "app/fix_search.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "build/collected.h"

namespace buildable::app {
namespace {

// Each costs a plan and a forecast of the whole repository.
constexpr int most_series_tried = 8;

bool moves(const pins::RepositoryEdits& plan, const std::string& runtime) {
  return std::any_of(plan.moved.begin(), plan.moved.end(),
                     [&](const pins::MovedPin& each) { return each.pin.runtime == runtime; });
}

bool moves(const pins::RepositoryEdits& plan, const std::string& runtime, const std::string& file) {
  return std::any_of(plan.moved.begin(), plan.moved.end(), [&](const pins::MovedPin& each) {
    return each.pin.runtime == runtime && each.pin.file == file;
  });
}

}  // namespace

bool FixSearch::goes_on(const pins::RepositoryEdits& plan) {
  return holds_blocked_files(plan) || learns_from_builds(plan) || settles_what_never_built(plan);
}

bool FixSearch::holds_blocked_files(const pins::RepositoryEdits& plan) {
  std::map<std::string, Diagnostic> blocked = changer_.blocked(plan.changes);
  std::erase_if(blocked, [this](const auto& each) { return !blocked_.insert(each.first).second; });
  std::set<std::string_view> with_pins;
  for (const pins::Pin& pin : repository_.found.pins) {
    if (!blocked.contains(pin.file)) continue;
    limits_.held.push_back({pin, "its file cannot be changed"});
    with_pins.insert(pin.file);
  }
  for (auto& [file, why] : blocked)
    if (with_pins.contains(file)) failures_.push_back(std::move(why));
  return !with_pins.empty();
}

bool FixSearch::fails_now(const std::string& runtime) const {
  return std::any_of(builds_.begin(), builds_.end(), [&](const report::ForetoldBuild& each) {
    return each.fails() && each.forecast.runtime == runtime;
  });
}

bool FixSearch::fails_so_now(const report::ForetoldBuild& build) const {
  return std::any_of(builds_.begin(), builds_.end(), [&build](const report::ForetoldBuild& each) {
    return each.fails() && each.track == build.track &&
           each.forecast.runtime == build.forecast.runtime &&
           each.forecast.reason == build.forecast.reason;
  });
}

std::vector<report::ForetoldBuild> FixSearch::foretold(
    const std::vector<pins::FileChange>& changes) const {
  std::vector<build::ChangedFile> files;
  files.reserve(changes.size());
  for (const pins::FileChange& each : changes) files.push_back({each.path, each.after});
  return checker_.builds_of(repository_,
                            build::with_changes(repository_.build_files.files(), files));
}

bool FixSearch::learns_from_builds(const pins::RepositoryEdits& plan) {
  then_.clear();
  if (builds_.empty() || plan.changes.empty()) return false;
  then_ = foretold(plan.changes);
  bool learns = false;
  for (const report::ForetoldBuild& build : then_)
    if (build.fails() && !fails_so_now(build) && passes_over(build, plan)) learns = true;
  return learns;
}

// The runtime that fails, if pins of it are moved. Else those without whose changes it does not: a
// version of one runtime may rule out one of another.
std::set<std::string> FixSearch::causes_of(const report::ForetoldBuild& failing,
                                           const pins::RepositoryEdits& plan) const {
  if (moves(plan, failing.forecast.runtime)) return {failing.forecast.runtime};
  std::set<std::string> moved, causes;
  for (const pins::MovedPin& each : plan.moved) moved.insert(each.pin.runtime);
  for (const std::string& runtime : moved) {
    std::vector<pins::FileChange> others;
    for (const pins::FileChange& change : plan.changes)
      if (!moves(plan, runtime, change.path)) others.push_back(change);
    const auto builds = foretold(others);
    const bool fails_still =
        std::any_of(builds.begin(), builds.end(), [&](const report::ForetoldBuild& each) {
          return each.fails() && each.track == failing.track &&
                 each.forecast.runtime == failing.forecast.runtime;
        });
    if (!fails_still) causes.insert(runtime);
  }
  return causes.empty() ? moved : causes;
}

// No pin is moved to the series that the plan moved those of the runtime to.
bool FixSearch::passes_over(const report::ForetoldBuild& failing,
                            const pins::RepositoryEdits& plan) {
  bool learns = false;
  for (const std::string& runtime : causes_of(failing, plan)) {
    if (settled_.contains(runtime)) continue;
    learns = true;
    for (const pins::MovedPin& each : plan.moved)
      if (each.pin.runtime == runtime)
        limits_.failing[runtime].emplace(each.series, failing.forecast.reason);
    if (++tries_[runtime] == most_series_tried) give_up(runtime);
  }
  return learns;
}

// A build that fails anyway gets the first plan, which repairs what it can; one that does not stays
// as it is.
void FixSearch::give_up(const std::string& runtime) {
  settled_.insert(runtime);
  const auto tried = limits_.failing.extract(runtime);
  if (fails_now(runtime) || tried.empty() || tried.mapped().empty()) return;
  const auto& [series, why] = *tried.mapped().rbegin();
  const std::string reason = "with " + series + " the build would fail: " + why;
  for (const pins::Pin& pin : repository_.found.pins)
    if (pin.runtime == runtime) limits_.held.push_back({pin, reason});
}

const report::ForetoldBuild* FixSearch::broken() const {
  const auto fails = [](const report::ForetoldBuild& each) { return each.fails(); };
  if (std::any_of(builds_.begin(), builds_.end(), fails)) return nullptr;
  const auto failing = std::find_if(then_.begin(), then_.end(), fails);
  return failing == then_.end() ? nullptr : &*failing;
}

bool FixSearch::settles_what_never_built(const pins::RepositoryEdits& plan) {
  std::vector<std::string> in_vain;
  for (const auto& [runtime, series] : limits_.failing)
    if (!moves(plan, runtime) && fails_now(runtime)) in_vain.push_back(runtime);
  for (const std::string& runtime : in_vain) give_up(runtime);
  return !in_vain.empty();
}

}  // namespace buildable::app
