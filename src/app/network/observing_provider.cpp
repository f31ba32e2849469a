#include "app/network/observation.h"
#include "app/network/state_provider.h"
#include "app/sealing.h"
#include "rules/load.h"
#include "store/snapshots.h"

namespace buildable::app {
namespace {

// The directory's states, as far as they are not compiled in.
KnownHistory stored_history(const std::string& state_directory) {
  KnownHistory known;
  if (state_directory.empty()) return known;
  for (const store::StoredSnapshot& stored : store::SnapshotStore(state_directory).history()) {
    auto snapshot = parse_snapshot(stored.text, stored.digest);
    if (!snapshot) continue;
    State state{std::move(*snapshot), stored.digest, stored.seen, {}, true};
    auto made = generate_tree(state, state.snapshot.effective, {}, known);
    if (made) known = {std::move(made->history), std::move(state)};
  }
  return known;
}

State state_of(const ObservedState& observed) {
  return {observed.snapshot, observed.digest, observed.snapshot.observed,
          "the state of " + format_day(observed.snapshot.effective) + ", observed", true};
}

std::vector<http::SourceStatus> status_of(const std::vector<observe::SourceReport>& reports) {
  std::vector<http::SourceStatus> sources;
  sources.reserve(reports.size());
  for (const observe::SourceReport& report : reports)
    sources.push_back({report.source, outcome_name(report.outcome), report.detail, {}});
  return sources;
}

class ObservingProvider : public StateProvider {
 public:
  explicit ObservingProvider(const Settings& settings)
      : settings_(settings), history_(stored_history(settings.state_directory)) {}

  Result<http::Material> known(Instant now) override;
  Result<http::Material> refresh(Instant now, RefreshNews& news) override;

 private:
  Result<State> known_state(Instant now);
  Result<http::Material> sealed_material(const State& state, Instant now);

  Settings settings_;
  KnownHistory history_;
  std::optional<State> current_;
  Instant seen_;
};

Result<State> ObservingProvider::known_state(Instant now) {
  if (current_) return *current_;
  const std::string& directory = settings_.state_directory;
  auto state = known_state_at(directory, {.at = now, .now = now});
  if (!state) return state;
  seen_ = state->snapshot.observed;
  if (state->observed)
    if (const auto newest = store::SnapshotStore(directory).newest();
        newest && newest->digest == state->digest)
      seen_ = newest->seen;
  current_ = *state;
  return state;
}

Result<http::Material> ObservingProvider::sealed_material(const State& state, Instant now) {
  auto material = material_of(state, now, {settings_.base_url}, history_);
  if (!material) return material;
  material->seen = seen_;
  const auto sealed =
      seal_tree(material->generated.tree, material->revision, state.digest,
                {now, now + shelf_life, std::min(now, seen_)}, settings_.publish.signing_key);
  if (!sealed) return fail(sealed.error());
  return material;
}

Result<http::Material> ObservingProvider::known(Instant now) {
  auto state = known_state(now);
  if (!state) return fail(std::move(state.error()));
  return sealed_material(*state, now);
}

Result<http::Material> ObservingProvider::refresh(Instant now, RefreshNews& news) {
  auto last = known_state(now);
  if (!last) return fail(std::move(last.error()));
  const RunBasis basis{now, std::move(last->snapshot)};
  auto observed = observe_platform({settings_, basis, {}, {}});
  if (!observed) return fail(std::move(observed.error()));
  news.sources = status_of(observed->sources);
  if (observed->refused) return fail(*std::move(observed->refused));
  // Kept before it is shown: what was served must be known after a restart.
  if (auto kept = keep_observed(*observed, settings_.state_directory, now); !kept)
    return fail(std::move(kept.error()));
  news.changed = observed->is_new;
  seen_ = now;
  current_ = state_of(*observed);
  return sealed_material(*current_, now);
}

}  // namespace

std::unique_ptr<StateProvider> observing_provider(const Settings& settings) {
  return std::make_unique<ObservingProvider>(settings);
}

}  // namespace buildable::app
