#include "report/explanation_json.h"

namespace buildable::report {
namespace {

void write_version(emit::JsonWriter& json, std::string_view key, std::string_view version) {
  json.key(key);
  if (version.empty())
    json.null();
  else
    json.value(version);
}

}  // namespace

void write_explanation(emit::JsonWriter& json, const Explanation& explanation,
                       std::optional<Instant> last_seen) {
  json.open_object().member("runtime", explanation.runtime);
  json.member("version", explanation.version).member("track", explanation.track);
  if (last_seen) json.member("last_seen", format_instant(*last_seen));
  json.member("verdict", name_of(explanation.verdict)).member("reason", explanation.reason);
  json.key("evidence").open_array();
  for (const Reason& reason : explanation.evidence) {
    json.open_object().member("text", reason.text);
    json.member_if_known("source", reason.evidence.source);
    json.member_if_known("digest", reason.evidence.digest);
    json.member_if_known("seen", reason.evidence.seen).close();
  }
  json.close();
  write_version(json, "newest_buildable", explanation.newest_buildable);
  write_version(json, "nearest_buildable", explanation.nearest_buildable);
  json.close();
}

}  // namespace buildable::report
