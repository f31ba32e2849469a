#include "app/network/observation.h"

#include <map>

#include "app/state_change.h"
#include "base/digest.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"
#include "store/snapshots.h"

namespace buildable::app {
namespace {

Result<std::vector<Finding>> judge_observed(const ObservedState& observed, const RunBasis& basis) {
  // What is written must be readable: the reader's checks are the last ones.
  const auto readable = parse_snapshot(observed.text, "the new snapshot");
  if (!readable) return fail(readable.error());
  const auto policy = compile(observed.snapshot, embedded_rules(), basis.now, observed.digest);
  if (!policy) return fail(policy.error());
  auto change = judge_state(basis.last_good ? &*basis.last_good : nullptr, observed.snapshot,
                            *policy, basis.now);
  if (!change) return fail(std::move(change.error()));
  return std::move(change->findings);
}

// Asks every source.
ObservedState ask(const ObservationRequest& request, net::Fetcher& fetcher,
                  std::map<std::string, std::string> urls) {
  const RunBasis& basis = request.basis;
  std::map<std::string, observe::SourceReport> ended;
  observe::ObserveOptions options{.now = basis.now, .urls = std::move(urls)};
  options.last_good = basis.last_good ? &*basis.last_good : nullptr;
  options.progress = [&](const observe::SourceReport& source) {
    ended[source.source] = source;
    if (request.progress) request.progress(source);
  };
  auto observation = observe::observe(embedded_rules(), fetcher, options);
  ObservedState observed;
  if (!observation) {
    for (auto& [name, source] : ended) observed.sources.push_back(std::move(source));
    observed.refused = std::move(observation.error());
    return observed;
  }
  observed.sources = std::move(observation->sources);
  observed.remarks = std::move(observation->remarks);
  observed.snapshot = std::move(observation->snapshot);
  observed.text = write_snapshot(observed.snapshot);
  observed.digest = sha256_digest(observed.text);
  observed.is_new = !basis.last_good || *basis.last_good != observed.snapshot;
  return observed;
}

}  // namespace

Result<ObservedState> observe_platform(const ObservationRequest& request) {
  const Rules& rules = embedded_rules();
  auto urls = configured_urls(request.settings, rules.platform);
  if (!urls) return fail(std::move(urls.error()));
  const auto fetcher = make_fetcher(request.settings, request.recording, rules, *urls);
  if (!fetcher) return fail(fetcher.error());
  if (!request.recording.record.empty())
    if (auto written = write_basis(request.recording.record, request.basis); !written)
      return fail(std::move(written.error()));
  ObservedState observed = ask(request, **fetcher, std::move(*urls));
  if (observed.refused) return observed;
  auto findings = judge_observed(observed, request.basis);
  if (!findings) {
    observed.refused = std::move(findings.error());
    return observed;
  }
  observed.findings = std::move(*findings);
  if (auto refusals = refusals_in(observed.findings); !refusals.empty())
    observed.refused = Error(std::move(refusals));
  return observed;
}

Result<void> keep_observed(const ObservedState& observed, const std::string& state_directory,
                           Instant now) {
  if (state_directory.empty()) return {};
  return store::SnapshotStore(state_directory).put(observed.text, now);
}

std::string outcome_name(observe::SourceOutcome outcome) {
  for (const auto& [name, meant] : EnumNames<observe::SourceOutcome>::list)
    if (meant == outcome) return std::string(name);
  return {};
}

}  // namespace buildable::app
