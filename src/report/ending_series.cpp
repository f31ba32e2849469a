#include <algorithm>

#include "base/text.h"
#include "report/builds.h"
#include "report/parts.h"

namespace buildable::report {
namespace {

bool is_of(const EndingSeries& ending, const std::vector<std::string>& release) {
  return ending.series.size() <= release.size() &&
         std::equal(ending.series.begin(), ending.series.end(), release.begin());
}

const EndingSeries* ending_of(const Policy& policy, const RuntimeRules& runtime,
                              const std::string& installed) {
  const auto version = Version::parse(runtime.scheme, installed);
  if (!version) return nullptr;
  const std::vector<std::string> release = version->release();
  for (const EndingSeries& ending : policy.ending)
    if (ending.runtime == runtime.id && is_of(ending, release)) return &ending;
  return nullptr;
}

}  // namespace

void note_ending_series(const Policy& policy, const Rules& rules,
                        std::vector<ForetoldBuild>& builds) {
  for (ForetoldBuild& build : builds) {
    const RuntimeRules* runtime = rules.find(build.forecast.runtime);
    if (!runtime || build.forecast.outcome != build::Outcome::builds) continue;
    for (const std::string& version : build.forecast.versions)
      if (const EndingSeries* ending = ending_of(policy, *runtime, version)) build.ending = *ending;
  }
}

std::string ending_text(const Rules& rules, const EndingSeries& ending) {
  return "upstream " + std::string(ending.ended ? "ended " : "ends ") +
         runtime_name(rules, ending.runtime) + " " + join(ending.series, ".") + " on " +
         ending.day +
         (ending.ended ? "; it gets no more fixes" : "; after that it gets no more fixes");
}

}  // namespace buildable::report
