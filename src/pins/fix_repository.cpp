#include "pins/fix_repository.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "pins/fix_excluded.h"
#include "pins/fix_lists.h"
#include "pins/fix_locked_packages.h"
#include "pins/fix_locks.h"
#include "pins/fix_pairs.h"
#include "pins/fix_plan.h"
#include "pins/fix_told.h"
#include "pins/fix_wanted.h"
#include "pins/judge_rules.h"
#include "pins/migrate.h"

namespace buildable::pins {
namespace {

// Files are moved, then pins that decide are fixed, then those that mirror them; each may bring
// about one more.
constexpr int most_passes = 6;

// Each time that pins are held, more of them are; after these times all of their runtimes.
constexpr int most_turns = 6;

class RepositoryFixer {
 public:
  RepositoryFixer(const FixTools& tools, JudgeInput found, FixAim aim, const HeldPins& held)
      : tools_(tools),
        aim_(aim),
        held_(held),
        locks_(tools.rules, tools.has_file),
        wanted_(locks_.declared(), tools.track, tools.limits, aim),
        problems_(std::move(found.problems)) {
    for (std::string& file : found.files) files_.try_emplace(std::move(file));
    for (Pin& pin : found.pins) {
      std::vector<Pin>& pins = files_[pin.file];
      pins.push_back(std::move(pin));
    }
    if (tools.whole) add_unseen_partners();
    hold_to_packages(tools, wanted_);
  }

  RepositoryEdits run() {
    const RepositoryJudgement first = judged();
    RepositoryJudgement judgement = first;
    for (int pass = 0; pass < most_passes && change(judgement); ++pass) judgement = judged();
    parted_ = parted_pins(locks_.declared(), first, judgement);
    result_.problems.insert(result_.problems.begin(), problems_.begin(), problems_.end());
    remember_remaining(judgement);
    collect_changes();
    return std::move(result_);
  }

  // Of the run: what it moved that may not be moved so.
  const std::vector<HeldPin>& parted() const { return parted_; }

 private:
  // What a file said, and says by now.
  struct Texts {
    std::optional<std::string> before;  // nothing: the file is new
    std::string now;
  };

  // Files that the settings keep from being looked at go on holding those that belong to them:
  // their pins count as ignored.
  void add_unseen_partners() {
    if (!tools_.has_file) return;
    for (const std::string& name : root_files_with_pins(tools_.rules)) {
      if (files_.contains(name) || !tools_.has_file(name)) continue;
      const auto text = tools_.read(name);
      if (!text) continue;
      std::vector<Pin> pins = tools_.finder.find({name, *text}).pins;
      for (Pin& pin : pins) pin.ignored = true;
      files_.emplace(name, std::move(pins));
    }
  }

  RepositoryJudgement judged() const {
    JudgeInput input;
    for (const auto& [path, pins] : files_) {
      input.files.push_back(path);
      input.pins.insert(input.pins.end(), pins.begin(), pins.end());
    }
    RepositoryJudgement judgement = tools_.judge.judge(std::move(input));
    if (tools_.adjust) tools_.adjust(judgement);
    return judgement;
  }

  // Whether anything was changed.
  bool change(const RepositoryJudgement& judgement) {
    why_left_.clear();
    held_back_.clear();
    return (tools_.whole && move_files(judgement)) || edit_files(judgement, PinRole::decides) ||
           edit_files(judgement, {});
  }

  // Null where the file cannot be read, or says other things than were found in it: then it is left
  // alone, which is told once.
  Texts* texts_of(const std::string& path) {
    if (refused_.contains(path)) return nullptr;
    if (const auto known = texts_.find(path); known != texts_.end()) return &known->second;
    auto text = tools_.read(path);
    if (!text) return refuse(path, text.error().message(), {});
    const std::vector<Pin> pins = tools_.finder.find({path, *text}).pins;
    const std::vector<Pin>& known = files_.at(path);
    if (!std::equal(pins.begin(), pins.end(), known.begin(), known.end(), is_same_place))
      return refuse(path, "changed while buildable ran, so it was not edited", "run it again");
    return &texts_.emplace(path, Texts{*text, *text}).first->second;
  }

