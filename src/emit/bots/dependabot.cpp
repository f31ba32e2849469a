#include "emit/bots/dependabot.h"

#include <map>

#include "base/text.h"
#include "emit/json_writer.h"

namespace buildable::emit {

namespace {

using Layout = JsonWriter::Layout;

Result<IgnoreBlock> block_of(const TrackContext& context, const RuntimePolicy& runtime,
                             const DependabotNames& names) {
  const auto grammar = dependabot_grammar_of(names.ecosystem);
  if (!grammar) return fail(grammar.error());
  const VersionSet& set =
      names.granularity == Granularity::version
          ? runtime.buildable
          : context.cache.series_of(runtime.buildable, runtime.series_components);
  const IgnoreVersions& ignored = context.cache.ignored(set, *grammar, runtime.series_components);
  return IgnoreBlock{runtime.runtime, join(rule_description(runtime), " "), names.dependencies,
                     ignored};
}

}  // namespace

Result<std::vector<EcosystemBlocks>> dependabot_blocks(const TrackContext& context) {
  std::map<std::string, std::vector<IgnoreBlock>> by_ecosystem;
  for (const RuntimeRules& rules : context.rules.runtimes) {
    const RuntimePolicy* runtime = governed(context.track, rules.id);
    if (!runtime) continue;
    for (const DependabotNames& names : rules.dependabot) {
      auto block = block_of(context, *runtime, names);
      if (!block) return fail(std::move(block.error()));
      if (!block->ignored.versions.empty())
        by_ecosystem[names.ecosystem].push_back(std::move(*block));
    }
  }
  std::vector<EcosystemBlocks> ecosystems;
  ecosystems.reserve(by_ecosystem.size());
  for (auto& [ecosystem, blocks] : by_ecosystem)
    ecosystems.push_back({ecosystem, std::move(blocks)});
  return ecosystems;
}

std::string emit_dependabot_json(const TrackContext& context,
                                 const std::vector<EcosystemBlocks>& ecosystems) {
  JsonWriter json;
  json.open_object().member("schema_version", 1);
  json.member("platform", context.policy.platform).member("track", context.track.track);
  json.member_if_known("builder", context.track.builder);
  json.member("effective", context.policy.effective);
  json.key("ecosystems").open_object();
  for (const EcosystemBlocks& ecosystem : ecosystems) {
    json.key(ecosystem.ecosystem).open_array();
    for (const IgnoreBlock& block : ecosystem.blocks) {
      json.open_object().member("runtime", block.runtime);
      json.member("description", block.description).member_if_known("remark", block.ignored.remark);
      json.key("ignore").open_array();
      for (const std::string& dependency : block.dependencies)
        for (const std::string& versions : block.ignored.versions)
          json.open_object(Layout::line)
              .member("dependency-name", dependency)
              .member("versions", std::span(&versions, 1))
              .close();
      json.close().close();
    }
    json.close();
  }
  json.close().close();
  return std::move(json).take();
}

}  // namespace buildable::emit
