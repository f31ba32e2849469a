#include "emit/history_reader.h"

#include <algorithm>
#include <map>

#include "base/json_codec.h"

namespace buildable::emit {

namespace {

// As emit_history writes them: names are keys.
struct WrittenRuntime {
  std::string gained;
  std::string lost;
  std::vector<std::string> gained_series;
  std::vector<std::string> lost_series;
  std::string old_default;
  std::string new_default;
};
struct WrittenTrack {
  std::string old_builder;
  std::string new_builder;
  bool expired_now = false;
  std::map<std::string, WrittenRuntime> runtimes;
};
struct WrittenState {
  Instant effective;
  std::string snapshot;
  std::map<std::string, std::string> builders;
  std::map<std::string, WrittenTrack> changes;
  std::vector<std::string> known_by;
};
struct WrittenHistory {
  int schema_version = 0;
  std::vector<WrittenState> states;
};

}  // namespace

}  // namespace buildable::emit

namespace buildable {

template <>
struct Fields<emit::WrittenRuntime> {
  static constexpr auto list() {
    return std::tuple{optional("gained", &emit::WrittenRuntime::gained),
                      optional("lost", &emit::WrittenRuntime::lost),
                      optional("gained_series", &emit::WrittenRuntime::gained_series),
                      optional("lost_series", &emit::WrittenRuntime::lost_series),
                      optional("old_default", &emit::WrittenRuntime::old_default),
                      optional("new_default", &emit::WrittenRuntime::new_default)};
  }
};
template <>
struct Fields<emit::WrittenTrack> {
  static constexpr auto list() {
    return std::tuple{optional("old_builder", &emit::WrittenTrack::old_builder),
                      optional("new_builder", &emit::WrittenTrack::new_builder),
                      required("expired_now", &emit::WrittenTrack::expired_now),
                      required("runtimes", &emit::WrittenTrack::runtimes)};
  }
};
template <>
struct Fields<emit::WrittenState> {
  static constexpr auto list() {
    return std::tuple{required("effective", &emit::WrittenState::effective),
                      required("snapshot", &emit::WrittenState::snapshot),
                      required("builders", &emit::WrittenState::builders),
                      required("changes", &emit::WrittenState::changes),
                      optional("known_by", &emit::WrittenState::known_by)};
  }
};
template <>
struct Fields<emit::WrittenHistory> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &emit::WrittenHistory::schema_version),
                      required("states", &emit::WrittenHistory::states)};
  }
};

}  // namespace buildable

namespace buildable::emit {

namespace {

// The members of an object, in the order in which they are written.
std::vector<std::string> keys_of(const Node& state, std::string_view member) {
  std::vector<std::string> keys;
  if (const Node* object = state.find(member))
    for (const Node& child : object->children) keys.push_back(child.key);
  return keys;
}

RuntimeNews runtime_news(const std::string& id, const WrittenRuntime& written, const Rules& rules) {
  const auto known = std::find_if(rules.runtimes.begin(), rules.runtimes.end(),
                                  [&id](const RuntimeRules& runtime) { return runtime.id == id; });
  return {id,
          known == rules.runtimes.end() ? id : known->name,
          written.gained,
          written.lost,
          written.gained_series,
          written.lost_series,
          written.old_default,
          written.new_default};
}

HistoryState state_of(const Node& node, const WrittenState& written, const Rules& rules) {
  HistoryState state{rules.platform.id, written.effective, written.snapshot, {}, {},
                     written.known_by};
  for (const std::string& track : keys_of(node, "builders"))
    state.builders.push_back({track, written.builders.at(track)});
  for (const std::string& name : keys_of(node, "changes")) {
    const WrittenTrack& track = written.changes.at(name);
    TrackNews news{name, track.old_builder, track.new_builder, track.expired_now, {}};
    for (const std::string& id : keys_of(*node.find("changes")->find(name), "runtimes"))
      news.runtimes.push_back(runtime_news(id, track.runtimes.at(id), rules));
    state.changes.push_back(std::move(news));
  }
  return state;
}

}  // namespace

Result<std::vector<HistoryState>> read_history(std::string_view json, std::string_view file,
                                               const Rules& rules) {
  const auto root = parse_json(json, file);
  if (!root) return fail(root.error());
  const auto written = from_document<WrittenHistory>(*root, file);
  if (!written) return fail(written.error());
  std::vector<HistoryState> states;
  const std::vector<Node>& nodes = root->find("states")->children;
  for (std::size_t i = 0; i < nodes.size(); ++i)
    states.push_back(state_of(nodes[i], written->states[i], rules));
  return states;
}

}  // namespace buildable::emit
