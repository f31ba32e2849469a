#include "base/text.h"
#include "ingest/deployment.h"
#include "ingest/document_view.h"
#include "ingest/limits.h"
#include "ingest/track_deployment.h"

namespace buildable::ingest {
namespace {

Result<TrackDeployment> fields_of(const DocumentView& object, const std::string& name) {
  TrackDeployment track{.track = name};
  for (auto [key, text] : {std::pair{"builder", &track.builder}, std::pair{"runner", &track.runner},
                           std::pair{"valid_until", &track.valid_until}}) {
    Result<std::string> found = object.optional_text(key);
    if (!found) return fail(std::move(found.error()));
    *text = std::move(*found);
  }
  Result<bool> valid = object.optional_boolean("is_valid");
  if (!valid) return fail(std::move(valid.error()));
  return track;
}

Result<std::optional<TrackDeployment>> track_of(const DocumentView& answer, const TrackRules& rules,
                                                bool required) {
  Result<std::optional<DocumentView>> object = answer.optional_member(rules.name);
  if (!object) return fail(std::move(object.error()));
  TrackDeployment track{.track = rules.name};
  if (*object) {
    Result<void> known = (*object)->only({"builder", "runner", "is_valid", "valid_until"});
    if (!known) return fail(std::move(known.error()));
    Result<TrackDeployment> fields = fields_of(**object, rules.name);
    if (!fields) return fail(std::move(fields.error()));
    track = std::move(*fields);
  }
  std::string path = "$." + rules.name;
  TrackKeys keys{path + ".builder", path + ".runner",
                 rules.valid_until_key.empty() ? "" : path + ".valid_until"};
  if (keys.valid_until.empty() && !track.valid_until.empty()) {
    return fail(Diagnostic{.message = "the track ends, by the rules it does not",
                           .path = path + ".valid_until",
                           .hint = "the platform's rules need a new look"});
  }
  return checked_track(std::move(track), keys, required);
}

Result<void> check_names(const DocumentView& answer, const PlatformRules& platform) {
  auto members = answer.members();
  if (!members) return fail(std::move(members.error()));
  for (const auto& [name, value] : *members) {
    bool known = false;
    for (const TrackRules& rules : platform.tracks) known = known || rules.name == name;
    if (!known) {
      return answer.problem("the track " + in_quotes(name) + " is not known",
                            "add it to the platform's rules, or check the address");
    }
  }
  return {};
}

}  // namespace

Result<Deployment> parse_supported_versions(std::string_view text, const PlatformRules& platform) {
  auto document = read_json(text, limits::json, "the answer about supported versions");
  if (!document) return fail(std::move(document.error()));
  DocumentView answer(*document);
  Result<void> known = check_names(answer, platform);
  if (!known) return fail(std::move(known.error()));

  Deployment deployment;
  for (const TrackRules& rules : platform.tracks) {
    auto track = track_of(answer, rules, rules.name == platform.default_track);
    if (!track) return fail(std::move(track.error()));
    if (*track) deployment.tracks.push_back(std::move(**track));
  }
  return deployment;
}

}  // namespace buildable::ingest
