// What one buildpack version knows of one runtime, by the mechanism that the rules give for it.
#pragma once

#include <optional>

#include "facts.h"
#include "model/rules.h"
#include "plan.h"

namespace buildable {

class CapabilityReader {
 public:
  CapabilityReader(const Facts& facts, const SnapshotPlan& plan) : facts_(facts), plan_(plan) {}

  // Nothing where the mechanism needs no facts.
  Result<std::optional<Capability>> read(const RuntimeRules& runtime, const BuildpackRule& rule,
                                         const BuildpackReference& buildpack,
                                         const Target& target) const;

 private:
  struct Question {
    const RuntimeRules& runtime;
    const BuildpackRule& rule;
    const BuildpackReference& buildpack;
    const Target& target;
  };

  Result<void> fill(const Question& question, Capability& capability) const;
  Result<void> fill_inventory(const Question& question, Capability& capability) const;
  Result<void> replay_inventory(const Question& question, Capability& capability) const;
  Result<void> fill_series(const Question& question, Capability& capability) const;
  Result<void> fill_archives(const Question& question, Capability& capability) const;
  Result<void> fill_repository(const Question& question, Capability& capability) const;
  Result<void> fill_aliases(const Question& question, Capability& capability) const;
  Result<void> fill_fixed(const Question& question, Capability& capability) const;

  Result<void> fill_repository_versions(const Question& question, const Node& index,
                                        const std::string& package, Capability& capability) const;
  Result<void> fill_fixed_evidence(const Question& question, const std::string& descriptor,
                                   Capability& capability) const;
  // The default in the facts of this version, for where the rules leave it to them.
  Result<void> fill_default(const Question& question, Capability& capability) const;

  // The facts of this version; takes their source as the capability's evidence.
  Result<Node> facts_of(const Question& question, Capability& capability) const;
  Result<Node> index_of(const std::string& buildpack) const;

  const Facts& facts_;
  const SnapshotPlan& plan_;
};

}  // namespace buildable
