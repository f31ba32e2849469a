#include "pins/judge.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "model/rules_fields.h"
#include "pins/judge_ahead.h"
#include "pins/judge_roles.h"
#include "pins/judge_rules.h"
#include "pins/judge_suggest.h"
#include "pins/judge_words.h"
#include "policy/explain.h"

namespace buildable::pins {
namespace {

std::string any_of(const std::vector<std::string>& versions) {
  std::string text;
  for (const std::string& version : versions) text += (text.empty() ? "" : " or ") + version;
  return text;
}

// The judging of one repository on one track.
class OnTrack {
 public:
  OnTrack(const DeclaredPlaces& declared, const TrackPolicy& track, const JudgeInput& input)
      : declared_(declared), track_(track), input_(input), pins_(judge_roles(track, input.pins)) {}

  // Of every pin, in their order, then of refused files without one. Fewer once told to stop.
  std::vector<PinFinding> findings(const StopAsked& stop_asked);

 private:
  PinFinding finding_of(const JudgedPin& judged);
  void judge_refused(const JudgedPin& judged, PinFinding& finding) const;
  void judge_unlimited(const JudgedPin& judged, PinFinding& finding) const;
  void judge_unreadable(const JudgedPin& judged, PinFinding& finding) const;
  void judge_deciding(const JudgedPin& judged, PinFinding& finding) const;
  void judge_mirror(const JudgedPin& judged, PinFinding& finding);
  void judge_difference(const JudgedPin& judged, PinFinding& finding);
  void add_refused_files(std::vector<PinFinding>& findings) const;

  std::string why(const JudgedPin& judged) const;
  std::string role_in_words(const JudgedPin& judged) const;
  const PinFile* place_in_root(const JudgedPin& judged) const;
  const std::optional<BuiltVersion>& taken(const RuntimePolicy& runtime);
  bool is_compared(const JudgedPin& judged, const BuiltVersion& taken);
  bool has_file_of(const RuntimePolicy& runtime);
  bool one_agrees(const JudgedPin& judged, const BuiltVersion& taken);

  // Of the pins of one runtime, the file and the key.
  using PinList = std::pair<std::string_view, std::string_view>;

  bool is_fetched(const JudgedPin& judged);

