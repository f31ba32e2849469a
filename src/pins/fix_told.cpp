#include "pins/fix_told.h"

#include <algorithm>

#include "pins/fix_plan.h"

namespace buildable::pins {

const MovedPin* find_moved(const std::vector<MovedPin>& moved, const Pin& pin) {
  const auto found = std::find_if(moved.begin(), moved.end(), [&pin](const MovedPin& each) {
    return each.value == pin.value && each.pin.file == pin.file &&
           each.pin.runtime == pin.runtime && each.pin.key == pin.key;
  });
  return found == moved.end() ? nullptr : &*found;
}

void add_moved(const Pin& pin, const Fixed& fixed, std::vector<MovedPin>& moved) {
  const MovedPin* earlier = find_moved(moved, pin);
  if (!earlier) {
    moved.push_back({pin, fixed.value, fixed.series, fixed.remark});
    return;
  }
  MovedPin& it = moved[static_cast<std::size_t>(earlier - moved.data())];
  it.value = fixed.value;
  it.series = fixed.series;
  if (!fixed.remark.empty()) it.remark = fixed.remark;
}

FixedThing told(const MovedPin& moved, const LockFile* lock) {
  const Pin& pin = moved.pin;
  std::string text = pin.value + " -> " + moved.value;
  if (!moved.remark.empty()) text += "; " + moved.remark;
  if (lock) text += "; now run `" + lock->command + "` to update " + lock->file;
  const std::string_view name = pin.file;
  if (name.ends_with(".lock") || name.ends_with(".locked"))
    text += "; now regenerate this file with the tool that made it";
  return {said_of(pin, std::move(text)), {pin.file}};
}

std::optional<std::string> tried_in_vain(const FixLimits& limits, const Pin& pin,
                                         const RuntimePolicy& runtime,
                                         const std::vector<FixTarget>& targets, FixAim aim,
                                         const Pin* decides, const std::optional<Fixed>& fixed) {
  if (!limits.failing.contains(runtime.runtime)) return std::nullopt;
  const auto wanted = fix(pin, runtime, targets, aim, nullptr, decides);
  if (!wanted || (fixed && fixed->series == wanted->series)) return std::nullopt;
  const std::string* why = limits.why_not(runtime.runtime, wanted->series);
  if (!why) return std::nullopt;
  return "with " + wanted->version + " the build would fail: " + *why;
}

}  // namespace buildable::pins
