#include "pins/fix_plan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "pins/fix_pairs.h"
#include "policy/forms.h"

namespace buildable::pins {
namespace {

// The version that a text means, or the newest of the targets in the series that it names.
const Version* newest_meant(const Named& named, const std::vector<FixTarget>& targets,
                            Scheme scheme) {
  if (named.exact) return &*named.exact;
  const VersionSet series = VersionSet::series(scheme, named.series);
  for (auto target = targets.rbegin(); target != targets.rend(); ++target)
    if (target->version && series.contains(*target->version)) return target->version;
  return nullptr;
}

std::optional<Fixed> raised(const Pin& pin, const Version& version) {
  const std::size_t at = pin.value.rfind(pin.version);
  if (pin.version.empty() || at == std::string::npos) return std::nullopt;
  Fixed fixed;
  fixed.edit = {pin.version_span, version.text()};
  fixed.version = version.text();
  fixed.value = pin.value;
  fixed.value.replace(at, pin.version.size(), version.text());
  fixed.remark = "raised too, since it must not be older than the other version";
  return fixed;
}

}  // namespace

Diagnostic said_of(const Pin& pin, std::string message) {
  return {.message = std::move(message),
          .file = pin.file,
          .line = pin.line,
          .column = pin.column,
          .path = pin.key,
          .hint = {}};
}

Diagnostic left_of(const Pin& pin, const std::string& why) {
  Diagnostic left =
      said_of(pin, "left as it is: " + pin.place + " says " + in_quotes(pin.value) + ": " + why);
  left.path.clear();
  return left;
}

bool is_same_place(const Pin& a, const Pin& b) {
  return a.runtime == b.runtime && a.key == b.key && a.value == b.value &&
         a.value_span == b.value_span;
}

Pin untied(Pin pin) {
  pin.has_digest = false;
  pin.distribution.clear();
  return pin;
}

bool moves_down(const Pin& pin, const Fixed& fixed, const RuntimePolicy& runtime) {
  const auto named = parse_named(runtime.scheme, fixed.version);
  if (!named || !pin.accepts) return false;
  return is_older(named->exact ? VersionSet::of(*named->exact)
                               : VersionSet::series(runtime.scheme, named->series),
                  *pin.accepts);
}

void add_fetched_beside(const RepositoryJudgement& judgement, const PlannedEdit& edit,
                        const RuntimePolicy& runtime, const std::vector<FixTarget>& targets,
                        std::vector<PlannedEdit>& plan) {
  const Pin& pin = judgement.findings[edit.finding].pin;
  const auto named = parse_named(runtime.scheme, edit.fixed.version);
  const Version* version = named ? newest_meant(*named, targets, runtime.scheme) : nullptr;
  if (!version) return;
  // Findings are in the order of their files.
  const auto& findings = judgement.findings;
  const auto first =
      std::partition_point(findings.begin(), findings.end(),
                           [&pin](const PinFinding& each) { return each.pin.file < pin.file; });
  for (auto i = static_cast<std::size_t>(first - findings.begin());
       i < findings.size() && findings[i].pin.file == pin.file; ++i) {
    const Pin& beside = findings[i].pin;
    const auto is_planned = [i](const PlannedEdit& each) { return each.finding == i; };
    if (!is_fetched_beside(beside, pin) || beside.ignored ||
        !is_older(*beside.accepts, VersionSet::of(*version)) ||
        std::any_of(plan.begin(), plan.end(), is_planned))
      continue;
    if (auto fixed = raised(beside, *version)) plan.push_back({i, *std::move(fixed)});
  }
}

bool reads_as_planned(const std::vector<Pin>& before, const std::vector<Pin>& after,
                      const std::vector<PlannedEdit>& plan, const RepositoryJudgement& judgement) {
  std::map<std::pair<std::size_t, std::string_view>, const std::string*> planned;
  for (const PlannedEdit& each : plan) {
    const Pin& edited = judgement.findings[each.finding].pin;
    planned.emplace(std::pair(edited.value_span.begin, std::string_view(edited.runtime)),
                    &each.fixed.value);
  }
  const auto is_as_planned = [&](const Pin& then, const Pin& pin) {
    const auto edit = planned.find({pin.value_span.begin, pin.runtime});
    const std::string& value = edit == planned.end() ? pin.value : *edit->second;
    return then.runtime == pin.runtime && then.key == pin.key && then.value == value;
  };
  return std::equal(after.begin(), after.end(), before.begin(), before.end(), is_as_planned);
}

}  // namespace buildable::pins
