#include "build/foretell.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "build/plan.h"

namespace buildable::build {
namespace {

using Answers = std::vector<Answer>;  // of one state

// Answers of different states for one runtime, by state; null where it takes no part in a state.
struct Row {
  std::string runtime;
  std::vector<const Answer*> states;
};

std::vector<Row> by_runtime(const std::vector<Answers>& states) {
  std::vector<Row> rows;
  for (std::size_t i = 0; i < states.size(); ++i) {
    for (const Answer& answer : states[i]) {
      auto row = std::find_if(rows.begin(), rows.end(),
                              [&](const Row& each) { return each.runtime == answer.runtime; });
      if (row == rows.end())
        row = rows.insert(rows.end(), Row{answer.runtime, decltype(Row::states)(states.size())});
      if (!row->states[i]) row->states[i] = &answer;
    }
  }
  return rows;
}

bool worse(const Answer& a, const Answer& b) {
  const auto rank = [](Outcome outcome) {
    return outcome == Outcome::fails ? 0 : outcome == Outcome::unknown ? 1 : 2;
  };
  return rank(a.outcome) < rank(b.outcome);
}

// Much of it may be quoted from the files, which hold what they like.
Forecast forecast_of(const Answer& answer) {
  return {.runtime = answer.runtime,
          .outcome = answer.outcome,
          .awaited = answer.awaited,
          .rule = answer.rule,
          .error = shortened(answer.error, longest_sentence),
          .file = answer.file,
          .line = answer.line,
          .reason = shortened(answer.reason, longest_sentence),
          .help = shortened(answer.help, longest_sentence)};
}

// "the deployed builder may be any of 3 images; in 1 of them the build fails: …"
std::string differing(const Row& row, const Answer& worst) {
  const auto count = [&](auto is) {
    return std::to_string(std::count_if(row.states.begin(), row.states.end(), is));
  };
  std::string text =
      "the deployed builder may be any of " + std::to_string(row.states.size()) + " images; ";
  const auto same = [&](const Answer* each) { return each && each->outcome == worst.outcome; };
  if (worst.outcome == Outcome::fails)
    return text + "in " + count(same) + " of them the build fails: " + worst.reason;
  if (worst.outcome == Outcome::unknown)
    return text + "in " + count(same) + " of them the result is not known: " + worst.reason;
  return text + "in " + count([](const Answer* each) { return !each; }) +
         " of them the build leaves this out";
}

Forecast merge(const Row& row) {
  const Answer* worst = nullptr;
  const Answer* first = nullptr;
  bool agree = true;
  Forecast forecast;
  for (const Answer* each : row.states) {
    agree = agree && each && (!first || each->outcome == first->outcome);
    if (!each) continue;
    if (!first) first = each;
    if (!worst || worse(*each, *worst)) worst = each;
    forecast.awaited = forecast.awaited || each->awaited;
    const auto& seen = forecast.versions;
    const std::string version = shortened(each->version, longest_named_version);
    if (each->outcome == Outcome::builds && !version.empty() &&
        std::find(seen.begin(), seen.end(), version) == seen.end())
      forecast.versions.push_back(version);
  }
  Forecast merged = forecast_of(*worst);
  merged.versions = std::move(forecast.versions);
  merged.awaited = forecast.awaited && merged.outcome == Outcome::builds;
  if (agree) return merged;
  merged.outcome = Outcome::unknown;
  merged.reason = shortened(differing(row, *worst), longest_sentence);
  return merged;
}

// What kept buildpacks from taking part, other than that nothing is there for them.
Answers broken_detections(const State& state, const Files& files, const StopAsked& stop) {
  Answers answers;
  for (const BuildpackReference& each : state.builder().buildpacks) {
    const Model* model = model_of(each.id);
    if (!model || is_stopped(stop)) continue;
    Detection detection = model->detect({files, state, each, stop});
    if (detection.broken) answers.push_back(std::move(*detection.broken));
  }
  return answers;
}

Answers answers_of(const State& state, const Files& files, const StopAsked& stop) {
  const std::vector<Participant> passed = participants(state, files, stop);
  if (passed.empty()) return broken_detections(state, files, stop);
  Answers answers;
  for (const Participant& each : passed)
    if (each.model && !is_stopped(stop))
      each.model->build({files, state, each.buildpack, stop}, answers);
  return answers;
}

// A repository without any file that a build reads is not one to be deployed, as far as is known.
Forecast nothing_detected(const TrackPolicy& track, const Files& files) {
  const bool meant =
      std::any_of(files.all().begin(), files.all().end(), [](const SourceFile& each) {
        return each.path.find('/') == std::string_view::npos && wants_text(each.path);
      });
  return {.outcome = meant ? Outcome::fails : Outcome::unknown,
          .rule = "no-buildpack",
          .error = "No buildpack groups passed detection",
          .reason = "no buildpack of the " + track.track +
                    " builder takes part: it finds none of "
                    "the files that it looks for in the root of the repository",
          .help =
              "add the file that the buildpack of your language looks for, for example "
              "requirements.txt, package.json or go.mod"};
}

Forecast nothing_known(const TrackPolicy& track) {
  return {.outcome = Outcome::unknown,
          .rule = "builder-not-known",
          .reason = "nothing is known of what is in the builder of the " + track.track + " track"};
}

// The platform refuses a build on a track that has ended, whatever the builder could do.
void refuse(Forecast& forecast, const TrackPolicy& track) {
  forecast.outcome = Outcome::fails;
  forecast.versions.clear();
  forecast.awaited = false;
  forecast.rule = "track-ended";
  forecast.error.clear();
  forecast.file.clear();
  forecast.line = 0;
  forecast.reason = "the " + track.track + " track has ended; the platform refuses builds on it";
  forecast.help = "build on another track";
}

}  // namespace

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::builds:
      return "builds";
    case Outcome::fails:
      return "fails";
    case Outcome::unknown:
      break;
  }
  return "unknown";
}

