#include <ostream>

#include "cli/chosen_state.h"
#include "cli/commands.h"
#include "model/runtime_names.h"
#include "policy/explain.h"
#include "report/explanation_json.h"

namespace buildable::cli {
namespace {

int code_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::buildable:
      return exit_good;
    case Verdict::unbuildable:
      return exit_unbuildable;
    case Verdict::unknown:
      break;
  }
  return exit_unknown;
}

Color color_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::buildable:
      return Color::green;
    case Verdict::unbuildable:
      return Color::red;
    case Verdict::unknown:
      break;
  }
  return Color::yellow;
}

void print_evidence(std::ostream& out, const Explanation& it) {
  if (!it.evidence.empty()) out << "evidence:\n";
  for (const Reason& reason : it.evidence) {
    out << "- " << reason.text << '\n';
    if (!reason.evidence.source.empty()) out << "  " << reason.evidence.source;
    if (!reason.evidence.seen.empty()) out << " (" << reason.evidence.seen << ")";
    if (!reason.evidence.source.empty()) out << '\n';
  }
}

void print_text(const Context& context, const Explanation& it, const std::string& name) {
  std::ostream& out = context.out;
  out << name << ' ' << it.version << " on the track " << it.track << ": "
      << painted(context, name_of(it.verdict), color_of(it.verdict)) << '\n'
      << it.reason << '\n';
  if (it.verdict != Verdict::buildable && !it.nearest_buildable.empty())
    out << "Write " << it.nearest_buildable << " instead, the nearest that can be built.\n";
  if (!context.arguments.verbose) return;
  if (!it.newest_buildable.empty()) out << "newest buildable: " << it.newest_buildable << '\n';
  print_evidence(out, it);
}

// The runtime and the version, however they were given: "python 3.14", "python@3.14".
Result<NamedVersion> asked_of(const TrackPolicy& track, const ExplainArguments& arguments) {
  if (arguments.version.empty()) {
    NamedVersion named = named_version(track, arguments.runtime);
    if (named.runtime && !named.version.empty()) return named;
  }
  const auto runtime = app::runtime_of(track, arguments.runtime);
  if (!runtime) return fail(runtime.error());
  if (arguments.version.empty())
    return fail("which version of " + (*runtime)->name + "?",
                "write `buildable explain " + (*runtime)->runtime +
                    " VERSION`; `buildable versions " + (*runtime)->runtime +
                    "` lists what can be built");
  return NamedVersion{*runtime, arguments.version};
}

struct Explained {
  Explanation explanation;
  std::string runtime_name;
};

Result<std::vector<Explained>> explain_all(const Policy& policy,
                                           const ExplainArguments& arguments) {
  std::vector<Explained> all;
  for (const TrackPolicy& track : policy.tracks) {
    const auto asked = asked_of(track, arguments);
    if (!asked) return fail(asked.error());
    auto explanation = explain(track, *asked->runtime, asked->version);
    if (!explanation) return fail(std::move(explanation.error()));
    all.push_back({*std::move(explanation), asked->runtime->name});
  }
  return all;
}

void print_json(const Context& context, const std::vector<Explained>& all, Instant last_seen) {
  emit::JsonWriter json;
  const bool several = context.arguments.track == every_track;
  if (several) json.open_object().key("tracks").open_array();
  for (const Explained& each : all) report::write_explanation(json, each.explanation, last_seen);
  if (several) json.close().close();
  context.out << std::move(json).take();
}

// Of several tracks: good where all are, else the first that is not known, unless one cannot.
int code_of(const std::vector<Explained>& all) {
  int code = exit_good;
  for (const Explained& each : all) {
    const int own = code_of(each.explanation.verdict);
    if (own == exit_unbuildable || code == exit_good) code = own;
  }
  return code;
}

}  // namespace

int command_explain(const Context& context, const ExplainArguments& arguments) {
  const auto view = chosen_tracks(context);
  if (!view) return context.failed(view.error());
  const auto all = explain_all(view->policy, arguments);
  if (!all) return context.failed(all.error());
  if (const auto refused = refuse_old(context, view->state)) return *refused;
  if (arguments.format == "json") {
    print_json(context, *all, view->state.last_seen);
  } else {
    for (const Explained& each : *all) print_text(context, each.explanation, each.runtime_name);
    say_last_seen(context, view->state);
  }
  return code_of(*all);
}

}  // namespace buildable::cli
