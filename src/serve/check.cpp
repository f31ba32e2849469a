#include "serve/check.h"

#include "base/text.h"
#include "emit/site/search.h"
#include "model/runtime_names.h"
#include "policy/explain.h"
#include "report/explanation_json.h"
#include "serve/api.h"
#include "serve/check_files.h"

namespace buildable::http {
namespace {

std::string_view value_of(const Parameters& parameters, std::string_view name) {
  for (const auto& [known, value] : parameters)
    if (known == name) return value;
  return {};
}

std::vector<std::string_view> names_of(const Policy& policy) {
  std::vector<std::string_view> names;
  for (const TrackPolicy& track : policy.tracks) names.push_back(track.track);
  return names;
}

std::vector<std::string_view> names_of(const TrackPolicy& track) {
  std::vector<std::string_view> names;
  for (const RuntimePolicy& runtime : track.runtimes) names.push_back(runtime.runtime);
  return names;
}

AnswerPtr unknown(std::string_view what, std::string_view name,
                  const std::vector<std::string_view>& known) {
  const auto near = nearest(name, known);
  const std::vector<std::string> all(known.begin(), known.end());
  return problem(404, "no " + std::string(what) + " " + in_quotes(name),
                 (near ? "did you mean " + in_quotes(*near) + "? " : std::string()) +
                     "known: " + join(all, ", "),
                 what);
}

AnswerPtr check_one(const Call& call) {
  const Generation& generation = *call.moment.generation;
  const std::string_view runtime_id = value_of(call.parameters, "runtime");
  const std::string_view version = value_of(call.parameters, "version");
  if (runtime_id.empty() || version.empty())
    return problem(400, "which version of which runtime?",
                   "ask /v1/check?runtime=NAME&version=VERSION, and &track=TRACK for another track "
                   "than the default one",
                   runtime_id.empty() ? "runtime" : "version");
  std::string_view track_name = value_of(call.parameters, "track");
  if (track_name.empty()) track_name = generation.rules().platform.default_track;
  const TrackPolicy* track = generation.policy().find(track_name);
  const RuntimePolicy* runtime = track == nullptr ? nullptr : runtime_named(*track, runtime_id);
  if (runtime == nullptr) return refuse_unknown(generation, track_name, runtime_id);
  const auto explanation = explain(*track, *runtime, version);
  if (!explanation) {
    const Diagnostic& wrong = explanation.error().diagnostics().front();
    return problem(400, wrong.message, wrong.hint, "version");
  }
  emit::JsonWriter json;
  open_envelope(json, generation);
  report::write_explanation(json, *explanation);
  return answer_once(close_envelope(std::move(json)), json_type, call.request);
}

}  // namespace

AnswerPtr refuse_unknown(const Generation& generation, std::string_view track_name,
                         std::string_view runtime) {
  const TrackPolicy* track = generation.policy().find(track_name);
  if (track == nullptr) return unknown("track", track_name, names_of(generation.policy()));
  return unknown("runtime", runtime, names_of(*track));
}

AnswerPtr check(const Call& call) {
  return call.request.method == Method::post ? check_files(call) : check_one(call);
}

AnswerPtr page(const Call& call) {
  const Generation& generation = *call.moment.generation;
  const std::string_view asked = value_of(call.parameters, "q");
  const std::string address =
      generation.page_names_address() ? own_address(call.request) : std::string();
  if (trim(asked).empty() && address.empty())
    return answer_with(*generation.prepared("/"), call.request);
  return answer_once(generation.page_text(asked, address), html_type, call.request,
                     emit::page_security_policy(),
                     address.empty() ? std::string_view() : "X-Forwarded-Proto");
}

}  // namespace buildable::http
