// One state that the builder may be in, as the models of buildpacks ask for it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/result.h"
#include "model/policy.h"
#include "model/rules.h"

namespace buildable::build {

// Made once for each state of a track; asked from any thread. What it is made of must outlive it.
class State {
 public:
  // Fails where a span of the rules, or a buildpack's version, does not parse.
  static Result<State> make(const Rules& rules, const TrackPolicy& track,
                            const BuilderState& builder);

  const Target& target() const { return *target_; }
  const BuilderState& builder() const { return *builder_; }
  // What this state can build of the runtime: its known versions, its span, its series, aliases and
  // default. Never null for a runtime of the rules; Alternative::buildpack is empty where the
  // state has no buildpack for it.
  const Alternative* runtime(std::string_view id) const;
  // The rule for the runtime in the version of the buildpack that this state holds; null: none.
  const BuildpackRule* rule(std::string_view id) const;
  // Whether this state's version of the buildpack has the behaviour that the rules describe under
  // that name ([[behaviours]] in rules/runtimes/*.toml), and its value.
  bool behaves(std::string_view buildpack, std::string_view name) const;
  std::string_view value(std::string_view buildpack, std::string_view name) const;

 private:
  State() = default;

  const Target* target_ = nullptr;
  const BuilderState* builder_ = nullptr;
  std::map<std::string, const Alternative*, std::less<>> runtimes_;
  std::map<std::string, const BuildpackRule*, std::less<>> rules_;
  std::map<std::pair<std::string_view, std::string_view>, const Behaviour*> behaviours_;
};

}  // namespace buildable::build
