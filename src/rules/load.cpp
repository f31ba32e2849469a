#include "rules/load.h"

#include <algorithm>
#include <map>

#include "base/json_codec.h"
#include "base/text.h"
#include "model/rules_fields.h"
#include "model/runtime_names.h"
#include "model/snapshot_fields.h"
#include "rules/checks.h"
#include "rules/toml_codec.h"

namespace buildable {
namespace {

// "rules/runtimes/node.toml" -> "node".
std::string_view stem_of(std::string_view file) {
  file = file.substr(file.find_last_of('/') + 1);
  return file.substr(0, file.find_last_of('.'));
}

// Shape first; what it means is asked only of a document that has the right shape.
template <class T, class Check>
Result<T> load(const Result<Node>& root, std::string_view file, Check check) {
  if (!root) return fail(root.error());
  Result<T> value = from_document<T>(*root, file);
  if (!value) return value;
  Findings findings(*root, file);
  check(*value, findings);
  if (!findings.problems().empty()) return fail(Error(std::move(findings.problems())));
  return value;
}

void require_stem(const std::string& id, std::string_view file, Findings& findings) {
  if (file.empty() || id == stem_of(file)) return;
  findings.add("id", in_quotes(id) + " is not the file's name",
               "call the file " + id + ".toml, or the id " + in_quotes(stem_of(file)));
}

// What people type names one runtime.
Result<void> require_distinct_names(const std::vector<RuntimeRules>& runtimes) {
  std::map<std::string, std::string> owners;  // ids, by plain name
  for (const RuntimeRules& runtime : runtimes) {
    std::vector<std::string> names = runtime.aliases;
    names.insert(names.end(), {runtime.id, runtime.name});
    for (const std::string& name : names) {
      const std::string& owner = owners.try_emplace(plain_name(name), runtime.id).first->second;
      if (owner == runtime.id) continue;
      return fail("the runtimes " + in_quotes(owner) + " and " + in_quotes(runtime.id) +
                      " have the name " + in_quotes(name),
                  "a name, whatever its case, spaces, dots and hyphens, names one runtime");
    }
  }
  return {};
}

}  // namespace

Result<PlatformRules> parse_platform(std::string_view toml, std::string_view file) {
  auto check = [file](const PlatformRules& platform, Findings& findings) {
    check_platform(platform, findings);
    require_stem(platform.id, file, findings);
  };
  return load<PlatformRules>(parse_toml(toml, file), file, check);
}

Result<RuntimeRules> parse_runtime(std::string_view toml, std::string_view file) {
  auto check = [file](const RuntimeRules& runtime, Findings& findings) {
    check_runtime(runtime, findings);
    require_stem(runtime.id, file, findings);
  };
  return load<RuntimeRules>(parse_toml(toml, file), file, check);
}

Result<Snapshot> parse_snapshot(std::string_view json, std::string_view file) {
  return load<Snapshot>(parse_json(json, file), file, check_snapshot);
}

Result<Rules> assemble(PlatformRules platform, std::vector<RuntimeRules> runtimes) {
  std::sort(runtimes.begin(), runtimes.end(),
            [](const RuntimeRules& a, const RuntimeRules& b) { return a.id < b.id; });
  auto repeated =
      std::adjacent_find(runtimes.begin(), runtimes.end(),
                         [](const RuntimeRules& a, const RuntimeRules& b) { return a.id == b.id; });
  if (repeated != runtimes.end()) {
    return fail("two runtimes have the id " + in_quotes(repeated->id), "an id names one runtime");
  }
  if (auto distinct = require_distinct_names(runtimes); !distinct)
    return fail(std::move(distinct.error()));
  auto is_default = [&](const TrackRules& track) { return track.name == platform.default_track; };
  if (std::none_of(platform.tracks.begin(), platform.tracks.end(), is_default)) {
    return fail("the default track " + in_quotes(platform.default_track) +
                " is none of the tracks");
  }
  return Rules{std::move(platform), std::move(runtimes)};
}

std::string write_snapshot(const Snapshot& snapshot) { return to_json(snapshot); }

}  // namespace buildable