  const DeclaredPlaces& declared_;
  const TrackPolicy& track_;
  const JudgeInput& input_;
  std::vector<JudgedPin> pins_;
  // Found when they are first asked for.
  std::map<const RuntimePolicy*, std::optional<BuiltVersion>> taken_;
  std::map<const RuntimePolicy*, bool> has_file_;
  std::map<const RuntimePolicy*, std::set<PinList>> agreeing_;
  std::map<const RuntimePolicy*, std::optional<VersionSet>> fetched_;
};

std::string OnTrack::why(const JudgedPin& judged) const {
  return reason_of(track_, *judged.runtime, judged.resolution.verdict, judged.resolution.states);
}

std::string default_text(const RuntimePolicy& runtime) {
  if (runtime.default_version.empty()) return runtime.default_resolved;
  std::string written = runtime.default_version == "*" ? "the newest" : runtime.default_version;
  if (runtime.default_resolved.empty() || runtime.default_resolved == written) return written;
  return written + " (" + runtime.default_resolved + " today)";
}

const std::optional<BuiltVersion>& OnTrack::taken(const RuntimePolicy& runtime) {
  const auto [known, added] = taken_.try_emplace(&runtime);
  if (added) known->second = built_version_of(runtime, pins_);
  return known->second;
}

void OnTrack::judge_refused(const JudgedPin& judged, PinFinding& finding) const {
  finding.rule = judge_rule::refused_file;
  finding.level = Level::error;
  finding.verdict = Verdict::unbuildable;
  finding.reason = sentence(judged.refused->why);
  if (!judged.runtime->reads.empty())
    append_sentence(finding.reason, "The version belongs in " + judged.runtime->reads.front().file +
                                        "; run `buildable fix`");
}

// What the build fetches by itself, whatever the builder holds.
void OnTrack::judge_unlimited(const JudgedPin& judged, PinFinding& finding) const {
  const PinPlace* place = declared_.find(*judged.pin);
  finding.rule = judge_rule::buildable;
  finding.verdict = track_.expired ? Verdict::unbuildable : Verdict::buildable;
  finding.reason =
      place && !place->note.empty() ? sentence(place->note) : "The builder sets no limit to it.";
}

void OnTrack::judge_unreadable(const JudgedPin& judged, PinFinding& finding) const {
  const bool moving = judged.pin->form == PinForm::moving;
  std::string what = judged.pin->problem;
  if (what.empty())
    what = in_quotes(judged.pin->value) +
           (moving ? " means different versions over time; write a version number"
                   : " is not a version");
  if (!judged.place || judged.role != PinRole::decides) {
    finding.rule = moving ? judge_rule::unknown : judge_rule::unreadable_mirror;
    finding.reason = sentence(what);
    append_sentence(finding.reason, role_in_words(judged));
    return;
  }
  if (names_known_engine(*judged.place, *judged.pin)) {
    finding.reason = "Whether the build can take it is not known: " + sentence(what);
    return;
  }
  finding.rule = judge_rule::unreadable;
  finding.level = Level::error;
  if (judged.place->skips_unreadable) {
    finding.resolved = judged.runtime->default_resolved;
    finding.reason = "The build ignores this and takes its default " +
                     default_text(*judged.runtime) + ": " + sentence(what);
  } else {
    finding.verdict = Verdict::unbuildable;
    finding.reason = "The build fails: " + sentence(what);
  }
  append_sentence(finding.reason, judged.place->note);
}

void OnTrack::judge_deciding(const JudgedPin& judged, PinFinding& finding) const {
  const auto& versions = judged.resolution.versions;
  if (finding.verdict == Verdict::buildable && versions.size() == 1)
    finding.resolved = versions.front();
  if (!is_taken(*judged.place, *judged.pin)) {
    finding.rule = judge_rule::wrong_form;
    finding.level = Level::error;
    finding.verdict = Verdict::unbuildable;
    finding.resolved.clear();
    finding.reason = "The build fails: " + judged.place->file + " may hold " +
                     any_of(judged.place->forms) + " only.";
    return append_sentence(finding.reason, judged.place->note);
  }
  switch (finding.verdict) {
    case Verdict::buildable:
      finding.rule = judge_rule::buildable;
      finding.reason = "The build takes " + (versions.empty() ? "it" : any_of(versions)) + ": " +
                       sentence(why(judged));
      return;
    case Verdict::unbuildable:
      finding.rule = judge_rule::unbuildable;
      finding.level = Level::error;
      finding.reason = "The build fails: " + sentence(why(judged));
      finding.brief = "the build fails: the builder does not have this version";
      return;
    case Verdict::unknown:
      break;
  }
  finding.rule = judge_rule::unknown;
  finding.reason = "Whether the build can take it is not known: " + sentence(why(judged));
}

// What the build would read of the file if it lay in the root; null: nothing.
const PinFile* OnTrack::place_in_root(const JudgedPin& judged) const {
  const std::string_view file = judged.pin->file;
  const std::size_t slash = file.rfind('/');
  if (slash == std::string_view::npos) return nullptr;
  for (const PinFile& place : judged.runtime->reads)
    if (place.key == judged.pin->key && is_in_root(file.substr(slash + 1), place.file))
      return &place;
  return nullptr;
}

std::string OnTrack::role_in_words(const JudgedPin& judged) const {
  if (const PinFile* place = place_in_root(judged)) {
    std::string text = "The build runs in the root and does not look for this file in subfolders";
    // Of a pattern the note tells how files in folders come to be read.
    if (place->file.find('*') != std::string::npos) append_sentence(text += '.', place->note);
    return text;
  }
  if (!judged.decided_by) return "The build does not read it";
  const Pin& by = *judged.decided_by;
  const std::string& place = by.place.empty() ? by.file : by.place;
  return judged.role == PinRole::overridden
             ? "The build ignores this: " + place + " takes precedence"
             : "The build reads " + place + " instead of this";
}

bool OnTrack::has_file_of(const RuntimePolicy& runtime) {
  const auto [known, added] = has_file_.try_emplace(&runtime);
  if (added)
    known->second =
        std::any_of(runtime.reads.begin(), runtime.reads.end(), [&](const PinFile& place) {
          return std::any_of(input_.files.begin(), input_.files.end(),
                             [&](const std::string& file) { return is_in_root(file, place.file); });
        });
  return known->second;
}

// Against a version that the project chose, all files of the root are held. Against a default only
// where the project shows that it is one of this runtime.
bool OnTrack::is_compared(const JudgedPin& judged, const BuiltVersion& taken) {
  if (!is_of_root(judged.pin->file)) return false;
  if (taken.by) return true;
  return judged.pin->file.find('/') == std::string::npos &&
         (declared_.find(*judged.pin) || has_file_of(*judged.runtime));
}

// A list of versions, as in a matrix of tests, has members that differ.
bool OnTrack::one_agrees(const JudgedPin& judged, const BuiltVersion& taken) {
  const auto [known, added] = agreeing_.try_emplace(judged.runtime);
  if (added)
    for (const JudgedPin& each : pins_)
      if (each.runtime == judged.runtime && !differs(each, taken))
        known->second.emplace(each.pin->file, each.pin->key);
  return known->second.contains({judged.pin->file, judged.pin->key});
}

void OnTrack::judge_difference(const JudgedPin& judged, PinFinding& finding) {
  const auto& takes = taken(*judged.runtime);
  if (!takes || !is_compared(judged, *takes) || !differs(judged, *takes)) return;
  if (one_agrees(judged, *takes)) return;
  finding.rule = judge_rule::differing;
  finding.level = Level::warning;
  if (takes->by)
    append_sentence(finding.reason, "The build takes " + takes->version);
  else
    append_sentence(finding.reason, "No file that it reads names a version: it takes its default " +
                                        default_text(*judged.runtime));
}

// What the build fetches by itself (the toolchain line of go.mod) is right in a mirror as well.
bool OnTrack::is_fetched(const JudgedPin& judged) {
  const auto [known, added] = fetched_.try_emplace(judged.runtime);
  if (added)
    for (const JudgedPin& each : pins_) {
      const Pin& pin = *each.pin;
      if (each.runtime != judged.runtime || pin.granularity != Granularity::unlimited) continue;
      if (pin.form != PinForm::exact || !pin.accepts) continue;
      known->second = known->second ? known->second->unite(*pin.accepts) : *pin.accepts;
    }
  return known->second && judged.pin->accepts->intersects(*known->second);
}

void OnTrack::judge_mirror(const JudgedPin& judged, PinFinding& finding) {
  finding.reason = sentence(role_in_words(judged));
  if (finding.verdict == Verdict::unbuildable && !track_.expired && is_fetched(judged)) {
    finding.rule = judge_rule::buildable;
    finding.verdict = Verdict::buildable;
    return append_sentence(finding.reason,
                           "The build fetches this version by itself, as another file names it");
  }
  const std::string reason = why(judged);
  switch (finding.verdict) {
    case Verdict::unbuildable:
      finding.rule = judge_rule::unbuildable_mirror;
      finding.level = Level::warning;
      finding.brief = "this track cannot build it (" + uncapitalized(role_in_words(judged)) + ")";
      return append_sentence(finding.reason, "This track could not build it: " + reason);
    case Verdict::buildable:
      finding.rule = judge_rule::buildable;
      judge_difference(judged, finding);
      if (finding.rule == judge_rule::buildable)
        append_sentence(finding.reason, "This track could build it: " + reason);
      return;
    case Verdict::unknown:
      break;
  }
  finding.rule = judge_rule::unknown;
  append_sentence(finding.reason, "Whether this track could build it is not known: " + reason);
}

PinFinding OnTrack::finding_of(const JudgedPin& judged) {
  PinFinding finding;
  finding.pin = *judged.pin;
  finding.rule = judge_rule::unknown;
  finding.role = judged.role;
  finding.verdict = judged.resolution.verdict;
  if (!judged.runtime) {
    finding.reason = "Nothing is known of this runtime.";
  } else if (judged.refused) {
    judge_refused(judged, finding);
  } else if (judged.pin->granularity == Granularity::unlimited && !judged.place) {
    judge_unlimited(judged, finding);
  } else if (!judged.pin->accepts) {
    judge_unreadable(judged, finding);
  } else if (judged.role == PinRole::decides) {
    judge_deciding(judged, finding);
  } else {
    judge_mirror(judged, finding);
  }
  return finding;
}

void OnTrack::add_refused_files(std::vector<PinFinding>& findings) const {
  for (const RuntimePolicy& runtime : track_.runtimes) {
    for (const RefusedFile& refused : runtime.refuses) {
      const auto has_pin = [&](const JudgedPin& each) { return each.refused == &refused; };
      if (std::any_of(pins_.begin(), pins_.end(), has_pin)) continue;
      if (!std::binary_search(input_.files.begin(), input_.files.end(), refused.file)) continue;
      PinFinding finding;
      finding.pin.runtime = runtime.runtime;
      finding.pin.file = finding.pin.place = refused.file;
      finding.pin.line = finding.pin.column = 1;
      const JudgedPin judged{
          .pin = &finding.pin, .runtime = &runtime, .refused = &refused, .resolution = {}};
      judge_refused(judged, finding);
      findings.push_back(std::move(finding));
    }
  }
}

std::vector<PinFinding> OnTrack::findings(const StopAsked& stop_asked) {
  std::vector<PinFinding> findings;
  findings.reserve(pins_.size());
  for (const JudgedPin& judged : pins_) {
    if (stop_asked && stop_asked()) return findings;
    findings.push_back(finding_of(judged));
  }
  add_refused_files(findings);
  return findings;
}

void sort_by_place(std::vector<PinFinding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const PinFinding& a, const PinFinding& b) {
    return std::tie(a.pin.file, a.pin.line, a.pin.column) <
           std::tie(b.pin.file, b.pin.line, b.pin.column);
  });
}

}  // namespace