  Texts* refuse(const std::string& path, std::string why, std::string what_to_do) {
    refused_.insert(path);
    result_.problems.push_back(
        {.message = std::move(why), .file = path, .hint = std::move(what_to_do)});
    return nullptr;
  }

  // --- whole files ---

  bool move_files(const RepositoryJudgement& judgement) {
    std::vector<Pin> pins;
    for (const PinFinding& finding : judgement.findings)
      if (!finding.pin.version.empty()) pins.push_back(finding.pin);
    FileMoves moves = moves_of(tools_.rules, tools_.track, pins, file_names(), aim_);
    std::erase_if(moves.moves,
                  [&](const FileMove& each) { return is_ignored(judgement, each.from); });
    for (const Diagnostic& problem : moves.problems) why_left_[problem.file] = problem.message;
    bool moved = false;
    for (const FileMove& move : moves.moves) moved = apply(move) || moved;
    return moved;
  }

  static bool is_ignored(const RepositoryJudgement& judgement, std::string_view file) {
    const auto& all = judgement.findings;
    return std::any_of(all.begin(), all.end(), [file](const PinFinding& each) {
      return each.pin.ignored && each.pin.file == file;
    });
  }

  bool apply(const FileMove& move) {
    FixedThing done{{.message = move.why + ": ", .file = move.from, .hint = {}}, {}};
    if (move.removes && !texts_of(move.from)) return false;
    if (move.content.empty()) {
      done.what.message += "deleted, since " + move.to + " exists";
    } else {
      done.what.message +=
          "its version " + std::string(move.removes ? "moves to " : "is written to ") + move.to;
      create(move.to, move.content);
      done.files.push_back(move.to);
    }
    if (move.removes) {
      files_.erase(move.from);
      done.files.push_back(move.from);
    }
    result_.done.push_back(std::move(done));
    return true;
  }

  void create(const std::string& path, const std::string& text) {
    files_[path] = tools_.finder.find({path, text}).pins;
    const auto [known, added] = texts_.try_emplace(path, Texts{std::nullopt, text});
    if (!added) known->second.now = text;
  }

  // --- pins ---

