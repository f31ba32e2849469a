// Judging the pins of a repository on a track: what the deployment would do with each.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/policy.h"
#include "model/rules.h"
#include "pins/find.h"
#include "pins/mend.h"

namespace buildable {

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
  std::optional<Mended> suggestion;
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

// Made once for a track, then asked for any number of repositories, from any thread. What it is
// made of must outlive it.
class PinJudge {
 public:
  // The track must be in the policy. Where the track that follows it (TrackRules::next) is there
  // too, and is another builder, findings look ahead to it.
  PinJudge(const Rules& rules, const Policy& policy, std::string_view track);

  RepositoryJudgement judge(JudgeInput input) const;

 private:
  const Rules& rules_;
  const TrackPolicy& track_;
  const TrackPolicy* next_ = nullptr;
};

}  // namespace buildable
