#include <algorithm>
#include <filesystem>
#include <ostream>
#include <set>

#include "base/text.h"
#include "base/unified_diff.h"
#include "cli/commands.h"
#include "cli/repository_check.h"
#include "pins/mend_repository.h"
#include "report/settings.h"
#include "store/file_edit.h"
#include "store/file_reader.h"

namespace buildable {
namespace {

constexpr std::string_view no_file = "/dev/null";

// A name in a diff: "a/src/x"; of an absolute path "a/home/x".
std::string diff_name(std::string_view side, std::string_view path, bool exists) {
  if (!exists) return std::string(no_file);
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  return std::string(side) + std::string(path);
}

class Fixer {
 public:
  Fixer(const Context& context, const FixArguments& arguments, const RepositoryChecker& checker)
      : context_(context), arguments_(arguments), checker_(checker) {}

  void fix(const std::string& root);

  int code() const {
    if (failed_) return exit_failed;
    return remains_ ? exit_unbuildable : exit_good;
  }

 private:
  void report(const Diagnostic& diagnostic);
  void tell(const RepositoryMending& mending);
  void tell_build(const ReadRepository& repository, const RepositoryMending& mending,
                  const RepositoryJudgement& ignored);
  void make(const std::vector<FileChange>& changes);
  bool make(const FileChange& change, bool is_link);
  bool is_made(const MendedThing& thing) const;
  Result<void> write(const FileChange& change) const;
  Result<void> hold_link(const FileChange& change) const;
  void print(const FileChange& change) const;
  std::string shown(std::string_view file) const { return path_in(directory_, file); }

