// Fixing: what to write in a pin's place. Pure: the pin as found and the policy in, the edit out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/edit.h"
#include "model/policy.h"
#include "pins/pin.h"

namespace buildable::pins {

struct FixTarget;

enum class FixAim : std::uint8_t {
  nearest,  // the nearest buildable version at or below the pin, else the nearest above
  upgrade,  // the newest buildable version; of a pin to a long-term release, the newest of these
  newest,   // the newest buildable version: follow upstream as far as the track allows
};

struct Fixed {
  Edit edit;            // of the pin's version_span; with what `remark` says is dropped, beyond it
  std::string value;    // the whole value after the edit: "python-3.13.9", "^22.11.0"
  std::string version;  // the buildable version meant: "3.13.9"; of a series, "3.13"
  std::string series;   // of it: "3.13"
  std::string remark;   // what else becomes of the value, for people; mostly empty
};

// Whether the deployment can build what the pin accepts, and the place takes the form that it has.
bool is_fixed(const Pin& pin, const RuntimePolicy& runtime);

// What to write instead, in the pin's own spelling: its prefix, its precision (a minor stays a
// minor), its operator (a caret stays a caret, an upper bound stays one). It never names a
// prerelease. Nothing where the pin already says it, or where no buildable version can be spelled
// there; `why_not`, where given, then says why in words.
//
// The pin that decides may be given: one that has to be fixed then agrees with it where it can.
//
// Nearest leaves a pin that `is_fixed` alone. Newest leaves one alone that admits the newest
// buildable version, or one above all that are known by name; it moves only pins down of which
// nothing builds, and leaves those alone of which that is not known. Upgrade does as newest does,
// but keeps a pin to a long-term release among these.
//
// What belongs to the very image that a tag names holds it back: a digest always, a distribution
// where the image would be of a newer series, which may not exist for it.
std::optional<Fixed> fix(const Pin& pin, const RuntimePolicy& runtime, FixAim aim,
                         std::string* why_not = nullptr, const Pin* decides = nullptr);
// The same for many pins of one runtime, whose targets_of (pins/fix_targets.h) are made once.
std::optional<Fixed> fix(const Pin& pin, const RuntimePolicy& runtime,
                         const std::vector<FixTarget>& targets, FixAim aim,
                         std::string* why_not = nullptr, const Pin* decides = nullptr);

// Whether a digest stands right behind the pin in the text of its file, in whatever syntax.
bool precedes_digest(const Pin& pin, std::string_view text);

// The edit as the file needs it, whose text fix() does not see: a bare 3.10 in YAML is the number
// 3.1, so it is quoted.
Fixed fitted(Fixed fixed, const Pin& pin, std::string_view text);

}  // namespace buildable::pins
