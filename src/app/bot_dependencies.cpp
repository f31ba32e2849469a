#include "app/bot_dependencies.h"

#include <algorithm>

#include "rules/embedded.h"
#include "store/repository_walk.h"

namespace buildable::app {
namespace {

struct ReadingUpdate {
  std::string ecosystem;
  const bots::EcosystemFiles* files = nullptr;  // null: it moves no runtime
  bots::UpdateDirectories directories;
};

class DependencyGatherer {
 public:
  DependencyGatherer(const RepositoryChecker& checker, const ReadRepository& repository,
                     const std::vector<apply::UpdateScope>& updates)
      : checker_(checker), repository_(repository), collector_(embedded_rules()) {
    for (const apply::UpdateScope& update : updates)
      updates_.push_back({update.ecosystem, bots::files_of(update.ecosystem),
                          bots::UpdateDirectories(update.directories)});
  }

  Result<std::vector<bots::UpdatedByName>> run() {
    add_problems();
    add_pins();
    if (auto walked = add_packages(); !walked) return fail(std::move(walked.error()));
    if (!problems_.empty()) return fail(Error(std::move(problems_)));
    std::vector<bots::UpdatedByName> moved;
    for (const ReadingUpdate& update : updates_)
      moved.push_back(collector_.in(update.ecosystem, update.directories));
    return moved;
  }

 private:
  // Whether one of the entries may read the file.
  bool is_read(std::string_view path) const {
    return std::any_of(updates_.begin(), updates_.end(), [&](const ReadingUpdate& update) {
      return update.files != nullptr && update.files->may_read(path) &&
             update.directories.hold(bots::folder_of(path), update.files->reads_below);
    });
  }

  void add_problem(Diagnostic problem, std::string_view path) {
    problem.file = store::path_in(repository_.directory, path);
    problems_.push_back(std::move(problem));
  }

  // What is said of the repository as a whole counts for every entry.
  void add_problems() {
    const std::string whole = store::path_in(repository_.directory, ".");
    const std::string prefix = prefix_of(repository_.directory);
    for (const Diagnostic& problem : repository_.problems) {
      const std::string_view file = problem.file;
      const bool in_a_file =
          file != whole && file.starts_with(prefix) && file.size() > prefix.size();
      if (!in_a_file || is_read(file.substr(prefix.size()))) problems_.push_back(problem);
    }
    for (const Diagnostic& problem : repository_.found.problems)
      if (is_read(problem.file)) add_problem(problem, problem.file);
  }

  void add_pins() {
    const auto problems = app::add_pins(
        repository_, [this](std::string_view path) { return is_read(path); }, collector_);
    problems_.insert(problems_.end(), problems.begin(), problems.end());
  }

  // Every package.json: most of them name no runtime that the pins tell of.
  Result<void> add_packages() {
    store::RepositoryWalk walk;
    walk.interest = [this](std::string_view path) {
      const bool wanted =
          bots::is_package_json(path) && is_read(path) && !checker_.is_ignored(path);
      return wanted ? store::FileInterest::text : store::FileInterest::none;
    };
    walk.use = [this](const std::string& path, std::optional<std::string> text) {
      if (!text) return true;  // is among the problems of the walk
      const auto added = collector_.add_package({path, *std::move(text)});
      if (!added)
        for (const Diagnostic& problem : added.error().diagnostics()) add_problem(problem, path);
      return true;
    };
    walk.max_bytes = pins::max_pin_file_size;
    const auto walked = store::walk_repository(repository_.directory, walk);
    if (!walked) return fail(walked.error());
    problems_.insert(problems_.end(), walked->begin(), walked->end());
    return {};
  }

  const RepositoryChecker& checker_;
  const ReadRepository& repository_;
  bots::DependencyCollector collector_;
  std::vector<ReadingUpdate> updates_;
  std::vector<Diagnostic> problems_;
};

}  // namespace

std::vector<Diagnostic> add_pins(const ReadRepository& repository,
                                 const std::function<bool(std::string_view)>& is_read,
                                 bots::DependencyCollector& collector) {
  std::vector<Diagnostic> problems;
  std::string path;
  bool read = false, by_text = false;
  Result<std::string> text;
  for (const pins::Pin& pin : repository.found.pins) {
    if (pin.file != path) {
      path = pin.file;
      read = is_read(path);
      by_text = read && bots::is_read_by_its_text(path);
      if (by_text) text = store::read_again(repository.directory, path, pins::max_pin_file_size);
      if (by_text && !text)
        problems.insert(problems.end(), text.error().diagnostics().begin(),
                        text.error().diagnostics().end());
    }
    if (!read) continue;
    if (by_text && text)
      collector.add(pin, *text);
    else
      collector.add(pin);
  }
  return problems;
}

Result<std::vector<bots::UpdatedByName>> dependencies_in(
    const RepositoryChecker& checker, const ReadRepository& repository,
    const std::vector<apply::UpdateScope>& updates) {
  return DependencyGatherer(checker, repository, updates).run();
}

}  // namespace buildable::app
