#include "serve/check_files.h"

#include <algorithm>

#include "base/json_codec.h"
#include "base/text.h"
#include "pins/collect.h"
#include "pins/judge_track.h"
#include "report/report.h"
#include "serve/api.h"

namespace buildable::http {
namespace {

std::vector<pins::CurrentBuilder> builders_of(const Policy& policy) {
  std::vector<pins::CurrentBuilder> builders;
  for (const TrackPolicy& track : policy.tracks)
    builders.push_back({track.track, track.builder, track.expired});
  return builders;
}

bool is_json(std::string_view content_type) {
  return to_lower_ascii(trim(content_type.substr(0, content_type.find(';')))) == "application/json";
}

// What a request asks for beyond the bounds of files; empty: nothing.
std::string excess_of(const CheckRequest& request) {
  if (request.files.size() > most_checked_files)
    return std::to_string(request.files.size()) + " files; at most " +
           std::to_string(most_checked_files) + " are checked at once";
  for (const auto& [path, text] : request.files)
    if (path.size() > longest_path)
      return "a path of " + std::to_string(path.size()) + " bytes; at most " +
             std::to_string(longest_path) + " are taken";
  return {};
}

// Whether the path leads out of the repository, or is not the one way to write it.
bool is_odd(std::string_view path) {
  const std::vector<std::string_view> names = split(path, '/');
  return path.find('\0') != std::string_view::npos ||
         std::any_of(names.begin(), names.end(), [](std::string_view name) {
           return name.empty() || name == "." || name == "..";
         });
}

// Of the first path that cannot be one of a repository.
Result<void> check_paths(const CheckRequest& request) {
  for (const auto& [path, text] : request.files)
    if (is_odd(path))
      return fail(
          Diagnostic{.message = in_quotes(shortened(path)) + " is not a path in a repository",
                     .path = "files",
                     .hint = "write paths as Git lists them: \"web/package.json\""});
  return {};
}

tl::unexpected<NoReport> no_report(int status, Error error) {
  return tl::unexpected(NoReport{status, std::move(error)});
}

tl::unexpected<NoReport> too_much(const std::string& what) {
  return no_report(413, Error(Diagnostic{.message = what,
                                         .hint = "send only files that hold pins, in several "
                                                 "requests, or run `buildable check`"}));
}

AnswerPtr refused(const NoReport& why) {
  return why.status == 503 ? busy("the check was stopped") : problem(why.status, why.error);
}

}  // namespace

FileChecker::FileChecker(const Rules& rules, const Policy& policy)
    : rules_(rules), policy_(policy), finder_(rules) {
  for (const TrackPolicy& track : policy.tracks)
    tracks_[track.track] =
        std::make_unique<report::TrackJudge>(rules, policy, track, builders_of(policy));
}

// What the build would do if the repository held these files alone.
std::vector<report::ForetoldBuild> FileChecker::builds_of(const CheckRequest& request,
                                                          const pins::ChosenTrack& chosen,
                                                          const std::function<bool()>& stop) const {
  std::vector<build::SourceFile> sources;
  sources.reserve(request.files.size());
  for (const auto& [path, text] : request.files) sources.push_back({.path = path, .text = text});
  const build::Files files(std::move(sources));
  return report::foretold(chosen.track, chosen.components, [&](const std::string& track) {
    const auto found = tracks_.find(track);
    return found == tracks_.end() ? std::vector<build::Forecast>()
                                  : found->second->foretell(files, stop);
  });
}

// What is asked for goes before what the repository chooses.
Result<pins::ChosenTrack> FileChecker::track_of(const CheckRequest& request) const {
  pins::ChosenTrack chosen{rules_.platform.default_track, {}, {}};
  const auto components = request.files.find(rules_.platform.components_file);
  if (components != request.files.end()) {
    auto read = pins::track_of_components({components->first, components->second}, rules_.platform);
    if (!read && request.track.empty()) return fail(read.error());
    if (read && *read) chosen = **std::move(read);
  }
  if (request.track.empty()) return chosen;
  chosen.track = request.track;
  for (pins::ComponentTrack& each : chosen.components) each.track = request.track;
  return chosen;
}

Result<const report::TrackJudge*> FileChecker::judge_of(const std::string& track) const {
  const auto found = tracks_.find(track);
  if (found != tracks_.end()) return found->second.get();
  std::vector<std::string> names;
  for (const auto& [name, judge] : tracks_) names.push_back(name);
  return fail(Diagnostic{.message = "no track " + in_quotes(track),
                         .path = "track",
                         .hint = "tracks: " + join(names, ", ")});
}

tl::expected<report::Report, NoReport> FileChecker::report(
    const CheckRequest& request, const std::function<bool()>& stop) const {
  if (const std::string excess = excess_of(request); !excess.empty()) return too_much(excess);
  if (auto good = check_paths(request); !good) return no_report(400, std::move(good.error()));
  const auto chosen = track_of(request);
  if (!chosen) return no_report(404, chosen.error());
  const auto judge = judge_of(chosen->track);
  if (!judge) return no_report(404, judge.error());
  const auto nobody_waits = [] { return no_report(503, Error(Diagnostic{.message = "stopped"})); };
  pins::RepositoryCollector collector(finder_, (*judge)->watch(), {.pins = most_findings}, stop);
  for (const auto& [path, text] : request.files)
    if (!collector.add({path, text})) break;
  if (collector.stopped() == pins::CheckStop::asked) return nobody_waits();
  if (const auto shortfall = collector.shortfall()) return too_much(shortfall->message);
  pins::JudgeInput input = collector.take();
  if (input.problems.size() > most_findings)
    return too_much("more than " + std::to_string(most_findings) + " problems in the files");
  auto judgement = (*judge)->pins().judge(std::move(input), stop);
  if (!judgement) return nobody_waits();
  report::Report report{rules_, policy_.snapshot_digest, {}, {}, {}};
  std::vector<report::ForetoldBuild> builds = builds_of(request, *chosen, stop);
  if (stop && stop()) return nobody_waits();
  report::note_ending_series(policy_, rules_, builds);
  report::follow_the_build(builds, *judgement);
  report::take_older_targets(*policy_.find(chosen->track), builds, *judgement);
  report.repositories.push_back({".", {}, {}, {}, std::move(*judgement), std::move(builds)});
  return report;
}

AnswerPtr check_files(const Call& call) {
  if (!is_json(call.request.content_type))
    return problem(415, "the body is to be JSON", "send Content-Type: application/json");
  if (!call.parameters.empty())
    return problem(400, "parameters beside a body", "put the track into the body: \"track\"");
  const auto request = from_json<CheckRequest>(call.request.body, "the body");
  if (!request) return problem(400, request.error());
  const Generation& generation = *call.moment.generation;
  const auto report = generation.checker().report(*request, call.moment.stop);
  if (!report) return refused(report.error());
  emit::JsonWriter json;
  open_envelope(json, generation);
  json.open_object();
  report::write_report(json, *report);
  json.close();
  std::string body = close_envelope(std::move(json));
  if (body.size() > longest_report)
    return refused(too_much("a report of " + std::to_string(body.size()) + " bytes; at most " +
                            std::to_string(longest_report) + " are sent")
                       .value());
  auto answer = std::make_shared<Answer>();
  answer->headers = content_headers(json_type, keep_nothing);
  answer->body = std::move(body);
  return answer;
}

}  // namespace buildable::http
