// Sources -> Snapshot: the only user of src/net.
#pragma once

#include <chrono>
#include <functional>
#include <map>

#include "base/time.h"
#include "model/rules.h"
#include "model/snapshot.h"
#include "net/fetcher.h"

namespace buildable::observe {

enum class SourceOutcome : std::uint8_t { read, unchanged, absent, failed };

// How one source went: a line on a terminal, a row in --format json, a metric.
struct SourceReport {
  std::string source;
  SourceOutcome outcome = SourceOutcome::read;
  std::string detail;  // why it failed, or what was found
  int requests = 0;
  std::size_t bytes = 0;
  std::chrono::milliseconds duration{0};
};

struct Remark {
  std::string code;  // "digest_changed", "image_differs_from_git", "injection_changed", …
  std::string text;
  Evidence evidence;
};

struct Observation {
  Snapshot snapshot;
  std::vector<SourceReport> sources;
  std::vector<Remark> remarks;  // warnings: what a person should look at
};

struct ObserveOptions {
  Instant now;
  std::map<std::string, std::string> urls;            // source name -> URL instead of the rules'
  std::function<void(const SourceReport&)> progress;  // called as each source ends; may be empty
  // What was known before, or null. Facts that are still the same keep the evidence and the times
  // that they have there, so that an unchanged platform gives the same bytes again; archives that
  // it names are looked up one by one where their store may not be listed.
  const Snapshot* last_good = nullptr;
};

// Everything is read concurrently. Fails (with every reason) when a source that is not optional
// fails or contradicts another; nothing partial is ever returned. Ended tracks are the exception:
// what only they need may be missing, then their builder has no candidates and a remark says why.
// `sources` are in the order of the rules, those that nothing asked for left out.
Result<Observation> observe(const Rules& rules, net::Fetcher& fetcher,
                            const ObserveOptions& options);

}  // namespace buildable::observe