  // Those of one role; without one all.
  bool edit_files(const RepositoryJudgement& judgement, std::optional<PinRole> role) {
    wanted_.look_at(judgement, file_names());
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

  bool edit_file(const std::string& file, const std::vector<std::size_t>& numbers,
                 const RepositoryJudgement& judgement) {
    std::vector<const PinFinding*> findings;
    findings.reserve(numbers.size());
    for (const std::size_t number : numbers) findings.push_back(&judgement.findings[number]);
    const auto wanted = [this](const PinFinding* finding) { return is_to_be_edited(*finding); };
    if (refused_.contains(file) || std::none_of(findings.begin(), findings.end(), wanted))
      return false;
    Texts* texts = texts_of(file);
    if (!texts) return false;
    const auto lists = lists_of(texts->now, findings, locks_.declared());
    std::vector<PlannedEdit> plan;
    for (std::size_t i = 0; i < findings.size(); ++i)
      if (wanted(findings[i]))
        if (auto fixed = fixing_of(texts->now, *findings[i], *lists[i]))
          plan.push_back({numbers[i], *std::move(fixed)});
    add_fetched(judgement, plan);
    if (plan.empty()) {
      forget_unchanged(file);
      return false;
    }
    return edit(file, *texts, plan, judgement);
  }

  void add_fetched(const RepositoryJudgement& judgement, std::vector<PlannedEdit>& plan) {
    for (std::size_t i = 0, planned = plan.size(); i < planned; ++i) {
      const RuntimePolicy* runtime =
          tools_.track.find(judgement.findings[plan[i].finding].pin.runtime);
      const PlannedEdit edit = plan[i];
      add_fetched_beside(judgement, edit, *runtime, wanted_.all(*runtime), plan);
    }
  }

  // Texts are only held of what changes.
  void forget_unchanged(const std::string& file) {
    const auto known = texts_.find(file);
    if (known != texts_.end() && known->second.before == known->second.now) texts_.erase(known);
  }

  bool edit(const std::string& file, Texts& texts, const std::vector<PlannedEdit>& plan,
            const RepositoryJudgement& judgement) {
    std::vector<Edit> edits;
    edits.reserve(plan.size());
    for (const PlannedEdit& each : plan) edits.push_back(each.fixed.edit);
    for (Edit& each : edits_of_excluded(file, texts.now, edits)) edits.push_back(std::move(each));
    std::string edited = apply_edits(texts.now, std::move(edits));
    std::vector<Pin> found = tools_.finder.find({file, edited}).pins;
    if (!reads_as_planned(files_.at(file), found, plan, judgement)) {
      forget_unchanged(file);
      refuse(file, "cannot be edited without changing what else it says", "edit it by hand");
      return false;
    }
    // A job that is named after its version ("py39") stays in its list with another one.
    std::vector<Pin>& known = files_.at(file);
    for (std::size_t i = 0; i < found.size(); ++i) found[i].list = known[i].list;
    texts.now = std::move(edited);
    known = std::move(found);
    for (const PlannedEdit& each : plan)
      add_moved(judgement.findings[each.finding].pin, each.fixed, result_.moved);
    return true;
  }

  bool is_to_be_edited(const PinFinding& finding) const {
    if (!tools_.track.find(finding.pin.runtime) || finding.pin.ignored ||
        finding.rule == judge_rule::refused_file)
      return false;
    return is_to_be_fixed(finding) ||
           (aim_ != FixAim::nearest && finding.verdict != Verdict::unbuildable);
  }

  std::vector<std::string> file_names() const {
    std::vector<std::string> names;
    for (const auto& [path, pins] : files_) names.push_back(path);
    return names;
  }

  std::vector<const Pin*> all_pins() const {
    std::vector<const Pin*> all;
    for (const auto& [path, pins] : files_)
      for (const Pin& pin : pins) all.push_back(&pin);
    return all;
  }

  std::optional<Fixed> fixing_of(std::string_view text, const PinFinding& finding,
                                 PinsInList& list) {
    const RuntimePolicy& runtime = *tools_.track.find(finding.pin.runtime);
    const bool failing = is_to_be_fixed(finding);
    std::string why_not;
    std::optional<Fixed> fixed;
    Pin pin = finding.pin;
    pin.has_digest = pin.has_digest || precedes_digest(pin, text);
    const Pin* decider =
        finding.role == PinRole::decides ? nullptr : wanted_.decider_of(pin.runtime);
    // One that is_failing is left where another of its list builds, any other one where there is
    // another.
    const bool in_list = failing ? list.good > 0 : list.values.size() > 1;
    bool held_back = false;
    if (tools_.track.expired) {
      why_not = "the " + tools_.track.track + " track has ended";
    } else if (const std::string* why = held_.find(pin)) {
      why_not = *why;
      held_back = true;
    } else if (in_list) {
      why_not = "other versions in its list can be built; change or remove this one by hand";
    } else {
      const auto& wanted = wanted_.of(finding, runtime);
      fixed = fix(pin, runtime, wanted, aim_, &why_not, decider);
      held_back = !fixed && fix(untied(pin), runtime, wanted, aim_, nullptr, decider);
      if (!fixed && !failing && finding.role == PinRole::decides)
        if (const auto newer = fix(pin, runtime, wanted_.all(runtime), aim_, nullptr, decider)) {
          why_not = newer->version + " would not fit what other files of the repository demand";
          held_back = true;
        }
    }
    // What is built although no list has it is only moved up.
    const bool built = !failing && finding.verdict == Verdict::buildable;
    if (fixed && built && moves_down(pin, *fixed, runtime)) fixed.reset();
    if (fixed) {
      const bool decides_here = finding.role == PinRole::decides;
      why_not = locks_.why_left(finding, *fixed, runtime,
                                decides_here ? all_pins() : std::vector<const Pin*>());
      // No list says one thing twice.
      const auto [planned, added] = list.planned.try_emplace(fixed->value, pin.value);
      if (why_not.empty() && planned->second != pin.value)
        why_not = "its list already has " + in_quotes(fixed->value) + "; remove this entry by hand";
      held_back = !why_not.empty();
    }
    if (!held_.find(pin))
      if (auto tried = tried_in_vain(tools_.limits, pin, runtime, wanted_.without_limits(runtime),
                                     aim_, decider, fixed)) {
        held_back = !fixed;
        (fixed ? fixed->remark : why_not) = *std::move(tried);
      }
    if (!fixed || held_back) {
      if (held_back && !failing && !find_moved(result_.moved, pin))
        held_back_.insert_or_assign(id_of(pin), left_of(pin, why_not));
      if (failing) why_left_[id_of(pin)] = std::move(why_not);
      return std::nullopt;
    }
    return fitted(*std::move(fixed), pin, text);
  }

  // --- the result ---

  static std::string id_of(const Pin& pin) {
    return pin.file + '\n' + pin.key + '\n' + std::to_string(pin.value_span.begin);
  }

  void remember_remaining(const RepositoryJudgement& judgement) {
    for (const PinFinding& finding : judgement.findings) {
      if (!is_to_be_fixed(finding)) continue;
      result_.remaining.push_back(finding);
      auto why = why_left_.find(id_of(finding.pin));
      if (why == why_left_.end()) why = why_left_.find(finding.pin.file);
      if (why != why_left_.end()) result_.remaining.back().reason = why->second;
    }
  }

  void collect_changes() {
    for (const MovedPin& each : result_.moved)
      result_.done.push_back(told(each, locks_.beside(each.pin)));
    for (auto& [pin, left] : held_back_) result_.left.push_back(std::move(left));
    std::stable_sort(result_.left.begin(), result_.left.end(), [](const auto& a, const auto& b) {
      return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    });
    std::vector<FileChange> removals;
    for (auto& [path, texts] : texts_) {
      if (!files_.contains(path)) {
        if (texts.before) removals.push_back({path, std::move(texts.before), std::nullopt});
      } else if (texts.before != texts.now) {
        result_.changes.push_back({path, std::move(texts.before), std::move(texts.now)});
      }
    }
    std::move(removals.begin(), removals.end(), std::back_inserter(result_.changes));
  }

  const FixTools& tools_;
  FixAim aim_;
  const HeldPins& held_;
  LockFiles locks_;
  WantedTargets wanted_;
  std::vector<Diagnostic> problems_;               // from finding
  std::map<std::string, std::vector<Pin>> files_;  // those that are there, and what is in them
  std::map<std::string, Texts> texts_;             // of those that change
  std::map<std::string, std::string> why_left_;    // by pin, or by file
  std::map<std::string, Diagnostic> held_back_;    // by pin, of those that build
  std::set<std::string> refused_;                  // files that are not edited
  std::vector<HeldPin> parted_;
  RepositoryEdits result_;
};

}  // namespace

RepositoryEdits fix_pins(const FixTools& tools, const JudgeInput& found, FixAim aim) {
  HeldPins held;
  held.hold(tools.limits.held);
  for (int turn = 1;; ++turn) {
    RepositoryFixer fixer(tools, found, aim, held);
    RepositoryEdits edits = fixer.run();
    if (fixer.parted().empty() || turn > most_turns) return edits;
    held.hold(fixer.parted());
    if (turn == most_turns) held.hold_runtimes(fixer.parted(), found.pins);
  }
}

}  // namespace buildable::pins
