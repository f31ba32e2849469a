#include "emit/tree.h"

#include "base/embedded_file.h"
#include "emit/bots/dependabot.h"
#include "emit/bots/renovate.h"
#include "emit/history.h"
#include "emit/policy_json.h"
#include "emit/site/badge.h"
#include "emit/site/changelog.h"
#include "emit/site/lag.h"
#include "emit/site/page.h"

namespace buildable::emit {

BUILDABLE_EMBEDDED_FILE(openapi_text);

namespace {

Result<void> add_dependabot(Tree& tree, const TrackContext& context) {
  const auto ecosystems = dependabot_blocks(context);
  if (!ecosystems) return fail(ecosystems.error());
  const std::string path = "dependabot/" + context.track.track;
  tree[path + ".yml"] = emit_dependabot_yaml(context, *ecosystems);
  tree[path + ".json"] = emit_dependabot_json(context, *ecosystems);
  return {};
}

void add_badges(Tree& tree, const TrackContext& context, const SiteInput& input) {
  for (const RuntimeRules& runtime : context.rules.runtimes) {
    const Badge badge = badge_of(input, context.track, runtime);
    const std::string path = "badge/" + context.track.track + "/" + runtime.id;
    tree[path + ".svg"] = badge_svg(badge);
    tree[path + ".json"] = badge_json(badge);
  }
}

Result<void> add_track(Tree& tree, const TrackContext& context, const TreeInput& input) {
  const std::string& track = context.track.track;
  tree[track + ".json"] = emit_track_preset(context);
  for (const RuntimeRules& runtime : context.rules.runtimes) {
    tree["renovate/" + track + "/" + runtime.id + ".json"] = emit_runtime_preset(context, runtime);
    tree["datasources/" + track + "/" + runtime.id + ".json"] =
        emit_datasource(context, runtime, releases_of(input.releases, runtime.id));
  }
  tree["renovate/" + track + "/coverage.json"] = emit_coverage_preset(context);
  tree["renovate/" + track + "/libraries.json"] = emit_libraries_preset(context);
  tree["renovate/" + track + "/take-back.json"] = emit_take_back_preset(context);
  add_badges(tree, context, site_input(input));
  return add_dependabot(tree, context);
}

}  // namespace

Result<Tree> emit_tree(const TreeInput& input, const TreeOptions& options) {
  Tree tree;
  const std::deque<TrackPolicy> missing = missing_tracks(input.rules, input.policy);
  RenderCache cache;  // after what it remembers the sets of
  for (const TrackPolicy& track : input.policy.tracks)
    if (auto added = add_track(tree, {input.rules, input.policy, track, options, cache}, input);
        !added)
      return fail(std::move(added.error()));
  for (const TrackPolicy& track : missing)
    if (auto added =
            add_track(tree, {input.rules, input.policy, track, options, cache, false}, input);
        !added)
      return fail(std::move(added.error()));
  tree["policy.json"] = emit_policy(input.policy, cache);
  tree["snapshot.json"] = input.snapshot_json;
  tree["history.json"] = emit_history(input.history);
  tree["CHANGELOG.md"] = emit_changelog(input.history, input.rules);
  tree["feed.atom"] = emit_feed(input.history, input.rules, input.policy.observed, options);
  tree["openapi.json"] = openapi_text();
  tree["index.html"] = emit_page(input, options);
  return tree;
}

}  // namespace buildable::emit
