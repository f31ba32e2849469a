// Private to src/pins/fix*.cpp: how the text of a pin is read on a track.
#pragma once

#include <optional>
#include <string_view>

#include "model/policy.h"
#include "pins/pin.h"
#include "pins/range_scan.h"
#include "version/range.h"

namespace buildable::pins {

// What the track's buildpack reads at the pin's file and key; null where it reads nothing there.
const PinFile* place_of(const Pin& pin, const RuntimePolicy& runtime);

// Node.js's buildpack reads ranges with a library of its own: "<=24" ends before 24.0.0 there.
// https://github.com/felipesere/node-semver-rs
bool is_cut_short(const Comparator& comparator, std::string_view range);
// `cuts_ends`: as that library does.
Result<VersionSet> parse_range_of_build(Grammar grammar, Scheme scheme, std::string_view text,
                                        bool cuts_ends);

// Made of a pin with a set that it accepts: what any text in its place would accept.
class PinReading {
 public:
  PinReading(const Pin& pin, const RuntimePolicy& runtime);

  // Of a range. A version that rolls forward has none.
  const std::optional<Grammar>& grammar() const { return grammar_; }
  std::optional<VersionSet> accepts(std::string_view text) const;
  bool cuts_ends() const { return cuts_ends_; }

 private:
  std::optional<VersionSet> rolled_forward(std::string_view text) const;

  Scheme scheme_;
  std::optional<Grammar> grammar_;
  bool cuts_ends_ = false;
  std::optional<RollForwardReading> reading_;
  std::optional<std::string_view> policy_;
};

// What the pin accepts; of a version that rolls forward, as this track's buildpack reads it.
std::optional<VersionSet> accepted_by(const Pin& pin, const RuntimePolicy& runtime);

}  // namespace buildable::pins
