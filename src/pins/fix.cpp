#include "pins/fix.h"

#include <algorithm>

#include "base/characters.h"
#include "base/text.h"
#include "pins/fix_choice.h"
#include "pins/fix_range.h"
#include "pins/fix_reading.h"
#include "pins/judge_roles.h"
#include "pins/spelling.h"
#include "policy/forms.h"

namespace buildable::pins {
namespace {

// What stands behind the version and belongs to no other.
struct Tail {
  std::string kept;     // "-slim-bookworm"
  std::size_t dropped;  // bytes at the end of the value
  std::string remark;
};

// "+sha512.abc", "p55": they name the content of one version.
Tail tail_of(std::string_view tail) {
  const auto dropping = [&](std::size_t from, const char* what) {
    return Tail{std::string(tail.substr(0, from)), tail.size() - from,
                std::string(what) + " belonged to the other version and is dropped"};
  };
  const bool patch_level =
      tail.size() > 1 && tail[0] == 'p' && std::all_of(tail.begin() + 1, tail.end(), is_digit);
  if (patch_level) return dropping(0, "the patch level");
  if (tail.substr(0, 4) == "+sha") return dropping(0, "the hash");
  return {std::string(tail), 0, {}};
}

// "21.0.4_7", "21.0.1+12.0.LTS": the build of another version cannot be known.
bool has_build_number(Scheme scheme, std::string_view text, std::size_t version_length) {
  const std::size_t mark = text.find_first_of("_+");
  if (mark == std::string_view::npos || mark + 1 >= text.size() || !is_digit(text[mark + 1]))
    return false;
  if (mark >= version_length) return true;
  const auto with = Version::parse(scheme, text.substr(0, version_length));
  const auto without = Version::parse(scheme, text.substr(0, mark));
  return with && without && *with == *without;
}

class Fixing {
 public:
  Fixing(const Pin& pin, const RuntimePolicy& runtime)
      : pin_(pin),
        runtime_(runtime),
        reading_(pin, runtime),
        place_(place_of(pin, runtime)),
        tail_(tail_of(after_version())) {}

  // With the letters that stand before it; where the place does not take these, with its own.
  // `targets` are all that there are.
  std::optional<Fixed> to(const FixChoice& choice, RangeAlternatives alternatives,
                          const std::vector<FixTarget>& targets) const {
    const FixTarget& target = *choice.target;
    std::vector<std::string> texts = candidates(target, alternatives);
    if (choice.long_term)
      std::erase_if(texts, [&](const std::string& text) {
        const auto accepted = reading_.accepts(text);
        return !accepted || !takes_long_term(*accepted, targets, runtime_);
      });
    std::vector<std::string> prefixes{std::string(before_version())};
    if (place_ && is_verbatim()) prefixes.push_back(form_prefix(*place_));
    for (const std::string& prefix : prefixes)
      for (const std::string& text : texts)
        if (value_of(prefix, text) != pin_.value && is_good(prefix, text, target))
          return fixed(prefix, text, target);
    return std::nullopt;
  }

  bool is_rewritable() const { return !reading_.grammar() || reading_.accepts(pin_.version); }

  bool names_build() const {
    const std::string text = pin_.version + std::string(after_version());
    return pin_.form != PinForm::range &&
           has_build_number(runtime_.scheme, text, pin_.version.size());
  }

 private:
  std::size_t version_at() const { return pin_.version_span.begin - pin_.value_span.begin; }

  // Where value and text have the same bytes; a value with escapes has its version at another
  // place, and no tail that could be known.
  bool is_verbatim() const {
    return pin_.version_span.begin >= pin_.value_span.begin &&
           pin_.value_span.end - pin_.value_span.begin == pin_.value.size() &&
           pin_.value.compare(version_at(), pin_.version.size(), pin_.version) == 0;
  }
  std::string_view before_version() const {
    return is_verbatim() ? std::string_view(pin_.value).substr(0, version_at())
                         : std::string_view();
  }
  std::string_view after_version() const {
    if (!is_verbatim()) return {};
    return std::string_view(pin_.value).substr(version_at() + pin_.version.size());
  }
  std::string value_of(const std::string& prefix, const std::string& version) const {
    return is_verbatim() ? prefix + version + tail_.kept : version;
  }

