#include "app/bot_dependencies.h"

#include "rules/embedded.h"
#include "store/repository_walk.h"

namespace buildable::app {
namespace {

// Every package.json: most of them name no runtime that the pins tell of.
Result<void> add_packages(const RepositoryChecker& checker, const std::string& directory,
                          bots::DependencyCollector& collector) {
  std::vector<Diagnostic> problems;
  store::RepositoryWalk walk;
  walk.interest = [&checker](std::string_view path) {
    const bool wanted = bots::is_package_json(path) && !checker.is_ignored(path);
    return wanted ? store::FileInterest::text : store::FileInterest::none;
  };
  walk.use = [&](const std::string& path, std::optional<std::string> text) {
    if (!text) return true;  // is among the problems of the walk
    const auto added = collector.add_package({path, *std::move(text)});
    if (added) return true;
    for (Diagnostic problem : added.error().diagnostics()) {
      problem.file = store::path_in(directory, path);
      problems.push_back(std::move(problem));
    }
    return true;
  };
  walk.max_bytes = pins::max_pin_file_size;
  const auto walked = store::walk_repository(directory, walk);
  if (!walked) return fail(walked.error());
  problems.insert(problems.end(), walked->begin(), walked->end());
  if (!problems.empty()) return fail(Error(std::move(problems)));
  return {};
}

}  // namespace

Result<bots::UpdatedDependencies> dependencies_in(const RepositoryChecker& checker,
                                                  const ReadRepository& repository) {
  std::vector<Diagnostic> problems = repository.problems;
  for (Diagnostic problem : repository.found.problems) {
    problem.file = store::path_in(repository.directory, problem.file);
    problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return fail(Error(std::move(problems)));
  bots::DependencyCollector collector(embedded_rules());
  for (const pins::Pin& pin : repository.found.pins) collector.add(pin);
  if (auto added = add_packages(checker, repository.directory, collector); !added)
    return fail(std::move(added.error()));
  return collector.take();
}

}  // namespace buildable::app
