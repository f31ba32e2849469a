// Judging the pins of a repository on a track: what the deployment would do with each.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ignore.h"
#include "base/stop.h"
#include "model/policy.h"
#include "model/rules.h"
#include "pins/find.h"
#include "pins/fix.h"

namespace buildable::pins {

// What a pin is to the build. It follows from the rules of the buildpack that the track holds.
enum class PinRole : std::uint8_t {
  decides,     // the track's buildpack takes the version from it
  overridden,  // it would be read, but another pin of the repository goes before it
  mirrors,     // not read by the buildpack; other tools and people go by it
};
std::string_view name_of(PinRole role);
std::string_view name_of(Level level);

// One line of a report: of a pin, or of a file whose mere presence matters (a refused runtime.txt,
// an Aptfile that this track's builder does not read). Of the latter only the pin's file and place,
// and of a refused file its runtime, are set.
struct PinFinding {
  std::string rule;  // stable id for programs; pins/judge_rules.h lists them
  Level level = Level::note;
  Verdict verdict = Verdict::unknown;
  PinRole role = PinRole::mirrors;
  Pin pin;
  std::string resolved;  // the version that the build would install; empty: none or not known
  std::string reason;    // one or two sentences, the buildpack's own words where it has some
  std::string brief;     // the same in half a line, where it is long; else empty
  std::optional<Fixed> suggestion;
  std::vector<std::string> ahead;  // what changes when tracks move, with dates

  bool is_of_pin() const { return !pin.runtime.empty(); }
};

struct RepositoryJudgement {
  std::string track;
  std::vector<PinFinding> findings;  // by file, then by place in it
  std::vector<Diagnostic> problems;  // what could not be judged
};

struct JudgeInput {
  std::vector<Pin> pins;             // of the whole repository
  std::vector<std::string> files;    // its files that were looked at, by path
  std::vector<PinFinding> notices;   // of its files, by FileWatch (pins/judge_files.h)
  std::vector<Diagnostic> problems;  // from finding
};

// The places in files that are made for pins, unlike images, steps and tools, which any project may
// have.
class DeclaredPlaces {
 public:
  explicit DeclaredPlaces(const Rules& rules);
  // Null where the pin stands in no such place.
  const PinPlace* find(const Pin& pin) const;

 private:
  struct Declared {
    const PinPlace* place;
    IgnorePatterns files;
  };
  std::map<std::string_view, std::vector<Declared>> by_runtime_;
};

// Made once for a track, then asked for any number of repositories, from any thread. What it is
// made of must outlive it. The time that it takes is proportional to the pins and files.
class PinJudge {
 public:
  // The track must be in the policy. Where the track that follows it (TrackRules::next) is there
  // too, and is another builder, findings look ahead to it.
  PinJudge(const Rules& rules, const Policy& policy, std::string_view track);

  RepositoryJudgement judge(JudgeInput input) const { return *judge(std::move(input), {}); }
  // Nothing where it was told to stop; it asks before each pin.
  std::optional<RepositoryJudgement> judge(JudgeInput input, const StopAsked& stop_asked) const;

 private:
  DeclaredPlaces declared_;
  const TrackPolicy& track_;
  const TrackPolicy* next_ = nullptr;
};

}  // namespace buildable::pins