  std::vector<std::string> candidates(const FixTarget& target,
                                      RangeAlternatives alternatives) const {
    if (reading_.grammar()) {
      const RangeText range{*reading_.grammar(), runtime_.scheme, runtime_.series_components,
                            pin_.version, reading_.cuts_ends()};
      return ranges_taking_in(range, target, alternatives);
    }
    std::vector<std::string> texts;
    if (pin_.form == PinForm::series) add_series(texts, target);
    if (pin_.form == PinForm::exact || pin_.form == PinForm::range) add_exact(texts, target);
    if (place_) add_forms(texts, target);
    return texts;
  }

  // A series whose text is a whole version counts something finer than the runtime's versions do;
  // of the one moved to only the series is known.
  void add_series(std::vector<std::string>& texts, const FixTarget& target) const {
    auto parts = version_text_of(pin_.version).value_or(VersionText{});
    const auto named = parse_named(runtime_.scheme, pin_.version);
    std::size_t count = parts.numbers.size();
    if (count == 0) count = static_cast<std::size_t>(runtime_.series_components);
    if (named && named->exact && count > 1) --count;
    if (count > target.numbers.size()) return;
    const auto end = target.numbers.begin() + static_cast<std::ptrdiff_t>(count);
    if (parts.numbers.empty()) parts = {};
    parts.numbers.assign(target.numbers.begin(), end);
    parts.suffix.clear();
    texts.push_back(to_string(parts));
  }

  void add_exact(std::vector<std::string>& texts, const FixTarget& target) const {
    if (!target.version) return;
    std::vector<std::string> formed;
    if (place_) formed = spelled_in_forms(*place_, *target.version);
    const auto is_formed = [&formed](const std::string& text) {
      return formed.empty() || std::find(formed.begin(), formed.end(), text) != formed.end();
    };
    for (std::string& text : spelled_like(pin_.version, *target.version))
      if (is_formed(text)) texts.push_back(std::move(text));
    texts.insert(texts.end(), formed.begin(), formed.end());
    texts.push_back(target.version->text());
  }

  // For what is written in a form that the place does not take.
  void add_forms(std::vector<std::string>& texts, const FixTarget& target) const {
    for (std::string& text : series_in_forms(*place_, runtime_.scheme, target.numbers))
      texts.push_back(std::move(text));
    if (!target.version) return;
    for (std::string& text : spelled_in_forms(*place_, *target.version))
      texts.push_back(std::move(text));
  }

  bool is_good(const std::string& prefix, const std::string& text, const FixTarget& target) const {
    const auto accepted = reading_.accepts(text);
    if (!accepted || !target.is_in(*accepted)) return false;
    if (!place_) return true;
    Pin then = pin_;
    then.value = value_of(prefix, text);
    then.version = text;
    then.accepts = accepted;
    return is_taken(*place_, then);
  }

  Fixed fixed(const std::string& prefix, const std::string& text, const FixTarget& target) const {
    Fixed fixed;
    fixed.edit = {pin_.version_span, text};
    if (prefix != before_version())
      fixed.edit = {{pin_.value_span.begin, pin_.version_span.end}, prefix + text};
    if (tail_.dropped > 0) {
      fixed.edit.span.end = pin_.value_span.end;
      fixed.edit.text += tail_.kept;
      fixed.remark = tail_.remark;
    }
    fixed.value = value_of(prefix, text);
    fixed.version = join(target.numbers, ".");
    fixed.series = target.series_of(runtime_);
    if (pin_.form == PinForm::series)
      fixed.version = text;
    else if (target.version)
      fixed.version = spelled_for_people(runtime_, target.version->text());
    return fixed;
  }

