#include "app/repository_fix.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "app/file_changes.h"
#include "app/fix_search.h"
#include "rules/embedded.h"
#include "store/file_reader.h"

namespace buildable::app {
namespace {

// Pins that look as if the build failed on them and that it takes, as the repository is now: a
// prerelease that an inventory lists is one.
class TakenPins {
 public:
  // The builds are those that are foretold of the repository as it is.
  TakenPins(const TrackPolicy& track, std::vector<report::ForetoldBuild> builds)
      : track_(track), builds_(std::move(builds)) {}

  // The first judgement is the one of the repository as it is.
  void adjust(pins::RepositoryJudgement& judgement) {
    if (!taken_) remember(judgement);
    for (pins::PinFinding& finding : judgement.findings) {
      if (!taken_->contains(id_of(finding))) continue;
      finding.verdict = Verdict::buildable;
      finding.level = Level::note;
    }
  }

 private:
  using Id = std::tuple<std::string, std::string, std::string>;
  static Id id_of(const pins::PinFinding& finding) {
    return {finding.pin.file, finding.pin.key, finding.pin.value};
  }

  void remember(const pins::RepositoryJudgement& judgement) {
    taken_.emplace();
    pins::RepositoryJudgement followed = judgement;
    report::follow_the_build(builds_, followed);
    report::take_older_targets(track_, builds_, followed);
    for (std::size_t i = 0; i < judgement.findings.size(); ++i)
      if (judgement.findings[i].verdict == Verdict::unbuildable &&
          followed.findings[i].verdict == Verdict::buildable)
        taken_->insert(id_of(followed.findings[i]));
  }

  const TrackPolicy& track_;
  std::vector<report::ForetoldBuild> builds_;
  std::optional<std::set<Id>> taken_;
};

pins::RepositoryEdits plan_of(const RepositoryChecker& checker, const FixRequest& request,
                              ReadRepository& repository, const Policy& policy,
                              const pins::FixLimits& limits, TakenPins& taken) {
  const pins::PinJudge judge(embedded_rules(), policy, repository.track);
  const std::string& directory = repository.directory;
  const pins::FixTools tools{
      .rules = embedded_rules(),
      .track = *policy.find(repository.track),
      .finder = checker.finder(),
      .judge = judge,
      .read =
          [&directory](const std::string& path) {
            return store::read_again(directory, path, pins::max_pin_file_size);
          },
      .adjust =
          [&checker, &taken](pins::RepositoryJudgement& it) {
            taken.adjust(it);
            report::apply_settings(checker.settings(), it);
          },
      .has_file =
          [&directory](const std::string& path) {
            std::error_code error;
            return std::filesystem::exists(store::path_in(directory, path), error);
          },
      .limits = limits,
      .whole = is_folder(request.root)};
  return pins::fix_pins(tools, repository.found, request.aim);
}

// The pins that a comment ignores, for the settings of builds.
pins::RepositoryJudgement ignored_pins(const ReadRepository& repository) {
  pins::RepositoryJudgement ignored;
  for (const pins::Pin& pin : repository.found.pins)
    if (pin.ignored) ignored.findings.push_back({.pin = pin});
  return ignored;
}

Diagnostic failure_of(const ReadRepository& repository, const build::Forecast& forecast,
                      const std::string& what) {
  return {.message = what + forecast.reason,
          .file = store::path_in(repository.directory, forecast.file.empty() ? "." : forecast.file),
          .line = forecast.line,
          .column = 0,
          .path = {},
          .hint = forecast.help};
}

// What is wrong with the repository other than with its pins; nothing where what remains says it.
std::vector<Diagnostic> build_failures(const RepositoryChecker& checker,
                                       const ReadRepository& repository,
                                       const std::vector<build::ChangedFile>& changed,
                                       const pins::RepositoryJudgement& ignored,
                                       const std::vector<pins::PinFinding>& remaining) {
  const build::Files before = repository.build_files.files();
  std::vector<report::ForetoldBuild> builds =
      checker.builds_of(repository, build::with_changes(before, changed));
  report::apply_settings(checker.settings(), ignored, builds);
  std::vector<Diagnostic> failures;
  for (const report::ForetoldBuild& build : builds) {
    const build::Forecast& forecast = build.forecast;
    const auto says_it = [&](const pins::PinFinding& each) {
      return each.pin.file == forecast.file;
    };
    if (!build.fails() || forecast.runtime.empty() ||
        std::any_of(remaining.begin(), remaining.end(), says_it))
      continue;
    failures.push_back(failure_of(repository, forecast, "the build still fails: "));
  }
  return failures;
}

void add(std::vector<Diagnostic>& all, const std::vector<Diagnostic>& more) {
  all.insert(all.end(), more.begin(), more.end());
}

// Of a single file no build is foretold.
std::vector<report::ForetoldBuild> builds_now(const RepositoryChecker& checker,
                                              const FixRequest& request,
                                              const ReadRepository& repository) {
  if (!is_folder(request.root)) return {};
  return checker.builds_of(repository, repository.build_files.files());
}

}  // namespace

RepositoryFix fix_repository(const RepositoryChecker& checker, const FixRequest& request) {
  RepositoryFix fix;
  auto repository = checker.read(request.root);
  if (!repository) {
    add(fix.failures, repository.error().diagnostics());
    return fix;
  }
  fix.track = repository->track;
  fix.track_reason = repository->track_reason;
  fix.failures = repository->problems;
  const auto policy = checker.policy(repository->track);
  if (!policy) {
    add(fix.failures, policy.error().diagnostics());
    return fix;
  }
  const std::string directory = repository->directory;
  const pins::RepositoryJudgement ignored = ignored_pins(*repository);
  const std::vector<report::ForetoldBuild> builds = builds_now(checker, request, *repository);
  TakenPins taken(*(*policy)->find(repository->track), builds);
  FileChanger changer(directory, request.dry_run);
  FixSearch search(checker, *repository, builds, changer);
  pins::RepositoryEdits plan;
  do {
    plan = plan_of(checker, request, *repository, **policy, search.limits(), taken);
  } while (search.goes_on(plan));
  add(fix.failures, search.take_failures());
  if (const report::ForetoldBuild* broken = search.broken()) {
    fix.failures.push_back(failure_of(*repository, broken->forecast,
                                      "nothing is written, since the build would then fail: "));
    plan.changes.clear();
    plan.done.clear();
  }
  changer.make(plan.changes);
  for (pins::FixedThing& thing : plan.done) {
    if (!changer.is_made(thing)) continue;
    thing.what.file = store::path_in(directory, thing.what.file);
    fix.done.push_back(std::move(thing.what));
  }
  add(fix.failures, changer.take_failures());
  fix.changes = changer.take_changes();
  if (is_folder(request.root))
    fix.build_failures = build_failures(checker, *repository, changer.changed(plan.changes),
                                        ignored, plan.remaining);
  fix.remaining = std::move(plan.remaining);
  for (pins::PinFinding& finding : fix.remaining)
    finding.pin.file = store::path_in(directory, finding.pin.file);
  fix.left = std::move(plan.left);
  for (Diagnostic& left : fix.left) left.file = store::path_in(directory, left.file);
  fix.problems = std::move(plan.problems);
  for (Diagnostic& problem : fix.problems) problem.file = store::path_in(directory, problem.file);
  fix.is_good = fix.changes.empty() && fix.remaining.empty() && fix.failures.empty() &&
                fix.problems.empty() && fix.build_failures.empty();
  return fix;
}

}  // namespace buildable::app
