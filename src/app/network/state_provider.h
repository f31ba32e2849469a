// Where a service gets what it serves.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/context.h"
#include "serve/generation.h"

namespace buildable {

// How a source went.
struct FeedReport {
  std::string source;
  std::string outcome;  // "read", "unchanged", "absent", "failed"
  std::string detail;
};

// What a feed gives: the parts of a generation.
struct Feed {
  http::Material material;
  std::string origin;  // for people: "the state of 2026-05-14, compiled in"
  std::string seen;    // when it was last known to stand
  bool changed = true;
};

class FeedSource {
 public:
  virtual ~FeedSource() = default;
  // The best that is known without asking anybody, as it is at `now`.
  virtual Result<Feed> known(Instant now) = 0;
  // Asks. On failure, too, `reports` say how each source went.
  virtual Result<Feed> refresh(Instant now, std::vector<FeedReport>& reports) = 0;
};

// The feed of a state as it is at `now`, without a manifest; `memory` then knows the state.
struct Memory;
struct State;
Result<Feed> feed_of_state(const Context& context, const State& state, Instant now, Memory& memory);

// Observes the platform's sources. Keeps what it finds in the configured state directory.
std::unique_ptr<FeedSource> observing_feed(const Context& context);
// Takes a published tree, as [follow] says. Fails where its settings make no sense.
Result<std::unique_ptr<FeedSource>> following_feed(const Context& context);

}  // namespace buildable