  const Context& context_;
  const FixArguments& arguments_;
  const RepositoryChecker& checker_;
  std::string directory_;
  std::set<std::string> not_written_;  // files of the repository; links among them
  bool failed_ = false;
  bool remains_ = false;
};

void Fixer::report(const Diagnostic& diagnostic) {
  context_.err << "buildable: " << to_text(diagnostic) << '\n';
  failed_ = true;
}

void Fixer::print(const FileChange& change) const {
  const std::string name = printable(shown(change.path));
  context_.out << unified_diff(change.before.value_or(""), change.after.value_or(""),
                               diff_name("a/", name, change.before.has_value()),
                               diff_name("b/", name, change.after.has_value()));
}

// A link to a file of the repository says what that file says by now.
Result<void> Fixer::hold_link(const FileChange& change) const {
  const auto text = read_file(shown(change.path));
  if (text && change.after && *text == *change.after) return {};
  return fail(Diagnostic{.message = "is a symbolic link: left alone",
                         .file = shown(change.path),
                         .hint = "edit what it leads to"});
}

Result<void> Fixer::write(const FileChange& change) const {
  const std::string path = shown(change.path);
  if (!change.after) return remove_text(path, *change.before);
  if (!change.before) return create_text(path, *change.after);
  return replace_text(path, *change.before, *change.after);
}

bool Fixer::make(const FileChange& change, bool is_link) {
  if (!arguments_.dry_run) {
    if (const auto done = is_link ? hold_link(change) : write(change); !done) {
      for (const Diagnostic& each : done.error().diagnostics()) report(each);
      not_written_.insert(change.path);
      return false;
    }
  }
  if (!is_link) print(change);
  return true;
}

// Links come after what they may lead to. Nothing goes while what should stand elsewhere does not.
void Fixer::make(const std::vector<FileChange>& changes) {
  not_written_.clear();
  std::vector<const FileChange*> links, removals;
  bool good = true;
  for (const FileChange& change : changes) {
    std::error_code error;
    if (!change.after)
      removals.push_back(&change);
    else if (std::filesystem::is_symlink(shown(change.path), error))
      links.push_back(&change);
    else
      good = make(change, false) && good;
  }
  for (const FileChange* link : links) {
    good = make(*link, true) && good;
    not_written_.insert(link->path);
  }
  for (const FileChange* removal : removals) {
    std::error_code error;
    const bool link = std::filesystem::is_symlink(shown(removal->path), error);
    if (!good || !make(*removal, link)) not_written_.insert(removal->path);
  }
}

bool Fixer::is_made(const MendedThing& thing) const {
  return std::none_of(thing.files.begin(), thing.files.end(),
                      [this](const std::string& file) { return not_written_.contains(file); });
}

void Fixer::tell(const RepositoryMending& mending) {
  for (const MendedThing& thing : mending.done) {
    if (!is_made(thing)) continue;
    Diagnostic done = thing.what;
    done.file = shown(done.file);
    if (arguments_.dry_run) done.message += " (not written: --dry-run)";
    context_.say(to_text(done));
  }
  for (const PinFinding& finding : mending.remaining) {
    const Pin& pin = finding.pin;
    const std::string what =
        pin.value.empty() ? pin.place : pin.place + " says " + buildable::quoted(pin.value);
    context_.err << to_text({.message = "left as it is: " + what + ": " + finding.reason,
                             .file = shown(pin.file),
                             .line = pin.line,
                             .column = pin.column,
                             .path = {},
                             .hint = {}})
                 << '\n';
  }
  remains_ = remains_ || !mending.remaining.empty();
  for (Diagnostic problem : mending.problems) {
    problem.file = shown(problem.file);
    report(problem);
  }
}

// What is wrong with the repository other than with its pins; nothing where what remains says it.
void Fixer::tell_build(const ReadRepository& repository, const RepositoryMending& mending,
                       const RepositoryJudgement& ignored) {
  std::vector<build::ChangedFile> changes;
  for (const FileChange& each : mending.changes)
    if (!not_written_.contains(each.path)) changes.push_back({each.path, each.after});
  const build::Files before = repository.build_files.files();
  std::vector<ForetoldBuild> builds =
      checker_.builds_of(repository, build::with_changes(before, changes));
  apply_settings(context_.config.check, ignored, builds);
  for (const ForetoldBuild& build : builds) {
    const build::Forecast& forecast = build.forecast;
    const auto says_it = [&](const PinFinding& each) { return each.pin.file == forecast.file; };
    if (!build.fails() || forecast.runtime.empty() ||
        std::any_of(mending.remaining.begin(), mending.remaining.end(), says_it))
      continue;
    remains_ = true;
    context_.err << to_text({.message = "the build still fails: " + forecast.reason,
                             .file = shown(forecast.file.empty() ? "." : forecast.file),
                             .line = forecast.line,
                             .column = 0,
                             .path = {},
                             .hint = forecast.help})
                 << '\n';
  }
}

void Fixer::fix(const std::string& root) {
  auto repository = checker_.read(root);
  if (!repository) {
    for (const Diagnostic& each : repository.error().diagnostics()) report(each);
    return;
  }
  directory_ = repository->directory;
  for (const Diagnostic& each : repository->problems) report(each);
  const auto policy = checker_.policy(repository->track);
  if (!policy) {
    for (const Diagnostic& each : policy.error().diagnostics()) report(each);
    return;
  }
  RepositoryJudgement ignored;
  for (const Pin& pin : repository->found.pins)
    if (pin.ignored) ignored.findings.push_back({.pin = pin});
  std::error_code error;
  const PinJudge judge(embedded_rules(), **policy, repository->track);
  const MendingTools tools{
      .rules = embedded_rules(),
      .track = *(*policy)->find(repository->track),
      .finder = checker_.finder(),
      .judge = judge,
      .read =
          [this](const std::string& path) {
            return read_again(directory_, path, max_pin_file_size);
          },
      .adjust = [this](RepositoryJudgement& it) { apply_settings(context_.config.check, it); },
      .whole = std::filesystem::is_directory(root, error)};
  const RepositoryMending mending = mend_repository(
      tools, std::move(repository->found), arguments_.upgrade ? MendAim::newest : MendAim::nearest);
  make(mending.changes);
  tell(mending);
  if (tools.whole) tell_build(*repository, mending, ignored);
  if (mending.changes.empty() && mending.remaining.empty())
    context_.say(printable(root) + ": nothing to change on the " + repository->track + " track (" +
                 printable(repository->track_reason) + ")");
}

}  // namespace

int command_fix(const Context& context, const FixArguments& arguments) {
  if (auto good = check_settings(context.config.check, embedded_rules().platform); !good)
    return context.failed(good.error());
  const auto in_force = state_in_force(context);
  if (!in_force) return context.failed(in_force.error());
  const RepositoryChecker checker(context, in_force->state, in_force->at);
  Fixer fixer(context, arguments, checker);
  if (arguments.paths.empty()) fixer.fix(".");
  for (const std::string& path : arguments.paths) fixer.fix(path);
  return fixer.code();
}

}  // namespace buildable
