#include "pins/judge_roles.h"

#include <algorithm>
#include <limits>
#include <map>

#include "base/ignore.h"
#include "policy/forms.h"

namespace buildable::pins {
namespace {

constexpr std::size_t last = std::numeric_limits<std::size_t>::max();

const RefusedFile* refusal_of(const RuntimePolicy& runtime, const Pin& pin) {
  for (const RefusedFile& refused : runtime.refuses)
    if (is_in_root(pin.file, refused.file)) return &refused;
  return nullptr;
}

const PinFile* place_in_root(const RuntimePolicy& runtime, const Pin& pin) {
  for (const PinFile& place : runtime.reads)
    if (place.key == pin.key && is_in_root(pin.file, place.file)) return &place;
  return nullptr;
}

JudgedPin judged(const TrackPolicy& track, const Pin& pin) {
  JudgedPin judged{.pin = &pin, .runtime = track.find(pin.runtime), .resolution = {}};
  if (!judged.runtime) return judged;
  judged.refused = refusal_of(*judged.runtime, pin);
  judged.place = place_in_root(*judged.runtime, pin);
  if (pin.accepts) judged.resolution = resolve(track, *judged.runtime, *pin.accepts);
  return judged;
}

// Where it stands among what the buildpack reads, the first goes first.
std::size_t rank_of(const JudgedPin& pin) {
  if (!pin.place) return last;
  const bool silent = !pin.pin->accepts && pin.place->skips_unreadable;
  return silent ? last : static_cast<std::size_t>(pin.place - pin.runtime->reads.data());
}

}  // namespace

bool is_in_root(std::string_view path, std::string_view file_of_rule) {
  if (file_of_rule.find('*') == std::string_view::npos) return path == file_of_rule;
  return glob_matches(file_of_rule, path);
}

bool is_of_root(std::string_view file) {
  return file.find('/') == std::string_view::npos || file.front() == '.';
}

bool is_taken(const PinFile& place, const Pin& pin) {
  if (place.forms.empty()) return true;
  if (!place.grammar.empty() && pin.accepts) return true;
  const std::string_view whole = pin.value;
  const std::string_view value = whole.substr(0, whole.find('+'));
  // In an address the version is all that the buildpack looks at.
  const bool inside = !value.ends_with(pin.version);
  return std::any_of(place.forms.begin(), place.forms.end(), [&](const std::string& form) {
    return matches_form(form, value) || (inside && matches_form(form, pin.version));
  });
}

bool names_known_engine(const PinFile& place, const Pin& pin) {
  const auto engine_of = [](std::string_view text) {
    const std::size_t open = std::min(text.find(" ("), text.size());
    return text.substr(open, text.find_first_of(" )", open + 2) - open);
  };
  const std::string_view engine = engine_of(pin.value);
  return pin.form == PinForm::moving && !engine.empty() &&
         std::any_of(place.forms.begin(), place.forms.end(),
                     [&](const std::string& form) { return engine_of(form) == engine; });
}

std::vector<JudgedPin> judge_roles(const TrackPolicy& track, const std::vector<Pin>& pins) {
  std::vector<JudgedPin> judgements;
  std::map<std::string_view, std::pair<std::size_t, const Pin*>> first;  // by runtime
  for (const Pin& pin : pins) {
    judgements.push_back(judged(track, pin));
    const std::size_t rank = rank_of(judgements.back());
    auto& [best, by] = first.try_emplace(pin.runtime, last, nullptr).first->second;
    if (rank < best) best = rank, by = &pin;
  }
  for (JudgedPin& each : judgements) {
    const auto& [best, by] = first.at(each.pin->runtime);
    if (each.place) {
      const bool decides = best == last || rank_of(each) == best;
      each.role = decides ? PinRole::decides : PinRole::overridden;
    }
    if (each.role != PinRole::decides) each.decided_by = by;
  }
  return judgements;
}

std::optional<BuiltVersion> built_version_of(const RuntimePolicy& runtime,
                                             const std::vector<JudgedPin>& pins) {
  for (const JudgedPin& each : pins) {
    if (each.runtime != &runtime || each.role != PinRole::decides) continue;
    if (each.refused) return std::nullopt;
    if (!each.pin->accepts && each.place->skips_unreadable) continue;
    const Resolution& resolution = each.resolution;
    if (resolution.verdict != Verdict::buildable || resolution.versions.empty())
      return std::nullopt;
    return BuiltVersion{&each, resolution.versions.back(), {}};
  }
  if (runtime.default_version.empty() && runtime.default_resolved.empty()) return std::nullopt;
  return BuiltVersion{nullptr, runtime.default_resolved, runtime.default_version};
}

bool differs(const JudgedPin& pin, const BuiltVersion& taken) {
  if (!pin.pin->accepts || !pin.runtime) return false;
  const std::string& text = taken.version.empty() ? taken.written : taken.version;
  const auto named = parse_named(pin.runtime->scheme, text);
  if (!named) return false;
  auto numbers = named->exact ? named->exact->release() : named->series;
  const auto wanted = static_cast<std::size_t>(std::max(pin.runtime->series_components, 1));
  if (numbers.size() > wanted) numbers.resize(wanted);
  if (numbers.empty()) return false;
  return !VersionSet::series(pin.runtime->scheme, numbers).intersects(*pin.pin->accepts);
}

}  // namespace buildable::pins
