#include "app/repository_fix.h"

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

#include "base/text.h"
#include "rules/embedded.h"
#include "store/file_edit.h"
#include "store/file_reader.h"

namespace buildable::app {
namespace {

// Makes the changes of one repository, as far as its files still say what was found in them.
class FileChanger {
 public:
  FileChanger(std::string directory, bool dry_run)
      : directory_(std::move(directory)), dry_run_(dry_run) {}

  void make(const std::vector<pins::FileChange>& changes);

  bool is_made(const pins::FixedThing& thing) const;
  // As the files are once all is made that could be.
  std::vector<build::ChangedFile> changed(const std::vector<pins::FileChange>& changes) const;
  std::vector<Diagnostic> take_failures() { return std::move(failures_); }
  std::vector<pins::FileChange> take_changes() { return std::move(made_); }

 private:
  bool make(const pins::FileChange& change, bool is_link);
  bool may_remove(const pins::FileChange& removal);
  bool leave(const pins::FileChange& change, const Result<void>& done);
  Result<void> write(const pins::FileChange& change) const;
  Result<void> hold_link(const pins::FileChange& change) const;
  std::string shown(std::string_view file) const { return store::path_in(directory_, file); }

  std::string directory_;
  bool dry_run_;
  std::set<std::string> not_written_;  // files of the repository; links among them
  std::vector<Diagnostic> failures_;
  std::vector<pins::FileChange> made_;
};

// A link to a file of the repository says what that file says by now.
Result<void> FileChanger::hold_link(const pins::FileChange& change) const {
  const auto text = store::read_file(shown(change.path));
  if (text && change.after && *text == *change.after) return {};
  return fail(Diagnostic{.message = "is a symbolic link: left alone",
                         .file = shown(change.path),
                         .hint = "edit what it leads to"});
}

Result<void> FileChanger::write(const pins::FileChange& change) const {
  const std::string path = shown(change.path);
  if (!change.after) return store::remove_text(path, *change.before);
  if (!change.before) return store::create_text(path, *change.after);
  return store::replace_text(path, *change.before, *change.after);
}

bool FileChanger::leave(const pins::FileChange& change, const Result<void>& done) {
  const auto& found = done.error().diagnostics();
  failures_.insert(failures_.end(), found.begin(), found.end());
  not_written_.insert(change.path);
  return false;
}

bool FileChanger::may_remove(const pins::FileChange& removal) {
  const std::string path = shown(removal.path);
  std::error_code error;
  if (dry_run_ || std::filesystem::is_symlink(path, error)) return true;
  const auto may = store::may_remove_text(path, *removal.before);
  return may || leave(removal, may);
}

bool FileChanger::make(const pins::FileChange& change, bool is_link) {
  if (!dry_run_) {
    if (const auto done = is_link ? hold_link(change) : write(change); !done)
      return leave(change, done);
  }
  if (!is_link) made_.push_back({shown(change.path), change.before, change.after});
  return true;
}

// Links come after what they may lead to. Nothing goes while what should stand elsewhere does not,
// and nothing new comes where what it replaces cannot go.
void FileChanger::make(const std::vector<pins::FileChange>& changes) {
  std::vector<const pins::FileChange*> links, removals;
  bool good = true;
  for (const pins::FileChange& change : changes)
    if (!change.after && !may_remove(change)) good = false;
  const bool all_may_go = good;
  for (const pins::FileChange& change : changes) {
    std::error_code error;
    if (!change.before && !all_may_go)
      not_written_.insert(change.path);
    else if (!change.after)
      removals.push_back(&change);
    else if (std::filesystem::is_symlink(shown(change.path), error))
      links.push_back(&change);
    else
      good = make(change, false) && good;
  }
  for (const pins::FileChange* link : links) {
    good = make(*link, true) && good;
    not_written_.insert(link->path);
  }
  for (const pins::FileChange* removal : removals) {
    std::error_code error;
    const bool link = std::filesystem::is_symlink(shown(removal->path), error);
    if (not_written_.contains(removal->path)) continue;
    if (!good || !make(*removal, link)) not_written_.insert(removal->path);
  }
}

bool FileChanger::is_made(const pins::FixedThing& thing) const {
  return std::none_of(thing.files.begin(), thing.files.end(),
                      [this](const std::string& file) { return not_written_.contains(file); });
}

std::vector<build::ChangedFile> FileChanger::changed(
    const std::vector<pins::FileChange>& changes) const {
  std::vector<build::ChangedFile> changed;
  for (const pins::FileChange& each : changes)
    if (!not_written_.contains(each.path)) changed.push_back({each.path, each.after});
  return changed;
}

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
                              ReadRepository& repository, const Policy& policy) {
  const pins::PinJudge judge(embedded_rules(), policy, repository.track);
  const std::string& directory = repository.directory;
  TakenPins taken(*policy.find(repository.track),
                  is_folder(request.root)
                      ? checker.builds_of(repository, repository.build_files.files())
                      : std::vector<report::ForetoldBuild>());
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
    failures.push_back(
        {.message = "the build still fails: " + forecast.reason,
         .file = store::path_in(repository.directory, forecast.file.empty() ? "." : forecast.file),
         .line = forecast.line,
         .column = 0,
         .path = {},
         .hint = forecast.help});
  }
  return failures;
}

