#include "make.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include "builders.h"
#include "model/rules_fields.h"
#include "model/snapshot_fields.h"
#include "rules/load.h"
#include "rules/selection.h"
#include "rules/toml_codec.h"
#include "stores.h"

namespace buildable {
namespace {

class Maker {
 public:
  Maker(const Facts& facts, const SnapshotPlan& plan, const std::vector<RuntimeRules>& runtimes)
      : facts_(facts), plan_(plan), runtimes_(runtimes), capabilities_(facts, plan) {}

  Result<Snapshot> make(const StatePlan& state) {
    Snapshot snapshot{.platform = plan_.platform,
                      .effective = state.effective,
                      .observed = state.observed,
                      .notes = state.notes};
    for (const TrackPlan& track : state.tracks) {
      Result<void> added = add_track(state, track, snapshot);
      if (!added) return fail(std::move(added.error()));
    }
    for (const Builder& builder : snapshot.builders) {
      Result<void> added = add_capabilities(builder, snapshot);
      if (!added) return fail(std::move(added.error()));
    }
    sort_capabilities(snapshot.capabilities);
    Result<void> added = add_stores(state, snapshot);
    if (!added) return fail(std::move(added.error()));
    return snapshot;
  }

 private:
  Result<void> add_track(const StatePlan& state, const TrackPlan& track, Snapshot& snapshot) {
    Evidence evidence{.source = state.source, .seen = state.effective.substr(0, 10)};
    snapshot.tracks.push_back(
        {track.name, track.builder, track.runner, track.valid_until, std::move(evidence)});
    auto plan =
        std::find_if(plan_.builders.begin(), plan_.builders.end(),
                     [&](const auto& builder) { return builder.reference == track.builder; });
    if (plan == plan_.builders.end()) return fail("the plan has no builder " + track.builder);
    Result<Builder> builder = read_builder(facts_, plan_, *plan);
    if (!builder) return fail(std::move(builder.error()));
    snapshot.builders.push_back(std::move(*builder));
    return {};
  }

  Result<void> add_capabilities(const Builder& builder, Snapshot& snapshot) {
    for (const Candidate& candidate : builder.candidates) {
      for (const BuildpackReference& buildpack : candidate.buildpacks) {
        for (const RuntimeRules& runtime : runtimes_) {
          Result<void> added = add_capability(runtime, buildpack, builder.target, snapshot);
          if (!added) return added;
        }
      }
    }
    return {};
  }

  Result<void> add_capability(const RuntimeRules& runtime, const BuildpackReference& buildpack,
                              const Target& target, Snapshot& snapshot) {
    auto rule = rule_for(runtime, buildpack);
    if (!rule) return fail(std::move(rule.error()));
    if (*rule == nullptr || has_capability(runtime, buildpack, snapshot)) return {};
    auto capability = capabilities_.read(runtime, **rule, buildpack, target);
    if (!capability) return fail(std::move(capability.error()));
    if (*capability) snapshot.capabilities.push_back(std::move(**capability));
    return {};
  }

  static bool has_capability(const RuntimeRules& runtime, const BuildpackReference& buildpack,
                             const Snapshot& snapshot) {
    return std::any_of(snapshot.capabilities.begin(), snapshot.capabilities.end(),
                       [&](const Capability& capability) {
                         return capability.runtime == runtime.id &&
                                capability.buildpack == buildpack.id &&
                                capability.version == buildpack.version;
                       });
  }

  Result<void> add_stores(const StatePlan& state, Snapshot& snapshot) {
    std::set<std::string> used;
    for (const Capability& capability : snapshot.capabilities) used.insert(capability.store);
    for (const StorePlan& plan : plan_.stores) {
      if (used.count(plan.id) == 0) continue;
      auto runtime = std::find_if(runtimes_.begin(), runtimes_.end(),
                                  [&](const auto& rules) { return rules.id == plan.runtime; });
      if (runtime == runtimes_.end()) return fail("no rules of the runtime " + plan.runtime);
      auto store = read_store(facts_, plan, runtime->scheme, state.observed);
      if (!store) return fail(std::move(store.error()));
      snapshot.stores.push_back(std::move(*store));
    }
    return {};
  }

  const Facts& facts_;
  const SnapshotPlan& plan_;
  const std::vector<RuntimeRules>& runtimes_;
  CapabilityReader capabilities_;
};

Result<std::string> text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Diagnostic{.message = "cannot be read", .file = file.string()});
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

Result<std::vector<NamedSnapshot>> make_snapshots(const Facts& facts, const SnapshotPlan& plan,
                                                  const std::vector<RuntimeRules>& runtimes) {
  Maker maker(facts, plan, runtimes);
  std::vector<NamedSnapshot> made;
  for (const StatePlan& state : plan.states) {
    Result<Snapshot> snapshot = maker.make(state);
    if (!snapshot) return fail(std::move(snapshot.error()));
    made.push_back({state.name, std::move(*snapshot)});
  }
  return made;
}

Result<std::vector<RuntimeRules>> read_runtimes(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (error) return fail(Diagnostic{.message = error.message(), .file = folder.string()});
  std::sort(files.begin(), files.end());
  std::vector<RuntimeRules> runtimes;
  for (const std::filesystem::path& file : files) {
    Result<std::string> text = text_of(file);
    if (!text) return fail(std::move(text.error()));
    Result<RuntimeRules> rules = parse_runtime(*text, file.string());
    if (!rules) return fail(std::move(rules.error()));
    runtimes.push_back(std::move(*rules));
  }
  return runtimes;
}

Result<SnapshotPlan> read_plan(const std::filesystem::path& file) {
  Result<std::string> text = text_of(file);
  if (!text) return fail(std::move(text.error()));
  return from_toml<SnapshotPlan>(*text, file.string());
}

}  // namespace buildable
