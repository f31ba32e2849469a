#include "ingest/buildpack_reference.h"

#include <algorithm>

#include "base/text.h"
#include "ingest/reference.h"

namespace buildable::ingest {
namespace {

Result<OrderGroup> read_group(const DocumentView& object) {
  return object.member("group").and_then(
      [](const DocumentView& list) { return list.each(&read_buildpack); });
}

}  // namespace

Result<BuildpackReference> read_buildpack(const DocumentView& object) {
  Result<std::string> id = object.text("id");
  if (!id) return fail(std::move(id.error()));
  Result<std::string> version = object.text("version");
  if (!version) return fail(std::move(version.error()));
  if (!is_buildpack_id(*id)) return object.problem("no buildpack id: " + in_quotes(*id));
  if (!is_buildpack_version(*version)) return object.problem("no version: " + in_quotes(*version));
  Result<bool> optional = object.optional_boolean("optional");
  if (!optional) return fail(std::move(optional.error()));
  return BuildpackReference{std::move(*id), std::move(*version), *optional};
}

Result<std::vector<OrderGroup>> read_order(const DocumentView& list) {
  return list.each(&read_group);
}

Result<std::vector<BuildpackReference>> distinct_buildpacks(const std::vector<OrderGroup>& groups) {
  std::vector<BuildpackReference> once;
  for (const OrderGroup& group : groups) {
    for (const BuildpackReference& member : group) {
      auto same = std::find_if(once.begin(), once.end(),
                               [&](const auto& other) { return other.id == member.id; });
      if (same == once.end()) {
        once.push_back({member.id, member.version, false});
      } else if (same->version != member.version) {
        return fail(
            "two versions of " + member.id + ": " + same->version + " and " + member.version,
            "which one builds is not known: do not use it");
      }
    }
  }
  return once;
}

}  // namespace buildable::ingest
