#include "build/plan.h"

#include <algorithm>
#include <optional>
#include <set>

namespace buildable::build {
namespace {

struct Member {
  Participant participant;
  bool optional = false;
  Detection detection;
};
using Group = std::vector<Member>;

const Composite* composite_of(const State& state, std::string_view id) {
  for (const Composite& each : composites())
    if (each.buildpack == id && (each.behaviour.empty() || state.behaves(id, each.behaviour)))
      return &each;
  return nullptr;
}

Member member_of(std::string_view id, std::string version, bool optional) {
  return {.participant = {.model = model_of(id),
                          .buildpack = {.id = std::string(id), .version = std::move(version)}},
          .optional = optional};
}

// A group with a composite in it is as many groups as the composite stands for.
std::vector<Group> expand(const State& state, const OrderGroup& order) {
  std::vector<Group> groups(1);
  for (const BuildpackReference& each : order) {
    const Composite* composite = composite_of(state, each.id);
    if (!composite) {
      for (Group& group : groups) group.push_back(member_of(each.id, each.version, each.optional));
      continue;
    }
    std::vector<Group> grown;
    for (const Group& group : groups)
      for (const auto& parts : composite->groups) {
        grown.push_back(group);
        for (const Composite::Part& part : parts)
          grown.back().push_back(member_of(part.buildpack, each.version, part.optional));
      }
    groups = std::move(grown);
  }
  return groups;
}

// False where a buildpack that has to pass does not. Optional ones that do not are taken out; so
// are those without a model, of which nothing is known but that they may be left out.
bool detect(Group& group, const State& state, const Files& files, const StopAsked& stop) {
  for (Member& member : group) {
    if (is_stopped(stop)) return false;
    if (!member.participant.model) continue;
    const Context context{files, state, member.participant.buildpack, stop};
    member.detection = member.participant.model->detect(context);
  }
  std::erase_if(group, [](const Member& each) { return each.optional && !each.detection.passes; });
  return std::all_of(group.begin(), group.end(),
                     [](const Member& each) { return each.detection.passes; });
}

// The first member with a name that is required and not provided before it, or provided and not
// required by it or after it.
std::optional<std::size_t> unmet(const Group& group) {
  std::set<std::string_view> provided;
  for (std::size_t i = 0; i < group.size(); ++i) {
    const Detection& detection = group[i].detection;
    provided.insert(detection.provides.begin(), detection.provides.end());
    provided.insert(detection.may_provide.begin(), detection.may_provide.end());
    for (const std::string_view name : detection.requirements)
      if (!provided.contains(name)) return i;
  }
  std::set<std::string_view> required;
  for (std::size_t i = group.size(); i-- > 0;) {
    const Detection& detection = group[i].detection;
    required.insert(detection.requirements.begin(), detection.requirements.end());
    for (const std::string_view name : detection.provides)
      if (!required.contains(name)) return i;
  }
  return std::nullopt;
}

// Takes optional members out until the plan holds; false where it cannot.
bool resolve(Group& group) {
  while (const auto at = unmet(group)) {
    if (!group[*at].optional) return false;
    group.erase(group.begin() + static_cast<std::ptrdiff_t>(*at));
  }
  return true;
}

}  // namespace

std::vector<Participant> participants(const State& state, const Files& files,
                                      const StopAsked& stop) {
  for (const OrderGroup& order : state.builder().order) {
    for (Group& group : expand(state, order)) {
      if (!detect(group, state, files, stop) || !resolve(group) || group.empty()) continue;
      std::vector<Participant> passed;
      for (Member& member : group) passed.push_back(std::move(member.participant));
      return passed;
    }
  }
  return {};
}

}  // namespace buildable::build
