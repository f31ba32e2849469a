#include "pins/migrate.h"

#include <algorithm>
#include <optional>

#include "pins/fix_targets.h"
#include "pins/judge_roles.h"
#include "policy/forms.h"

namespace buildable::pins {
namespace {

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// A file in the root that is nothing but a version, so that it can be written without knowing more.
bool is_plain_file(const PinFile& place) {
  return place.key.empty() && place.file.find_first_of("*/") == std::string::npos;
}

const PinFile* plain_place(const RuntimePolicy& runtime) {
  const auto found = std::find_if(runtime.reads.begin(), runtime.reads.end(), is_plain_file);
  return found == runtime.reads.end() ? nullptr : &*found;
}

const Pin* pin_in(const std::vector<Pin>& pins, std::string_view runtime, std::string_view file) {
  const auto found = std::find_if(pins.begin(), pins.end(), [&](const Pin& pin) {
    return pin.runtime == runtime && pin.file == file && pin.key.empty();
  });
  return found == pins.end() ? nullptr : &*found;
}

// What the file would say of the pin's version.
std::optional<std::string> content_for(const PinFile& place, const Pin& pin,
                                       const RuntimePolicy& runtime, FixAim aim,
                                       const std::vector<const Pin*>& others,
                                       std::string& why_not) {
  Pin moved = pin;
  moved.file = place.file;
  moved.value = form_prefix(place) + pin.version;
  moved.value_span = {0, moved.value.size()};
  moved.version_span = {moved.value.size() - pin.version.size(), moved.value.size()};
  const auto targets = agreeing_targets(targets_of(runtime), runtime.runtime, others);
  if (const auto fixed = fix(moved, runtime, targets, aim, &why_not)) return fixed->value + '\n';
  if (is_fixed(moved, runtime)) return moved.value + '\n';
  return std::nullopt;
}

class Moves {
 public:
  Moves(const TrackPolicy& track, const std::vector<Pin>& pins,
        const std::vector<std::string>& files, FixAim aim)
      : track_(track), pins_(pins), files_(files), aim_(aim) {
    for (const Pin& pin : pins) others_.push_back(&pin);
  }

  void add(const RuntimeRules* rules, const RuntimePolicy& runtime) {
    const PinFile* place = plain_place(runtime);
    bool refuses_any = false;
    for (const RefusedFile& refused : runtime.refuses) {
      if (!contains(files_, refused.file)) continue;
      add_refused(runtime, refused, place);
      refuses_any = true;
    }
    if (rules && place && runtime.governed && !refuses_any && !reads_any(runtime))
      add_unread(*rules, runtime, *place);
  }

  FileMoves take() { return std::move(found_); }

 private:
  bool reads_any(const RuntimePolicy& runtime) const {
    return std::any_of(runtime.reads.begin(), runtime.reads.end(), [&](const PinFile& place) {
      return std::any_of(files_.begin(), files_.end(),
                         [&](const std::string& file) { return is_in_root(file, place.file); });
    });
  }

  void add_refused(const RuntimePolicy& runtime, const RefusedFile& refused, const PinFile* place) {
    const std::string why = "builds on the " + track_.track + " track fail with " + refused.file;
    const auto stuck = [&](const std::string& reason) {
      found_.problems.push_back({.message = why + "; move the version by hand: " + reason,
                                 .file = refused.file,
                                 .hint = {}});
    };
    if (!place) return stuck("no file is known that takes its place");
    FileMove move{runtime.runtime, refused.file, place->file, {}, true, why};
    // One that holds no version takes nothing's place: the only version that there is would be
    // lost.
    if (contains(files_, place->file)) {
      if (!pin_in(pins_, runtime.runtime, place->file))
        return stuck(place->file + " is there, but holds no version");
      return found_.moves.push_back(std::move(move));
    }
    const Pin* pin = pin_in(pins_, runtime.runtime, refused.file);
    if (!pin) return stuck("no version is found in it");
    if (pin->ignored) return;
    std::string why_not;
    const auto content = content_for(*place, *pin, runtime, aim_, others_, why_not);
    if (!content) return stuck(why_not);
    move.content = *content;
    found_.moves.push_back(std::move(move));
  }

  // The version stands where another release of the buildpack would read it.
  void add_unread(const RuntimeRules& rules, const RuntimePolicy& runtime, const PinFile& place) {
    for (const BuildpackRule& buildpack : rules.buildpacks) {
      for (const PinFile& other : buildpack.reads) {
        const Pin* pin = is_plain_file(other) ? pin_in(pins_, rules.id, other.file) : nullptr;
        if (!pin || pin->ignored) continue;
        std::string why_not;
        const auto content = content_for(place, *pin, runtime, aim_, others_, why_not);
        if (!content) continue;
        found_.moves.push_back({rules.id, other.file, place.file, *content, false,
                                "the " + track_.track + " track does not read " + other.file});
        return;
      }
    }
  }

  const TrackPolicy& track_;
  const std::vector<Pin>& pins_;
  const std::vector<std::string>& files_;
  FixAim aim_;
  std::vector<const Pin*> others_;
  FileMoves found_;
};

}  // namespace

FileMoves moves_of(const Rules& rules, const TrackPolicy& track, const std::vector<Pin>& pins,
                   const std::vector<std::string>& files, FixAim aim) {
  Moves moves(track, pins, files, aim);
  for (const RuntimePolicy& runtime : track.runtimes)
    moves.add(rules.find(runtime.runtime), runtime);
  return moves.take();
}

}  // namespace buildable::pins
