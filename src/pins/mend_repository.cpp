#include "pins/mend_repository.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "pins/judge_rules.h"
#include "pins/migrate.h"

namespace buildable {
namespace {

// Files are moved, then pins that decide are mended, then those that mirror them; each may bring
// about one more.
constexpr int most_passes = 6;

// As `check` does, settings may lower what cannot be built to a note.
bool fails(const PinFinding& finding) {
  const bool unbuildable = finding.verdict == Verdict::unbuildable && finding.level != Level::note;
  return !finding.pin.ignored && (finding.level == Level::error || unbuildable);
}

Diagnostic said_of(const Pin& pin, std::string message) {
  return {.message = std::move(message),
          .file = pin.file,
          .line = pin.line,
          .column = pin.column,
          .path = pin.key,
          .hint = {}};
}

// Nothing but what parts the members of a list stands between the two.
bool in_one_list(std::string_view text, const Pin& a, const Pin& b) {
  if (a.runtime != b.runtime || a.key != b.key || b.value_span.begin < a.value_span.end)
    return false;
  const std::string_view between =
      text.substr(a.value_span.end, b.value_span.begin - a.value_span.end);
  return between.find_first_not_of(" \t\r\n\"',;-") == std::string_view::npos;
}

// A finding of a pin with what is to be written.
struct PlannedEdit {
  std::size_t finding;
  Mended mended;
};

class RepositoryMender {
 public:
  RepositoryMender(const MendingTools& tools, std::vector<RepositoryFile> files, MendAim aim)
      : tools_(tools), aim_(aim) {
    for (RepositoryFile& file : files) {
      originals_.emplace(file.path, file.text);
      std::string path = file.path;
      files_.emplace(std::move(path), std::move(file));
    }
  }

  RepositoryMending run() {
    RepositoryJudgement judgement = judged();
    result_.problems = judgement.problems;
    for (int pass = 0; pass < most_passes && change(judgement); ++pass) judgement = judged();
    remember_remaining(judgement);
    collect_changes();
    return std::move(result_);
  }

 private:
  RepositoryJudgement judged() const {
    JudgeInput input;
    for (const auto& [path, file] : files_) {
      input.files.push_back(path);
      FoundPins found = tools_.finder.find(file);
      std::move(found.pins.begin(), found.pins.end(), std::back_inserter(input.pins));
      std::move(found.problems.begin(), found.problems.end(), std::back_inserter(input.problems));
    }
    RepositoryJudgement judgement = tools_.judge.judge(std::move(input));
    if (tools_.adjust) tools_.adjust(judgement);
    return judgement;
  }

  // Whether anything was changed.
  bool change(const RepositoryJudgement& judgement) {
    why_left_.clear();
    return (tools_.whole && move_files(judgement)) || edit_files(judgement, PinRole::decides) ||
           edit_files(judgement, {});
  }

  // --- whole files ---

  bool move_files(const RepositoryJudgement& judgement) {
    std::vector<Pin> pins;
    std::vector<std::string> files;
    for (const PinFinding& finding : judgement.findings)
      if (!finding.pin.version.empty()) pins.push_back(finding.pin);
    for (const auto& [path, file] : files_) files.push_back(path);
    FileMoves moves = moves_of(tools_.rules, tools_.track, pins, files, aim_);
    for (const Diagnostic& problem : moves.problems) why_left_[problem.file] = problem.message;
    for (const FileMove& move : moves.moves) apply(move);
    return !moves.moves.empty();
  }

  void apply(const FileMove& move) {
    if (!move.content.empty()) files_[move.to] = {move.to, move.content};
    std::string done = move.why + ": ";
    if (move.content.empty())
      done += "it goes, " + move.to + " is there already";
    else
      done += "its version " + std::string(move.removes ? "moves to " : "is written to ") + move.to;
    result_.done.push_back({.message = std::move(done), .file = move.from, .hint = {}});
    if (move.removes) files_.erase(move.from);
  }

  // --- pins ---

  // Those of one role; without one all.
  bool edit_files(const RepositoryJudgement& judgement, std::optional<PinRole> role) {
    remember_deciding(judgement);
    std::map<std::string_view, std::vector<std::size_t>> by_file;
    for (std::size_t i = 0; i < judgement.findings.size(); ++i) {
      const PinFinding& finding = judgement.findings[i];
      const bool wanted = !role || finding.role == *role;
      if (wanted && finding.is_of_pin() && !finding.pin.version.empty())
        by_file[finding.pin.file].push_back(i);
    }
    bool edited = false;
    for (const auto& [file, findings] : by_file)
      if (edit_file(std::string(file), findings, judgement)) edited = true;
    return edited;
  }

  void remember_deciding(const RepositoryJudgement& judgement) {
    deciding_.clear();
    for (const PinFinding& finding : judgement.findings)
      if (finding.role == PinRole::decides && finding.verdict == Verdict::buildable)
        deciding_.emplace(finding.pin.runtime, finding.pin);
  }

  bool edit_file(const std::string& file, const std::vector<std::size_t>& findings,
                 const RepositoryJudgement& judgement) {
    const auto known = files_.find(file);
    if (known == files_.end() || refused_.contains(file)) return false;
    const std::string& text = known->second.text;
    std::vector<PlannedEdit> plan;
    for (std::size_t i = 0; i < findings.size(); ++i)
      if (auto mended = mending_of(text, findings, i, judgement))
        plan.push_back({findings[i], *std::move(mended)});
    if (plan.empty()) return false;
    std::vector<Edit> edits;
    edits.reserve(plan.size());
    for (const PlannedEdit& each : plan) edits.push_back(each.mended.edit);
    RepositoryFile edited{file, apply_edits(text, std::move(edits))};
    if (!reads_as_planned(known->second, edited, plan, judgement)) {
      refused_.insert(file);
      result_.problems.push_back({.message = "cannot be edited without changing what else it says",
                                  .file = file,
                                  .hint = "edit it by hand"});
      return false;
    }
    known->second = std::move(edited);
    for (const PlannedEdit& each : plan) tell(judgement.findings[each.finding].pin, each.mended);
    return true;
  }

