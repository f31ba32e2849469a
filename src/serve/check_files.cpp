#include "serve/check_files.h"

#include "base/json_codec.h"
#include "base/text.h"
#include "pins/judge_track.h"
#include "report/report.h"
#include "serve/api.h"

namespace buildable::http {
namespace {

constexpr std::size_t most_files = 1000;

std::vector<CurrentBuilder> builders_of(const Policy& policy) {
  std::vector<CurrentBuilder> builders;
  for (const TrackPolicy& track : policy.tracks)
    builders.push_back({track.track, track.builder, track.expired});
  return builders;
}

bool is_json(std::string_view content_type) {
  return to_lower_ascii(trim(content_type.substr(0, content_type.find(';')))) == "application/json";
}

Result<CheckRequest> read_request(std::string_view body) {
  auto request = from_json<CheckRequest>(body, "the body");
  if (!request) return request;
  if (request->files.size() > most_files)
    return fail(std::to_string(request->files.size()) + " files",
                "send those that hold pins, at most " + std::to_string(most_files));
  return request;
}

}  // namespace

FileChecker::FileChecker(const Rules& rules, const Policy& policy)
    : rules_(rules), policy_(policy), finder_(rules) {
  for (const TrackPolicy& track : policy.tracks)
    tracks_[track.track] = {
        std::make_unique<PinJudge>(rules, policy, track.track),
        std::make_unique<FileWatch>(rules.platform, builders_of(policy), track.target)};
}

Result<std::string> FileChecker::track_of(const CheckRequest& request) const {
  if (!request.track.empty()) return request.track;
  const auto components = request.files.find(rules_.platform.components_file);
  if (components != request.files.end()) {
    const auto chosen =
        track_of_components({components->first, components->second}, rules_.platform);
    if (!chosen) return fail(chosen.error());
    if (*chosen) return (*chosen)->track;
  }
  return rules_.platform.default_track;
}

Result<std::string> FileChecker::report(const CheckRequest& request) const {
  const auto track = track_of(request);
  if (!track) return fail(track.error());
  const auto found = tracks_.find(*track);
  if (found == tracks_.end()) {
    std::vector<std::string> names;
    for (const auto& [name, judges] : tracks_) names.push_back(name);
    return fail("no track " + buildable::quoted(*track), "tracks: " + join(names, ", "));
  }
  JudgeInput input;
  for (const auto& [path, text] : request.files) {
    const RepositoryFile file{path, text};
    input.files.push_back(path);
    auto notices = found->second.watch->find(file);
    input.notices.insert(input.notices.end(), notices.begin(), notices.end());
    if (!finder_.wants(path)) continue;
    FoundPins pins = finder_.find(file);
    input.pins.insert(input.pins.end(), pins.pins.begin(), pins.pins.end());
    input.problems.insert(input.problems.end(), pins.problems.begin(), pins.problems.end());
  }
  Report report{rules_, policy_.snapshot_digest, {}, {}};
  report.repositories.push_back({".", {}, {}, {}, found->second.judge->judge(std::move(input))});
  return report_json(report);
}

AnswerPtr check_files(const Call& call) {
  if (!is_json(call.request.content_type))
    return problem(415, "the body is to be JSON", "send Content-Type: application/json");
  if (!call.parameters.empty())
    return problem(400, "parameters beside a body", "put the track into the body: \"track\"");
  const auto request = read_request(call.request.body);
  if (!request) return problem(400, request.error());
  const Generation& generation = *call.moment.generation;
  const auto report = generation.checker().report(*request);
  if (!report) return problem(404, report.error());
  JsonWriter json;
  open_envelope(json, generation);
  json.json(trim(*report));
  auto answer = std::make_shared<Answer>();
  answer->headers = content_headers(json_type, keep_nothing);
  answer->body = close_envelope(std::move(json));
  return answer;
}

}  // namespace buildable::http
