// Private to src/pins/fix*.cpp: how the text of a pin is read on a track.
#pragma once

#include <optional>
#include <string_view>

#include "model/policy.h"
#include "pins/pin.h"
#include "version/range.h"

namespace buildable::pins {

// What the track's buildpack reads at the pin's file and key; null where it reads nothing there.
const PinFile* place_of(const Pin& pin, const RuntimePolicy& runtime);

// Made of a pin with a set that it accepts: what any text in its place would accept.
class PinReading {
 public:
  PinReading(const Pin& pin, const RuntimePolicy& runtime);

  // Of a range. A version that rolls forward has none.
  const std::optional<Grammar>& grammar() const { return grammar_; }
  std::optional<VersionSet> accepts(std::string_view text) const;

 private:
  std::optional<VersionSet> rolled_forward(std::string_view text) const;

  Scheme scheme_;
  std::optional<Grammar> grammar_;
  std::optional<RollForwardReading> reading_;
  std::optional<std::string_view> policy_;
};

// What the pin accepts; of a version that rolls forward, as this track's buildpack reads it.
std::optional<VersionSet> accepted_by(const Pin& pin, const RuntimePolicy& runtime);

}  // namespace buildable::pins