std::vector<build::ChangedFile> planned(const std::vector<pins::FileChange>& changes) {
  std::vector<build::ChangedFile> files;
  files.reserve(changes.size());
  for (const pins::FileChange& each : changes) files.push_back({each.path, each.after});
  return files;
}

// A build that does not fail now and would fail after the changes: it is foretold before anything
// is written.
std::optional<Diagnostic> broken_build(const RepositoryChecker& checker,
                                       const ReadRepository& repository,
                                       const std::vector<pins::FileChange>& changes) {
  if (changes.empty()) return std::nullopt;
  const build::Files before = repository.build_files.files();
  const auto now = checker.builds_of(repository, before);
  const auto then = checker.builds_of(repository, build::with_changes(before, planned(changes)));
  for (std::size_t i = 0; i < then.size() && i < now.size(); ++i) {
    const build::Forecast& forecast = then[i].forecast;
    if (!then[i].fails() || now[i].fails()) continue;
    return Diagnostic{
        .message = "nothing is written, since the build would then fail: " + forecast.reason,
        .file = store::path_in(repository.directory, forecast.file.empty() ? "." : forecast.file),
        .line = forecast.line,
        .column = 0,
        .path = {},
        .hint = forecast.help};
  }
  return std::nullopt;
}

void add(std::vector<Diagnostic>& all, const Error& error) {
  all.insert(all.end(), error.diagnostics().begin(), error.diagnostics().end());
}

}  // namespace

RepositoryFix fix_repository(const RepositoryChecker& checker, const FixRequest& request) {
  RepositoryFix fix;
  auto repository = checker.read(request.root);
  if (!repository) {
    add(fix.failures, repository.error());
    return fix;
  }
  fix.track = repository->track;
  fix.track_reason = repository->track_reason;
  fix.failures = repository->problems;
  const auto policy = checker.policy(repository->track);
  if (!policy) {
    add(fix.failures, policy.error());
    return fix;
  }
  const std::string directory = repository->directory;
  const pins::RepositoryJudgement ignored = ignored_pins(*repository);
  pins::RepositoryEdits plan = plan_of(checker, request, *repository, **policy);
  fix.is_good = plan.changes.empty() && plan.remaining.empty();
  if (is_folder(request.root))
    if (auto broken = broken_build(checker, *repository, plan.changes)) {
      fix.failures.push_back(*std::move(broken));
      plan.changes.clear();
      plan.done.clear();
    }
  FileChanger changer(directory, request.dry_run);
  changer.make(plan.changes);
  for (pins::FixedThing& thing : plan.done) {
    if (!changer.is_made(thing)) continue;
    thing.what.file = store::path_in(directory, thing.what.file);
    fix.done.push_back(std::move(thing.what));
  }
  const std::vector<Diagnostic> unwritten = changer.take_failures();
  fix.failures.insert(fix.failures.end(), unwritten.begin(), unwritten.end());
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
  return fix;
}

}  // namespace buildable::app