// Of what lies below the root, by the folder that it lies in: Yarn's own program, the wrappers of
// Maven and Gradle, and Scala's builds.
bool wants_presence(std::string_view path) {
  constexpr std::array<std::string_view, 5> folders{".yarn/releases", ".mvn/wrapper",
                                                    "gradle/wrapper", "project", ".sbt"};
  if (path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return true;
  const std::string_view folder = path.substr(0, slash), name = path.substr(slash + 1);
  // Wherever .yarnrc.yml may say that it is.
  if (name.starts_with("yarn") && (name.ends_with(".cjs") || name.ends_with(".js"))) return true;
  return std::find(folders.begin(), folders.end(), folder) != folders.end();
}

bool wants_text(std::string_view path) {
  const auto all = models();
  return std::any_of(all.begin(), all.end(), [&](const Model* each) { return each->wants(path); });
}

Result<Foreteller> Foreteller::make(const Rules& rules, const TrackPolicy& track) {
  Foreteller foreteller(track);
  for (const BuilderState& each : track.states) {
    auto state = State::make(rules, track, each);
    if (!state) return fail(std::move(state.error()));
    foreteller.states_.push_back(std::move(*state));
  }
  return foreteller;
}

std::vector<Forecast> Foreteller::foretell(const Files& files, const StopAsked& stop) const {
  const bool known = std::any_of(states_.begin(), states_.end(),
                                 [](const State& each) { return !each.builder().order.empty(); });
  if (!known) return {nothing_known(*track_)};
  std::vector<Answers> states;
  states.reserve(states_.size());
  for (const State& each : states_) {
    states.push_back(answers_of(each, files, stop));
    if (is_stopped(stop)) return {};
  }
  std::vector<Forecast> forecasts;
  for (const Row& row : by_runtime(states)) forecasts.push_back(merge(row));
  if (forecasts.empty()) forecasts.push_back(nothing_detected(*track_, files));
  if (track_->expired)
    for (Forecast& each : forecasts) refuse(each, *track_);
  return forecasts;
}

}  // namespace buildable::build
