// Which pins of a repository the build takes its versions from, and what it takes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pins/judge.h"
#include "pins/judge_resolve.h"

namespace buildable::pins {

// Whether the path is the file of a rule, in the root from which the platform builds.
bool is_in_root(std::string_view path, std::string_view file_of_rule);
// Files of the application itself, and those that tools keep in folders whose name begins with a
// dot. Other folders may hold applications of their own.
bool is_of_root(std::string_view file);
// Whether the text is in a form that the place takes: a version in one of its forms, or a range of
// its grammar. What follows a "+" (a checksum) is not part of a form.
bool is_taken(const PinFile& place, const Pin& pin);

// Whether it is of another engine than the runtime's own, which the place takes as well:
// "ruby 3.1.4p0 (jruby 9.4.8.0)".
bool names_known_engine(const PinFile& place, const Pin& pin);

struct JudgedPin {
  const Pin* pin = nullptr;
  const RuntimePolicy* runtime = nullptr;  // null: the track has no such runtime
  const PinFile* place = nullptr;          // what the buildpack reads there; null: nothing
  const RefusedFile* refused = nullptr;    // its file fails the build
  PinRole role = PinRole::mirrors;
  const Pin* decided_by = nullptr;  // of an overridden or mirroring pin: the one that is taken
  Resolution resolution;
};

// In the order of the pins.
std::vector<JudgedPin> judge_roles(const TrackPolicy& track, const std::vector<Pin>& pins);

// What the build takes of a runtime, of whose series a mirror should be.
struct BuiltVersion {
  const JudgedPin* by = nullptr;  // null: the default
  std::string version;            // "3.14.4"; empty: not known
  std::string written;            // of a default: "24.x"
};
// Nothing where the build would fail or where it is not known.
std::optional<BuiltVersion> built_version_of(const RuntimePolicy& runtime,
                                             const std::vector<JudgedPin>& pins);

// Whether a pin accepts nothing of the series of the version that is taken.
bool differs(const JudgedPin& pin, const BuiltVersion& taken);

}  // namespace buildable::pins
