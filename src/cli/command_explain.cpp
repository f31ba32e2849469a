#include <ostream>

#include "cli/chosen_state.h"
#include "cli/commands.h"
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

void print_text(const Context& context, const Explanation& it, const std::string& name) {
  std::ostream& out = context.out;
  out << name << ' ' << it.version << " on the track " << it.track << ": "
      << painted(context, name_of(it.verdict), color_of(it.verdict)) << '\n'
      << it.reason << '\n';
  if (it.verdict != Verdict::buildable && !it.nearest_buildable.empty()) {
    out << "nearest buildable: " << it.nearest_buildable << '\n';
  }
  if (!it.newest_buildable.empty()) out << "newest buildable: " << it.newest_buildable << '\n';
  if (!it.evidence.empty()) out << "evidence:\n";
  for (const Reason& reason : it.evidence) {
    out << "- " << reason.text << '\n';
    if (!reason.evidence.source.empty()) out << "  " << reason.evidence.source;
    if (!reason.evidence.seen.empty()) out << " (" << reason.evidence.seen << ")";
    if (!reason.evidence.source.empty()) out << '\n';
  }
}

void print_json(const Context& context, const Explanation& explanation) {
  emit::JsonWriter json;
  report::write_explanation(json, explanation);
  context.out << std::move(json).take();
}

}  // namespace

int command_explain(const Context& context, const ExplainArguments& arguments) {
  const auto view = chosen_track(context);
  if (!view) return context.failed(view.error());
  const auto runtime = app::runtime_of(view->track_policy(), arguments.runtime);
  if (!runtime) return context.failed(runtime.error());
  const auto explanation = explain(view->track_policy(), **runtime, arguments.version);
  if (!explanation) return context.failed(explanation.error());
  if (arguments.format == "json") {
    print_json(context, *explanation);
  } else {
    print_text(context, *explanation, (*runtime)->name);
  }
  return code_of(explanation->verdict);
}

}  // namespace buildable::cli
