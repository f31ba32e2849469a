#include "pins/fix_reading.h"

#include <array>

#include "base/edit.h"
#include "base/text.h"
#include "pins/judge_roles.h"
#include "pins/range_scan.h"
#include "pins/roll_forward.h"

namespace buildable::pins {
namespace {

std::optional<RollForwardReading> reading_named(std::string_view name) {
  if (name == "before_0_12") return RollForwardReading::before_0_12;
  if (name == "since_0_12") return RollForwardReading::since_0_12;
  return std::nullopt;
}

// The policy beside a version that rolls forward is not part of the pin; what the pin accepts
// tells.
std::optional<std::string_view> policy_of(const Pin& pin, const Version& version,
                                          RollForwardReading reading) {
  constexpr std::array<std::string_view, 6> policies{"",      "patch", "feature",
                                                     "minor", "major", "disable"};
  for (const std::string_view policy : policies) {
    const auto set = sdks_by_roll_forward(version, policy, reading);
    if (set && *set == *pin.accepts) return policy;
  }
  return std::nullopt;
}

// Of several texts in one call: ">= 3.1", "< 3.4".
std::string without_quotes(std::string_view text) {
  std::string plain(text);
  std::erase_if(plain, [](char c) { return c == '"' || c == '\''; });
  return plain;
}

// "<=24" as what its reader takes it for, "<24.0.0"; the end of a hyphen range is meant as written.
std::string without_ends(std::string_view range) {
  std::vector<Edit> edits;
  for (const Comparator& each : comparators_of(Grammar::npm, range)) {
    if (!is_cut_short(each, range)) continue;
    VersionText whole = each.parts;
    whole.numbers.resize(3, "0");
    edits.push_back({each.op, "<"});
    edits.push_back({each.version, join(whole.numbers, ".")});
  }
  return apply_edits(range, std::move(edits));
}

}  // namespace

bool is_cut_short(const Comparator& comparator, std::string_view range) {
  const std::string_view op =
      range.substr(comparator.op.begin, comparator.op.end - comparator.op.begin);
  const std::size_t count = comparator.parts.numbers.size();
  return comparator.role == ComparatorRole::up_to && op == "<=" && count > 0 && count < 3;
}

Result<VersionSet> parse_range_of_build(Grammar grammar, Scheme scheme, std::string_view text,
                                        bool cuts_ends) {
  if (!cuts_ends) return parse_range(grammar, scheme, text);
  return parse_range(grammar, scheme, without_ends(text));
}

const PinFile* place_of(const Pin& pin, const RuntimePolicy& runtime) {
  for (const PinFile& place : runtime.reads)
    if (place.key == pin.key && is_in_root(pin.file, place.file)) return &place;
  return nullptr;
}

PinReading::PinReading(const Pin& pin, const RuntimePolicy& runtime) : scheme_(runtime.scheme) {
  const PinFile* place = place_of(pin, runtime);
  if (const auto written = reading_named(pin.grammar)) {
    const auto version = Version::parse(scheme_, pin.version);
    if (version) policy_ = policy_of(pin, *version, *written);
    const auto here = place ? reading_named(place->roll_forward) : std::nullopt;
    reading_ = here ? here : written;
  } else if (const auto grammar = grammar_named(pin.grammar)) {
    grammar_ = *grammar;
    cuts_ends_ = place && *grammar == Grammar::npm;
  }
}

std::optional<VersionSet> PinReading::accepts(std::string_view text) const {
  if (reading_) return rolled_forward(text);
  if (grammar_) {
    auto set = parse_range_of_build(*grammar_, scheme_, without_quotes(text), cuts_ends_);
    return set ? std::optional(*std::move(set)) : std::nullopt;
  }
  const auto named = parse_named(scheme_, text);
  if (!named) return std::nullopt;
  if (named->exact) return VersionSet::of(*named->exact);
  return VersionSet::series(scheme_, named->series).finals_only();
}

std::optional<VersionSet> PinReading::rolled_forward(std::string_view text) const {
  const auto version = Version::parse(scheme_, text);
  if (!version || !policy_) return std::nullopt;
  auto set = sdks_by_roll_forward(*version, *policy_, *reading_);
  return set ? std::optional(*std::move(set)) : std::nullopt;
}

std::optional<VersionSet> accepted_by(const Pin& pin, const RuntimePolicy& runtime) {
  if (!pin.accepts || pin.accepts->scheme() != runtime.scheme) return std::nullopt;
  const PinReading reading(pin, runtime);
  if (!reading_named(pin.grammar) && !reading.cuts_ends()) return pin.accepts;
  const auto here = reading.accepts(pin.version);
  return here ? here : pin.accepts;
}

}  // namespace buildable::pins
