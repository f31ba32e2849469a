#include "pins/fix_pairs.h"

#include <map>
#include <optional>
#include <tuple>

#include "base/text.h"

namespace buildable::pins {
namespace {

// How a pin stands to the one that it belongs to.
enum class Standing : std::uint8_t { older, fits, newer };

// The deciding pins of most repositories are few; of more no pairs are looked for, so that the time
// stays in proportion.
constexpr std::size_t most_leaders = 64;

using PinId = std::tuple<std::string_view, std::string_view, std::string_view, std::size_t>;

// Changes keep the order of the pins of a file, so each is known again by its number among those of
// one key.
class Numbering {
 public:
  PinId id_of(const Pin& pin) {
    const std::size_t number = next_[{pin.file, pin.runtime, pin.key}]++;
    return {pin.file, pin.runtime, pin.key, number};
  }

 private:
  std::map<std::tuple<std::string_view, std::string_view, std::string_view>, std::size_t> next_;
};

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

std::optional<Standing> standing(const Pin& pin, const Pin& leader) {
  if (!pin.accepts || !leader.accepts || pin.accepts->scheme() != leader.accepts->scheme())
    return std::nullopt;
  if (pin.accepts->empty() || leader.accepts->empty()) return std::nullopt;
  if (pin.accepts->intersects(*leader.accepts)) return Standing::fits;
  return is_older(*pin.accepts, *leader.accepts) ? Standing::older : Standing::newer;
}

// A finding of one pin before and after.
struct BothFindings {
  const PinFinding* before;
  const PinFinding* after;
  bool is_moved() const { return before->pin.value != after->pin.value; }
};

class Pairs {
 public:
  explicit Pairs(const DeclaredPlaces& declared) : declared_(declared) {}

  // Pins that others are held to: what the build takes, and what governs all projects below it.
  bool leads(const PinFinding& finding) const {
    if (!finding.pin.accepts || finding.pin.granularity == Granularity::unlimited) return false;
    return finding.role == PinRole::decides || governs_below(finding.pin);
  }

  // Whether a tool or the build holds the pin to the leader.
  bool belongs(const PinFinding& finding, const PinFinding& leader) const {
    const Pin& pin = finding.pin;
    if (pin.runtime != leader.pin.runtime || pin.granularity == Granularity::unlimited)
      return false;
    const PinPlace* place = declared_.find(pin);
    if (governs_below(leader.pin))
      return place && pin.file.starts_with(folder_of(leader.pin.file)) &&
             place->roll_forward.empty();
    if (pin.file.find('/') != std::string::npos || leader.role != PinRole::decides) return false;
    if (finding.role == PinRole::overridden) return true;
    if (!place || finding.role == PinRole::decides) return false;
    return !place->grammar.empty() || place->minimum ||
           (pin.key == leader.pin.key && !pin.key.empty());
  }

  bool governs_below(const Pin& pin) const {
    const PinPlace* place = declared_.find(pin);
    return place && !place->roll_forward.empty();
  }

