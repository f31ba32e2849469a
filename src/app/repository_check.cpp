#include "app/repository_check.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <system_error>
#include <tuple>

#include "app/bot_dependencies.h"
#include "apply/renovate.h"
#include "bots/lint.h"
#include "model/track_end.h"
#include "policy/describe.h"
#include "publish/commit_walk.h"
#include "report/change.h"
#include "rules/embedded.h"

namespace buildable::app {
using store::FileInterest;
namespace {
bool is_refused_somewhere(const Rules& rules, std::string_view path) {
  for (const RuntimeRules& runtime : rules.runtimes)
    for (const BuildpackRule& buildpack : runtime.buildpacks)
      for (const RefusedFile& refused : buildpack.refuses)
        if (refused.file == path) return true;
  return false;
}

bool is_dependabot_config(std::string_view path) {
  return path == ".github/dependabot.yml" || path == ".github/dependabot.yaml";
}

bool may_configure_bot(std::string_view path) {
  return is_dependabot_config(path) || std::ranges::count(apply::renovate_config_names(), path) > 0;
}

// What the repository's own configurations of bots do about runtimes.
std::vector<pins::PinFinding> lint_bots(const ReadRepository& repository,
                                        const bots::LintContext& context) {
  std::vector<pins::PinFinding> findings;
  const auto add = [&findings](std::vector<pins::PinFinding> more) {
    std::move(more.begin(), more.end(), std::back_inserter(findings));
  };
  for (const pins::RepositoryFile& file : repository.bot_files)
    if (is_dependabot_config(file.path)) add(bots::lint_dependabot(file, context));
  // Renovate takes the first of its files.
  for (const std::string_view name : apply::renovate_config_names())
    for (const pins::RepositoryFile& file : repository.bot_files)
      if (file.path == name && apply::is_renovate_config(name, file.text)) {
        add(bots::lint_renovate(file, context));
        return findings;
      }
  return findings;
}

std::vector<std::string> remarks_of(const TrackPolicy& track) {
  if (track.valid_until.empty()) return {};
  return {"The " + track.track + " track " + (track.expired ? "ended" : "ends") + " on " +
          day_of(track.valid_until) + "."};
}

const Builder* builder_of(const Snapshot& snapshot, const std::string& reference) {
  for (const Builder& builder : snapshot.builders)
    if (builder.reference == reference) return &builder;
  return nullptr;
}

const Track* track_named(const Snapshot& snapshot, const std::string& name) {
  for (const Track& track : snapshot.tracks)
    if (track.name == name) return &track;
  return nullptr;
}

// Whether the two tracks' builders are one image, as far as is known.
bool is_same_builder(const Snapshot& snapshot, const Track& a, const Track& b) {
  const Builder* left = builder_of(snapshot, a.builder);
  const Builder* right = builder_of(snapshot, b.builder);
  if (!left || !right) return false;
  if (left == right || (!left->digest.empty() && left->digest == right->digest)) return true;
  const auto same = [](const Candidate& x, const Candidate& y) {
    return x.buildpacks == y.buildpacks;
  };
  return left->target == right->target &&
         std::equal(left->candidates.begin(), left->candidates.end(), right->candidates.begin(),
                    right->candidates.end(), same);
}

// Findings stay by file, then by place.
void add_by_file(std::vector<pins::PinFinding> more, std::vector<pins::PinFinding>& findings) {
  if (more.empty()) return;
  std::move(more.begin(), more.end(), std::back_inserter(findings));
  std::stable_sort(findings.begin(), findings.end(),
                   [](const pins::PinFinding& a, const pins::PinFinding& b) {
                     return std::tie(a.pin.file, a.pin.line, a.pin.column) <
                            std::tie(b.pin.file, b.pin.line, b.pin.column);
                   });
}

// The names as paths in the repository, and those that are seen from the working directory too.
std::vector<std::string> names_in(std::string_view prefix, const std::vector<std::string>& names) {
  std::vector<std::string> paths;
  for (std::string_view name : names) {
    while (name.starts_with("./")) name.remove_prefix(2);
    paths.emplace_back(name);
    if (!prefix.empty() && name.starts_with(prefix)) paths.emplace_back(name.substr(prefix.size()));
  }
  return paths;
}

}  // namespace

std::string prefix_of(const std::string& directory) {
  const std::string path = store::path_in(directory, "x");
  return path.substr(0, path.size() - 1);
}

bool is_folder(const std::string& root) {
  std::error_code ignored;
  return std::filesystem::is_directory(root, ignored);
}

RepositoryChecker::RepositoryChecker(const report::CheckSettings& settings,
                                     std::optional<pins::ChosenTrack> track, const State& state,
                                     Instant at)
    : settings_(settings),
      track_(std::move(track)),
      state_(state),
      at_(at),
      rules_(embedded_rules()),
      finder_(rules_),
      watch_(rules_.platform, {}, {}),
      ignored_(settings) {}

// For the pins and what stands beside them.
store::FileInterest RepositoryChecker::interest(std::string_view path) const {
  if (finder_.wants_surely(path) || watch_.wants_text(path) ||
      path == rules_.platform.components_file)
    return FileInterest::text;
  if (finder_.wants(path)) return FileInterest::glance;
  const bool present = watch_.wants(path) || is_refused_somewhere(rules_, path);
  return present ? FileInterest::presence : FileInterest::none;
}

store::FileInterest RepositoryChecker::interest_with_build(std::string_view path) const {
  const store::FileInterest interest = this->interest(path);
  if (ignored_.find(path)) {
    const bool known = interest != FileInterest::none || build::CollectedFiles::wants(path);
    return known ? FileInterest::name : FileInterest::none;
  }
  if (interest != FileInterest::none)
    return build::wants_text(path) ? FileInterest::text : interest;
  // A lock file may be too large to be read: then what it says is left open.
  if (build::wants_text(path)) return FileInterest::peek;
  if (may_configure_bot(path)) return FileInterest::glance;
  return build::wants_presence(path) ? FileInterest::presence : FileInterest::none;
}

void RepositoryChecker::count_ignored(const std::string& path, ReadRepository& repository) const {
  const bool matters = interest(path) == FileInterest::text || build::wants_text(path);
  const report::IgnoredPaths* ignored = matters ? ignored_.find(path) : nullptr;
  if (ignored) ++repository.ignored[ignored->reason];
}

// What is said on the command line goes before the settings, and these before the repository.
void RepositoryChecker::choose_track(ReadRepository& repository) const {
  repository.track = track_ ? track_->track : rules_.platform.default_track;
  repository.track_reason = track_ ? track_->reason : rules_.platform.name + "'s default";
}

void RepositoryChecker::choose_track_by(const pins::RepositoryFile& components,
                                        ReadRepository& repository) const {
  auto chosen = pins::track_of_components(components, rules_.platform);
  if (!chosen) {
    const auto& found = chosen.error().diagnostics();
    repository.problems.insert(repository.problems.end(), found.begin(), found.end());
  } else if (*chosen) {
    repository.components = std::move((*chosen)->components);
    if (!track_) {
      repository.track = (*chosen)->track;
      repository.track_reason = (*chosen)->reason;
    } else {
      for (pins::ComponentTrack& each : repository.components) each.track = repository.track;
    }
  }
}

Result<ReadRepository> RepositoryChecker::read(const std::string& root) const {
  return read(root, [&root](const store::RepositoryWalk& walk) {
    return store::walk_repository(root, walk);
  });
}

Result<ReadRepository> RepositoryChecker::read(const std::string& root,
                                               const Walker& walker) const {
  ReadRepository repository;
  repository.directory = store::directory_of_repository(root);
  choose_track(repository);
  std::optional<pins::RepositoryCollector> collector;
  std::optional<Error> no_track;
  // The file that chooses the track comes before all that is held against it.
  const auto begin = [&](const pins::RepositoryFile* first) {
    if (first && first->path == rules_.platform.components_file)
      choose_track_by(*first, repository);
    const auto track = of_track(repository.track);
    if (track) return void(collector.emplace(finder_, (*track)->judge->watch()));
    no_track = track.error();
  };
  store::RepositoryWalk walk;
  walk.interest = [this](std::string_view path) { return interest_with_build(path); };
  walk.use = [&](const std::string& path, std::optional<std::string> text) {
    if (!text) count_ignored(path, repository);
    repository.build_files.add(path, text);
    if (text && may_configure_bot(path)) repository.bot_files.push_back({path, *text});
    const store::FileInterest wanted = interest(path);
    if (wanted == FileInterest::none) return true;
    const bool unread = !text && wanted != FileInterest::presence;
    const pins::RepositoryFile file{path, std::move(text).value_or("")};
    if (!collector) begin(unread ? nullptr : &file);
    if (!collector) return false;
    return unread ? collector->add_unread(path) : collector->add(file);
  };
  walk.first = rules_.platform.components_file;
  walk.max_bytes = pins::max_pin_file_size;
  const auto walked = walker(walk);
  if (!walked) return fail(walked.error());
  if (!collector && !no_track) begin(nullptr);
  if (no_track) return fail(*std::move(no_track));
  repository.problems.insert(repository.problems.end(), walked->begin(), walked->end());
  if (auto shortfall = collector->shortfall()) {
    shortfall->file = store::path_in(repository.directory, ".");
    repository.problems.push_back(*std::move(shortfall));
  }
  repository.found = collector->take();
  return repository;
}

std::vector<pins::CurrentBuilder> RepositoryChecker::builders() const {
  std::vector<pins::CurrentBuilder> builders;
  for (const Track& track : state_.snapshot.tracks) {
    const auto end = track_end(track.valid_until);
    builders.push_back({track.name, track.builder, end && *end && **end <= at_});
  }
  return builders;
}

std::vector<std::string> RepositoryChecker::track_and_next(const std::string& track) const {
  std::vector<std::string> wanted{track};
  const Track* now = track_named(state_.snapshot, track);
  for (const TrackRules& rules : rules_.platform.tracks) {
    if (rules.name != track || !now) continue;
    const Track* next = track_named(state_.snapshot, rules.next);
    if (next && !is_same_builder(state_.snapshot, *now, *next)) wanted.push_back(rules.next);
  }
  return wanted;
}

Result<std::unique_ptr<RepositoryChecker::OfTrack>> RepositoryChecker::compile_track(
    const std::string& track) const {
  if (auto known = require_track(state_, track, at_); !known) return fail(known.error());
  auto policy = policy_of(state_, at_, track_and_next(track));
  if (!policy) return fail(std::move(policy.error()));
  auto made = std::make_unique<OfTrack>();
  made->policy = std::move(*policy);
  const TrackPolicy& view = *made->policy.find(track);
  made->judge = std::make_unique<report::TrackJudge>(rules_, made->policy, view, builders());
  if (const auto& problem = made->judge->no_forecast()) return fail(*problem);
  made->remarks = remarks_of(view);
  return made;
}

Result<const RepositoryChecker::OfTrack*> RepositoryChecker::of_track(
    const std::string& track) const {
  const std::lock_guard<std::mutex> lock(compiling_);
  auto found = tracks_.find(track);
  if (found == tracks_.end()) found = tracks_.emplace(track, compile_track(track)).first;
  if (!found->second) return fail(found->second.error());
  return found->second->get();
}

Result<const Policy*> RepositoryChecker::policy(const std::string& track) const {
  const auto found = of_track(track);
  if (!found) return fail(found.error());
  return &(*found)->policy;
}

report::RepositoryReport RepositoryChecker::check(const std::string& root) const {
  return check(root, [&root](const store::RepositoryWalk& walk) {
    return store::walk_repository(root, walk);
  });
}

report::RepositoryReport RepositoryChecker::check_since(const std::string& root,
                                                        const std::string& revision) const {
  report::RepositoryReport report = check(root);
  const auto refuse = [&report](const Error& error) {
    const auto& problems = error.diagnostics();
    report.judgement.problems.insert(report.judgement.problems.end(), problems.begin(),
                                     problems.end());
    return report;
  };
  if (!is_folder(root))
    return refuse(Error(Diagnostic{.message = "a single file has no commits to compare",
                                   .file = root,
                                   .hint = "give the directory of the repository"}));
  const auto base = publish::base_commit(root, revision);
  if (!base) return refuse(base.error());
  const auto walk_base = [&](const store::RepositoryWalk& walk) {
    return publish::walk_commit(root, base->id, walk);
  };
  const report::RepositoryReport before = check(root, walk_base);
  // Where the base cannot be read at all, everything would count as brought by the change.
  if (before.judgement.track.empty()) return refuse(Error(before.judgement.problems));
  report::keep_change(before, report);
  constexpr std::size_t short_id = 12;
  report.remarks.push_back("Only problems that are new since " + base->id.substr(0, short_id) +
                           " are counted.");
  if (!base->remark.empty()) report.remarks.push_back(base->remark);
  return report;
}

report::RepositoryReport RepositoryChecker::check_changed(
    const std::string& root, const std::vector<std::string>& changed) const {
  const auto walk = [&root](const store::RepositoryWalk& wanted) {
    return store::walk_repository(root, wanted);
  };
  return check(root, walk, &changed);
}

std::vector<report::ForetoldBuild> RepositoryChecker::builds_of(const ReadRepository& repository,
                                                                const build::Files& files) const {
  return report::foretold(repository.track, repository.components, [&](const std::string& track) {
    const auto known = of_track(track);
    return known ? (*known)->judge->foretell(files) : std::vector<build::Forecast>();
  });
}

report::RepositoryReport RepositoryChecker::check(const std::string& root, const Walker& walker,
                                                  const std::vector<std::string>* changed) const {
  auto repository = read(root, walker);
  if (repository) return judge(root, *std::move(repository), changed);
  report::RepositoryReport report{
      .name = root, .prefix = {}, .track_reason = {}, .remarks = {}, .judgement = {}, .builds = {}};
  report.judgement.problems = repository.error().diagnostics();
  return report;
}

std::vector<pins::PinFinding> RepositoryChecker::lint(const ReadRepository& repository,
                                                      const Policy& policy) const {
  if (repository.bot_files.empty()) return {};
  bots::DependencyCollector collector(rules_);
  // What cannot be read is told of elsewhere.
  (void)add_pins(
      repository, [](std::string_view) { return true; }, collector);
  for (const pins::RepositoryFile& file : repository.bot_files)
    if (bots::is_package_json(file.path)) (void)collector.add_package(file);
  const bots::UpdatedDependencies dependencies = collector.all();
  return lint_bots(repository, {rules_, *policy.find(repository.track), dependencies});
}

report::RepositoryReport RepositoryChecker::judge(const std::string& root,
                                                  ReadRepository repository,
                                                  const std::vector<std::string>* changed) const {
  const OfTrack& track = **of_track(repository.track);  // known, since it was read for it
  report::RepositoryReport report{.name = root,
                                  .prefix = prefix_of(repository.directory),
                                  .track_reason = repository.track_reason,
                                  .remarks = track.remarks,
                                  .judgement = {},
                                  .builds = {}};
  for (const auto& [reason, count] : repository.ignored)
    report.remarks.push_back(
        (count == 1 ? "1 ignored file is" : std::to_string(count) + " ignored files are") +
        " not read: " + reason);
  for (Diagnostic& problem : repository.found.problems)
    problem.file = store::path_in(repository.directory, problem.file);
  // Before the pins are judged, which takes them.
  const std::vector<pins::PinFinding> linted = lint(repository, track.policy);
  report.judgement = track.judge->pins().judge(std::move(repository.found));
  add_by_file(linted, report.judgement.findings);
  auto& problems = report.judgement.problems;
  problems.insert(problems.begin(), repository.problems.begin(), repository.problems.end());
  const build::Files files = repository.build_files.files();
  if (is_folder(root)) report.builds = builds_of(repository, files);
  report::note_ending_series(track.policy, rules_, report.builds);
  report::follow_the_build(report.builds, report.judgement);
  report::take_older_targets(*track.policy.find(repository.track), report.builds, report.judgement);
  report::drop_ignored(settings_, report.prefix, problems);
  report::apply_settings(settings_, report.judgement);
  report::apply_settings(settings_, report.judgement, report.builds);
  if (!changed) return report;
  const auto names = names_in(report.prefix, *changed);
  report::keep_changed_files(names, builds_of(repository, build::without_knowing(files, names)),
                             report);
  report.remarks.push_back("Only problems that the changed files cause are counted.");
  return report;
}

}  // namespace buildable::app