  const Pin& pin_;
  const RuntimePolicy& runtime_;
  PinReading reading_;
  const PinFile* place_;
  Tail tail_;
};

std::string reason_to_leave(const Pin& pin, const RuntimePolicy& runtime,
                            const std::vector<FixTarget>& targets) {
  if (!runtime.governed) return "no limit is known for " + runtime.name;
  if (pin.form == PinForm::unreadable)
    return pin.problem.empty() ? "it cannot be read" : pin.problem;
  if (pin.form == PinForm::moving)
    return pin.problem.empty() ? "it means different versions over time; write a version number"
                               : pin.problem;
  if (pin.granularity == Granularity::unlimited) return "any version works there";
  const auto accepted = accepted_by(pin, runtime);
  if (!accepted) return "what it accepts is not known";
  if (accepted->empty()) return "it accepts no version at all";
  if (targets.empty()) return "no version of " + runtime.name + " that builds is known by name";
  const Fixing fixing(pin, runtime);
  if (fixing.names_build())
    return "it names one exact build; write that of another version by hand";
  if (!fixing.is_rewritable()) return "it is written in a way that cannot be edited in place";
  return {};
}

// What the build takes by the pin that decides is the newest that this one accepts.
void put_agreeing_first(std::vector<FixChoice>& choices, const Pin& decides) {
  const auto agrees = [&](const FixChoice& each) { return each.target->is_in(*decides.accepts); };
  const auto rest = std::stable_partition(choices.begin(), choices.end(), agrees);
  std::sort(choices.begin(), rest,
            [](const FixChoice& a, const FixChoice& b) { return a.target->low > b.target->low; });
  for (auto choice = choices.begin(); choice != rest; ++choice) choice->long_term = false;
}

// Why the image that the tag names cannot become the one of another version; empty: it can.
std::string tie_of_image(const Pin& pin, const RuntimePolicy& runtime, const FixTarget& target,
                         const Fixed& fixed) {
  if (pin.has_digest && pin.value.find("://") != std::string::npos)
    return "the checksum beside it belongs to this version alone; write " + fixed.value +
           " with the checksum of that file, or without one";
  if (pin.has_digest || pin.value.find("@sha256:") != std::string::npos) {
    const std::string tag = fixed.value.substr(0, fixed.value.find('@'));
    return "its digest belongs to this image alone; write " + tag +
           " with the digest of that image, or without one";
  }
  if (pin.distribution.empty() || is_of_accepted_series(target, *pin.accepts, runtime) ||
      !is_above(target, *pin.accepts))
    return {};
  return "images of " + fixed.version + " may not exist for " + in_quotes(pin.distribution) +
         "; choose a distribution that has them, and write " + fixed.version + " with it";
}

// An exact one may be of those that are not known by name.
std::optional<Version> decided_version(const Pin& decides, const RuntimePolicy& runtime) {
  if (decides.form != PinForm::exact) return std::nullopt;
  auto version = Version::parse(runtime.scheme, decides.version);
  if (!version || version->is_prerelease()) return std::nullopt;
  return runtime.buildable.contains(*version) ? std::optional(*std::move(version)) : std::nullopt;
}

}  // namespace

bool is_fixed(const Pin& pin, const RuntimePolicy& runtime) {
  const auto accepted = accepted_by(pin, runtime);
  if (pin.granularity == Granularity::unlimited) return true;
  const PinFile* place = place_of(pin, runtime);
  return accepted && builds(runtime, *accepted) && (!place || is_taken(*place, pin));
}

std::optional<Fixed> fix(const Pin& pin, const RuntimePolicy& runtime, FixAim aim,
                         std::string* why_not, const Pin* decides) {
  return fix(pin, runtime, targets_of(runtime), aim, why_not, decides);
}

std::optional<Fixed> fix(const Pin& pin, const RuntimePolicy& runtime,
                         const std::vector<FixTarget>& targets, FixAim aim, std::string* why_not,
                         const Pin* decides) {
  const auto leave = [why_not](std::string why) -> std::optional<Fixed> {
    if (why_not) *why_not = std::move(why);
    return std::nullopt;
  };
  const bool good = is_fixed(pin, runtime);
  if (good && aim == FixAim::nearest) return leave("it can be built as it is");
  if (auto why = reason_to_leave(pin, runtime, targets); !why.empty()) return leave(std::move(why));
  const Fixing fixing(pin, runtime);
  std::vector<FixChoice> found = choices_of(targets, pin, runtime, aim);
  // What builds and is only written in another form than the place takes agrees with itself.
  if (!good && builds(runtime, *pin.accepts)) decides = &pin;
  std::optional<Version> decided;
  std::optional<FixTarget> agreed;
  if (decides && !good && decides->accepts && builds(runtime, *decides->accepts)) {
    put_agreeing_first(found, *decides);
    if ((decided = decided_version(*decides, runtime))) {
      agreed = FixTarget{decided->release(), &*decided, std::nullopt, decided->key()};
      found.insert(found.begin(), {&*agreed});
    }
  }
  if (found.empty()) return leave("it takes the newest version that builds");
  const auto alternatives = good ? RangeAlternatives::keep : RangeAlternatives::replace;
  for (const FixChoice& choice : found) {
    auto fixed = fixing.to(choice, alternatives, targets);
    if (!fixed) continue;
    auto tie = tie_of_image(pin, runtime, *choice.target, *fixed);
    return tie.empty() ? std::move(fixed) : leave(std::move(tie));
  }
  return leave("no version of " + runtime.name + " that builds can be written there");
}

}  // namespace buildable::pins