 private:
  const DeclaredPlaces& declared_;
};

// What did not fit before may stay so. Where both sides count it may not change sides: a target
// that is older than its SDK does not become newer.
bool is_parted(const BothFindings& pin, const BothFindings& leader, bool both_sides) {
  const auto was = standing(pin.before->pin, leader.before->pin);
  const auto is = standing(pin.after->pin, leader.after->pin);
  if (!was || !is || *is == Standing::fits || *is == *was) return false;
  return *was == Standing::fits || both_sides;
}

// What is fetched may only not become older than what needs it.
bool is_left_behind(const BothFindings& fetched, const BothFindings& other) {
  const auto was = standing(fetched.before->pin, other.before->pin);
  const auto is = standing(fetched.after->pin, other.after->pin);
  return was && is && *is == Standing::older && *was != Standing::older;
}

void add_parted(const BothFindings& one, const BothFindings& other, std::vector<HeldPin>& parted) {
  const auto add = [&parted](const BothFindings& moved, const BothFindings& beside) {
    if (!moved.is_moved()) return;
    const Pin& pin = beside.before->pin;
    const Pin& then = beside.after->pin;
    parted.push_back({moved.before->pin, pin.place + " says " + in_quotes(then.value) +
                                             ", which would conflict with " +
                                             in_quotes(moved.after->pin.value) +
                                             "; change both by hand"});
  };
  add(one, other);
  add(other, one);
}

std::vector<BothFindings> both_of(const RepositoryJudgement& before,
                                  const RepositoryJudgement& after) {
  std::map<PinId, const PinFinding*> then;
  Numbering of_then;
  for (const PinFinding& finding : after.findings)
    if (finding.is_of_pin()) then.emplace(of_then.id_of(finding.pin), &finding);
  std::vector<BothFindings> both;
  Numbering of_now;
  for (const PinFinding& finding : before.findings) {
    if (!finding.is_of_pin()) continue;
    const auto found = then.find(of_now.id_of(finding.pin));
    if (found != then.end()) both.push_back({&finding, found->second});
  }
  return both;
}

// The same however the text around the pin changes.
std::string lasting_id_of(const Pin& pin) {
  return pin.file + '\n' + pin.runtime + '\n' + pin.key + '\n' + pin.value;
}

}  // namespace

std::set<std::string> root_files_with_pins(const Rules& rules) {
  std::set<std::string> names;
  for (const RuntimeRules& runtime : rules.runtimes)
    for (const PinPlace& place : runtime.pins)
      for (const std::string& file : place.files) {
        std::string name = file.substr(file.starts_with('/') ? 1 : 0);
        if (name.find_first_of("*?[/!\\") == std::string::npos) names.insert(std::move(name));
      }
  return names;
}

void HeldPins::hold(const std::vector<HeldPin>& parted) {
  for (const HeldPin& each : parted) why_.emplace(lasting_id_of(each.pin), each.why);
}

void HeldPins::hold_runtimes(const std::vector<HeldPin>& parted, const std::vector<Pin>& pins) {
  std::map<std::string_view, std::string_view> why;
  for (const HeldPin& each : parted) why.emplace(each.pin.runtime, each.why);
  for (const Pin& pin : pins)
    if (const auto found = why.find(pin.runtime); found != why.end())
      why_.emplace(lasting_id_of(pin), found->second);
}

const std::string* HeldPins::find(const Pin& pin) const {
  const auto found = why_.find(lasting_id_of(pin));
  return found == why_.end() ? nullptr : &found->second;
}

bool is_fetched_beside(const Pin& pin, const Pin& other) {
  return pin.granularity == Granularity::unlimited && pin.form == PinForm::exact && pin.accepts &&
         other.granularity != Granularity::unlimited && pin.file == other.file &&
         pin.runtime == other.runtime;
}

bool is_older(const VersionSet& first, const VersionSet& second) {
  const auto& of_first = first.finals().empty() ? first.prereleases() : first.finals();
  const auto& of_second = second.finals().empty() ? second.prereleases() : second.finals();
  if (of_first.empty() || of_second.empty() || !of_first.back().high || !of_second.front().low)
    return false;
  return of_first.back().high->key() <= of_second.front().low->key();
}

std::vector<HeldPin> parted_pins(const DeclaredPlaces& declared, const RepositoryJudgement& before,
                                 const RepositoryJudgement& after) {
  const Pairs pairs(declared);
  const std::vector<BothFindings> all = both_of(before, after);
  std::vector<const BothFindings*> leaders;
  std::map<std::pair<std::string_view, std::string_view>, std::vector<const BothFindings*>> fetched;
  for (const BothFindings& each : all) {
    const Pin& pin = each.before->pin;
    if (pairs.leads(*each.before) && leaders.size() < most_leaders) leaders.push_back(&each);
    if (pin.granularity == Granularity::unlimited && pin.form == PinForm::exact)
      fetched[{pin.file, pin.runtime}].push_back(&each);
  }
  std::vector<HeldPin> parted;
  for (const BothFindings& each : all) {
    for (const BothFindings* leader : leaders)
      if (leader != &each && (each.is_moved() || leader->is_moved()) &&
          pairs.belongs(*each.before, *leader->before) &&
          is_parted(each, *leader, pairs.governs_below(leader->before->pin)))
        add_parted(each, *leader, parted);
    if (!each.is_moved()) continue;
    const Pin& pin = each.before->pin;
    const auto beside = fetched.find({pin.file, pin.runtime});
    if (beside == fetched.end() || beside->second.size() > most_leaders) continue;
    for (const BothFindings* other : beside->second)
      if (is_fetched_beside(other->before->pin, pin) && is_left_behind(*other, each))
        add_parted(*other, each, parted);
  }
  return parted;
}

}  // namespace buildable::pins
