#include "build/state.h"

#include <algorithm>

#include "rules/selection.h"

namespace buildable::build {
namespace {

const BuildpackReference* held(const BuilderState& builder, std::string_view id) {
  const auto& all = builder.buildpacks;
  const auto at =
      std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.id == id; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace

Result<State> State::make(const Rules& rules, const TrackPolicy& track,
                          const BuilderState& builder) {
  State state;
  state.target_ = &track.target;
  state.builder_ = &builder;
  for (std::size_t i = 0; i < track.runtimes.size() && i < builder.runtimes.size(); ++i)
    state.runtimes_[track.runtimes[i].runtime] = builder.runtimes[i].get();
  for (const RuntimeRules& runtime : rules.runtimes) {
    const Alternative* facts = state.runtime(runtime.id);
    if (facts && !facts->buildpack.id.empty() && !facts->buildpack.version.empty()) {
      const auto rule = rule_for(runtime, facts->buildpack);
      if (!rule) return fail(rule.error());
      state.rules_[runtime.id] = *rule;
    }
    for (const Behaviour& behaviour : runtime.behaviours) {
      const BuildpackReference* buildpack = held(builder, behaviour.buildpack);
      if (!buildpack) continue;
      const auto covered = covers(behaviour.versions, buildpack->version);
      if (!covered) return fail(covered.error());
      if (*covered)
        state.behaviours_.try_emplace({behaviour.buildpack, behaviour.name}, &behaviour);
    }
  }
  return state;
}

const Alternative* State::runtime(std::string_view id) const {
  const auto at = runtimes_.find(id);
  return at == runtimes_.end() ? nullptr : at->second;
}

const BuildpackRule* State::rule(std::string_view id) const {
  const auto at = rules_.find(id);
  return at == rules_.end() ? nullptr : at->second;
}

bool State::behaves(std::string_view buildpack, std::string_view name) const {
  return behaviours_.contains({buildpack, name});
}

std::string_view State::value(std::string_view buildpack, std::string_view name) const {
  const auto at = behaviours_.find({buildpack, name});
  return at == behaviours_.end() ? std::string_view() : std::string_view(at->second->value);
}

}  // namespace buildable::build