  std::optional<Mended> mending_of(std::string_view text, const std::vector<std::size_t>& findings,
                                   std::size_t at, const RepositoryJudgement& judgement) {
    const PinFinding& finding = judgement.findings[findings[at]];
    const RuntimePolicy* runtime = tools_.track.find(finding.pin.runtime);
    if (!runtime || finding.pin.ignored || finding.rule == judge_rule::refused_file)
      return std::nullopt;
    const bool failing = fails(finding);
    if (!failing && (aim_ == MendAim::nearest || finding.verdict == Verdict::unbuildable))
      return std::nullopt;
    std::string why_not;
    std::optional<Mended> mended;
    const auto decides = deciding_.find(finding.pin.runtime);
    const bool follows = finding.role != PinRole::decides && decides != deciding_.end();
    if (tools_.track.expired)
      why_not = "the " + tools_.track.track + " track has ended";
    else if (in_list_that(text, findings, at, judgement, failing))
      why_not = "it stands in a list with others that can be built";
    else
      mended = mend(finding.pin, *runtime, aim_, &why_not, follows ? &decides->second : nullptr);
    if (!mended) {
      if (failing) why_left_[id_of(finding.pin)] = std::move(why_not);
      return std::nullopt;
    }
    return fitted(*std::move(mended), finding.pin, text);
  }

  // Whether the pin stands in a list: with any other, or (`builds`) with one that builds.
  static bool in_list_that(std::string_view text, const std::vector<std::size_t>& findings,
                           std::size_t at, const RepositoryJudgement& judgement, bool builds) {
    const auto finding = [&](std::size_t i) -> const PinFinding& {
      return judgement.findings[findings[i]];
    };
    const auto joined = [&](std::size_t i) {
      return in_one_list(text, finding(i).pin, finding(i + 1).pin);
    };
    std::size_t first = at, last = at;
    while (first > 0 && joined(first - 1)) --first;
    while (last + 1 < findings.size() && joined(last)) ++last;
    for (std::size_t i = first; i <= last; ++i)
      if (i != at && (!builds || !fails(finding(i)))) return true;
    return false;
  }

  // The same pins in the same order, with what is planned in them.
  bool reads_as_planned(const RepositoryFile& before, const RepositoryFile& after,
                        const std::vector<PlannedEdit>& plan,
                        const RepositoryJudgement& judgement) const {
    std::vector<Pin> expected = tools_.finder.find(before).pins;
    for (const PlannedEdit& each : plan) {
      const Pin& edited = judgement.findings[each.finding].pin;
      for (Pin& pin : expected)
        if (pin.value_span == edited.value_span && pin.runtime == edited.runtime)
          pin.value = each.mended.value;
    }
    const auto same = [](const Pin& a, const Pin& b) {
      return a.runtime == b.runtime && a.key == b.key && a.value == b.value;
    };
    const std::vector<Pin> found = tools_.finder.find(after).pins;
    return std::equal(found.begin(), found.end(), expected.begin(), expected.end(), same);
  }

  void tell(const Pin& pin, const Mended& mended) {
    std::string text = pin.value + " -> " + mended.value;
    if (!mended.remark.empty()) text += "; " + mended.remark;
    const std::string_view name = pin.file;
    if (name.ends_with(".lock") || name.ends_with(".locked"))
      text += "; let the tool that wrote this file write it again";
    result_.done.push_back(said_of(pin, std::move(text)));
  }

  // --- the result ---

  static std::string id_of(const Pin& pin) {
    return pin.file + '\n' + pin.key + '\n' + std::to_string(pin.value_span.begin);
  }

  void remember_remaining(const RepositoryJudgement& judgement) {
    for (const PinFinding& finding : judgement.findings) {
      if (!fails(finding)) continue;
      result_.remaining.push_back(finding);
      auto why = why_left_.find(id_of(finding.pin));
      if (why == why_left_.end()) why = why_left_.find(finding.pin.file);
      if (why != why_left_.end()) result_.remaining.back().reason = why->second;
    }
  }

  void collect_changes() {
    for (const auto& [path, file] : files_) {
      const auto before = originals_.find(path);
      if (before == originals_.end())
        result_.changes.push_back({path, std::nullopt, file.text});
      else if (before->second != file.text)
        result_.changes.push_back({path, before->second, file.text});
    }
    for (const auto& [path, text] : originals_)
      if (!files_.contains(path)) result_.changes.push_back({path, text, std::nullopt});
  }

  const MendingTools& tools_;
  MendAim aim_;
  std::map<std::string, std::string> originals_;
  std::map<std::string, RepositoryFile> files_;
  std::map<std::string, std::string> why_left_;  // by pin, or by file
  std::map<std::string, Pin> deciding_;          // those that build, by runtime
  std::set<std::string> refused_;                // files that are not edited
  RepositoryMending result_;
};

}  // namespace

RepositoryMending mend_repository(const MendingTools& tools, std::vector<RepositoryFile> files,
                                  MendAim aim) {
  return RepositoryMender(tools, std::move(files), aim).run();
}

}  // namespace buildable
