// What the build of a repository on a track will do.
#pragma once

#include <string_view>
#include <vector>

#include "base/stop.h"
#include "build/answer.h"
#include "build/files.h"
#include "build/state.h"

namespace buildable::build {

// Whether the text of a file at this path (from the application directory) can matter.
bool wants_text(std::string_view path);

// Whether it can matter that a file is at this path, or a folder, whose path then ends with "/":
// all in the application directory itself, and some below it.
bool wants_presence(std::string_view path);

// Made once for a track; asked for many repositories, from any thread. What it is made of must
// outlive it.
class Foreteller {
 public:
  static Result<Foreteller> make(const Rules& rules, const TrackPolicy& track);

  // One forecast for each runtime and package manager that takes part, in the order of the build.
  // Where no buildpack takes part: one that says so, with an empty runtime.
  // Nothing once it was told to stop; it asks between the buildpacks and within those whose work
  // grows with many files or entries.
  std::vector<Forecast> foretell(const Files& files, const StopAsked& stop = {}) const;

 private:
  explicit Foreteller(const TrackPolicy& track) : track_(&track) {}

  const TrackPolicy* track_;
  std::vector<State> states_;
};

}  // namespace buildable::build
