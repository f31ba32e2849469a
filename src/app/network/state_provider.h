// Where a service gets the state that it serves.
#pragma once

#include <memory>
#include <vector>

#include "app/generated_tree.h"
#include "app/settings.h"
#include "serve/generation.h"

namespace buildable::app {

// How a refresh went, beside what it gave.
struct RefreshNews {
  std::vector<http::SourceStatus> sources;  // without counts; filled where it failed, too
  bool changed = true;                      // it gave another state than was known
};

class StateProvider {
 public:
  virtual ~StateProvider() = default;
  // The best that is known without asking anybody, as it is at `now`.
  virtual Result<http::Material> known(Instant now) = 0;
  // Asks.
  virtual Result<http::Material> refresh(Instant now, RefreshNews& news) = 0;
};

// What is served of a state as it is at `now`, without a manifest; the history then knows the
// state.
Result<http::Material> material_of(const State& state, Instant now,
                                   const emit::TreeOptions& options, KnownHistory& known);

// Observes the platform's sources. Keeps what it finds in the configured state directory.
std::unique_ptr<StateProvider> observing_provider(const Settings& settings);
// Takes a published tree, as [follow] says. Fails where its settings make no sense.
Result<std::unique_ptr<StateProvider>> following_provider(const Settings& settings);

}  // namespace buildable::app
