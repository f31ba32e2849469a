// Observing the platform: read its sources, judge what was read, keep it. `observe` does it once,
// `serve` again and again.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/network/fetching.h"
#include "app/network/recorded_run.h"
#include "app/settings.h"
#include "base/fields.h"
#include "observe/observe.h"
#include "policy/judgement.h"

namespace buildable::app {

struct ObservationRequest {
  const Settings& settings;
  const RunBasis& basis;
  AnswerRecording recording;
  std::function<void(const observe::SourceReport&)>
      progress;  // called as each source ends; may be empty
};

// How an observation went, and what it saw.
struct ObservedState {
  std::vector<observe::SourceReport> sources;
  std::vector<observe::Remark> remarks;
  std::vector<Finding> findings;
  std::optional<Error> refused;  // why it cannot be believed; then what follows is not known
  Snapshot snapshot;
  std::string text;     // of the snapshot, as it is kept
  std::string digest;   // of the text
  bool is_new = false;  // not what was known before
};

// Fails where nobody could be asked: the settings or the recording are wrong.
Result<ObservedState> observe_platform(const ObservationRequest& request);

// Puts what was believed into the directory (empty: nowhere).
Result<void> keep_observed(const ObservedState& observed, const std::string& state_directory,
                           Instant now);

}  // namespace buildable::app

namespace buildable {

template <>
struct EnumNames<observe::SourceOutcome> {
  static constexpr std::array<std::pair<std::string_view, observe::SourceOutcome>, 4> list{{
      {"read", observe::SourceOutcome::read},
      {"unchanged", observe::SourceOutcome::unchanged},
      {"absent", observe::SourceOutcome::absent},
      {"failed", observe::SourceOutcome::failed},
  }};
};

}  // namespace buildable

namespace buildable::app {

std::string outcome_name(observe::SourceOutcome outcome);

}  // namespace buildable::app