std::string_view name_of(PinRole role) {
  switch (role) {
    case PinRole::decides:
      return "decides";
    case PinRole::overridden:
      return "overridden";
    case PinRole::mirrors:
      break;
  }
  return "mirrors";
}

std::string_view name_of(Level level) {
  for (const auto& [name, meant] : EnumNames<Level>::list)
    if (meant == level) return name;
  return "note";
}

DeclaredPlaces::DeclaredPlaces(const Rules& rules) {
  for (const RuntimeRules& runtime : rules.runtimes)
    for (const PinPlace& place : runtime.pins)
      if (!place.files.empty())
        by_runtime_[runtime.id].push_back({&place, IgnorePatterns(place.files)});
}

const PinPlace* DeclaredPlaces::find(const Pin& pin) const {
  const auto known = by_runtime_.find(pin.runtime);
  if (known == by_runtime_.end()) return nullptr;
  for (const Declared& declared : known->second)
    if (declared.place->key == pin.key && declared.files.matches(pin.file)) return declared.place;
  return nullptr;
}

PinJudge::PinJudge(const Rules& rules, const Policy& policy, std::string_view track)
    : declared_(rules), track_(*policy.find(track)) {
  for (const TrackRules& each : rules.platform.tracks)
    if (each.name == track && !each.next.empty()) next_ = policy.find(each.next);
  if (next_ && builds_the_same(track_, *next_)) next_ = nullptr;
}

std::optional<RepositoryJudgement> PinJudge::judge(JudgeInput input,
                                                   const StopAsked& stop_asked) const {
  const auto stopped = [&] { return stop_asked && stop_asked(); };
  RepositoryJudgement judgement{.track = track_.track, .findings = {}, .problems = {}};
  std::sort(input.files.begin(), input.files.end());
  auto& findings = judgement.findings;
  findings = OnTrack(declared_, track_, input).findings(stop_asked);
  if (stopped() || !add_suggestions(track_, findings, stop_asked)) return std::nullopt;
  if (next_) {
    auto then = OnTrack(declared_, *next_, input).findings(stop_asked);
    if (stopped()) return std::nullopt;
    look_ahead(track_, *next_, std::move(then), input.pins.size(), findings);
  }
  std::move(input.notices.begin(), input.notices.end(), std::back_inserter(findings));
  sort_by_place(findings);
  judgement.problems = std::move(input.problems);
  return judgement;
}

}  // namespace buildable::pins
