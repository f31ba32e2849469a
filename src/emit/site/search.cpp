#include "emit/site/search.h"

#include <algorithm>

#include "base/text.h"
#include "emit/site/outlook.h"
#include "emit/site/question.h"
#include "emit/tracks.h"
#include "policy/describe.h"
#include "policy/explain.h"

namespace buildable::emit {
namespace {

// What one track says of a question.
struct Asked {
  const SiteInput& input;
  const TrackPolicy& track;
  const RuntimePolicy& runtime;
  const Question& question;
};

std::string problem_text(const Error& error) {
  const Diagnostic& first = error.diagnostics().front();
  return first.message + (first.hint.empty() ? "." : ". " + first.hint + ".");
}

// "Write 3.14.4 in .python-version."
std::string advice_of(const RuntimePolicy& runtime, const std::string& version) {
  if (version.empty()) return {};
  if (runtime.reads.empty()) return "Write " + version + ".";
  const PinFile& file = runtime.reads.front();
  return "Write " + version + " in " + file.file + (file.key.empty() ? "" : " (" + file.key + ")") +
         ".";
}

// The series that a version belongs to: its first numbers.
std::string series_asked(const RuntimePolicy& runtime, std::string_view text) {
  const auto version =
      Version::parse(runtime.scheme, text.starts_with('v') ? text.substr(1) : text);
  return version ? std::string(series_of(*version, runtime.series_components)) : std::string();
}

void add_days(const Asked& asked, const std::string& series, TrackAnswer& answer) {
  if (series.empty()) return;
  const SeriesHistory history = series_history(asked.input, asked.track, asked.runtime);
  const std::string since = since_text(history, series);
  if (answer.verdict == Verdict::buildable) {
    if (!since.empty()) answer.since = series + " since " + since + ".";
    return;
  }
  answer.outlook = since.empty() ? outlook_text(history, asked.track.track, series)
                                 : "New releases of " + series + " come with a new builder.";
}

TrackAnswer answer_without_version(const Asked& asked) {
  const RuntimePolicy& runtime = asked.runtime;
  TrackAnswer answer{{asked.track.track}, Verdict::buildable, {}, {}, {}, {}};
  if (!runtime.governed || runtime.buildable.empty()) {
    answer.verdict = runtime.governed ? Verdict::unbuildable : Verdict::unknown;
    answer.reason = runtime.summary;
    return answer;
  }
  const std::string span = span_of(runtime);
  const std::string_view newest = newest_known(runtime);
  if (!span.empty())
    answer.reason = span + (newest.empty() ? "." : ", the newest " + std::string(newest) + ".");
  if (const std::string taken = default_of(runtime); !taken.empty())
    answer.advice = "Without a pin: " + taken + ".";
  return answer;
}

Verdict verdict_of(const RuntimePolicy& runtime, const VersionSet& range) {
  if (!range.intersect(runtime.buildable).empty()) return Verdict::buildable;
  return range.minus(runtime.unbuildable).empty() ? Verdict::unbuildable : Verdict::unknown;
}

// "Of >=20 it can build 26.1.0": the newest known member.
TrackAnswer answer_to_range(const Asked& asked, const VersionSet& range) {
  const RuntimePolicy& runtime = asked.runtime;
  TrackAnswer answer{{asked.track.track}, verdict_of(runtime, range), {}, {}, {}, {}};
  if (answer.verdict != Verdict::buildable) {
    answer.reason =
        "No version in this range " +
        std::string(answer.verdict == Verdict::unknown ? "is known to build." : "can be built.") +
        (span_of(runtime).empty() ? "" : " It can build " + span_of(runtime) + ".");
    answer.advice = advice_of(runtime, std::string(newest_known(runtime)));
    return answer;
  }
  for (auto version = runtime.known.rbegin(); version != runtime.known.rend(); ++version) {
    if (!range.contains(*version)) continue;
    answer.reason = "The newest that it takes in is " + version->text() + ".";
    break;
  }
  return answer;
}

Result<TrackAnswer> answer_to_version(const Asked& asked) {
  auto explained = explain(asked.track, asked.runtime, asked.question.version);
  if (!explained) return fail(std::move(explained.error()));
  TrackAnswer answer{
      {asked.track.track}, explained->verdict, {}, std::move(explained->reason), {}, {}};
  if (answer.verdict != Verdict::buildable)
    answer.advice = advice_of(asked.runtime, explained->nearest_buildable);
  add_days(asked, series_asked(asked.runtime, asked.question.version), answer);
  return answer;
}

Result<TrackAnswer> answer_of(const Asked& asked) {
  const Question& question = asked.question;
  if (question.version.empty()) return answer_without_version(asked);
  auto answer = answer_to_version(asked);
  if (answer || !question.grammar) return answer;
  const auto range = parse_range(*question.grammar, asked.runtime.scheme, question.version);
  if (!range) return answer;
  return answer_to_range(asked, *range);
}

bool alike(const TrackAnswer& a, const TrackAnswer& b) {
  return a.verdict == b.verdict && a.since == b.since && a.reason == b.reason &&
         a.advice == b.advice && a.outlook == b.outlook;
}

std::string_view word_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::buildable:
      return "yes";
    case Verdict::unbuildable:
      return "no";
    case Verdict::unknown:
      break;
  }
  return "not known";
}

std::string headline_of_all(Verdict verdict) {
  if (verdict == Verdict::unknown) return "Not known on any track";
  return verdict == Verdict::buildable ? "Yes, on every track" : "No, on no track";
}

// "Yes on latest, no on default".
std::string headline_of(const std::vector<TrackAnswer>& rows) {
  const auto all_say = [&](Verdict verdict) {
    return std::ranges::all_of(rows,
                               [&](const TrackAnswer& row) { return row.verdict == verdict; });
  };
  if (!rows.empty() && all_say(rows.front().verdict)) return headline_of_all(rows.front().verdict);
  std::string text;
  for (const Verdict verdict : {Verdict::buildable, Verdict::unbuildable, Verdict::unknown}) {
    std::vector<std::string> tracks;
    for (const TrackAnswer& row : rows)
      if (row.verdict == verdict) tracks.insert(tracks.end(), row.tracks.begin(), row.tracks.end());
    if (tracks.empty()) continue;
    text += (text.empty() ? "" : ", ") + std::string(word_of(verdict)) + " on " + joined(tracks);
  }
  if (!text.empty()) text.front() = static_cast<char>(text.front() - 'a' + 'A');
  return text;
}

// What all tracks say is said once.
void lift(std::string TrackAnswer::*sentence, std::string& into, std::vector<TrackAnswer>& rows) {
  if (rows.empty()) return;
  const std::string common = rows.front().*sentence;
  if (!std::ranges::all_of(rows, [&](const TrackAnswer& row) { return row.*sentence == common; }))
    return;
  into = common;
  for (TrackAnswer& row : rows) (row.*sentence).clear();
}

SubjectAnswer answer_of(const SiteInput& input, const Question& question) {
  SubjectAnswer subject;
  for (const TrackPolicy& track : input.policy.tracks) {
    const RuntimePolicy* runtime = track.expired ? nullptr : track.find(question.runtime);
    if (runtime == nullptr) continue;
    subject.subject = runtime->name + (question.version.empty() ? "" : " " + question.version);
    auto answer = answer_of({input, track, *runtime, question});
    if (!answer) {
      subject.problem = problem_text(answer.error());
      continue;
    }
    if (subject.rows.empty()) {
      subject.verdict = answer->verdict;
      subject.upstream = upstream_text(series_history(input, track, *runtime),
                                       series_asked(*runtime, question.version));
    }
    if (!subject.rows.empty() && alike(subject.rows.back(), *answer))
      subject.rows.back().tracks.push_back(track.track);
    else
      subject.rows.push_back(std::move(*answer));
  }
  subject.headline = headline_of(subject.rows);
  lift(&TrackAnswer::advice, subject.advice, subject.rows);
  lift(&TrackAnswer::reason, subject.reason, subject.rows);
  if (!question.place.empty()) subject.subject += " (" + question.place + ")";
  return subject;
}

std::string nearest_runtime(const SiteInput& input, std::string_view query) {
  std::vector<std::string_view> names;
  for (const RuntimeRules& runtime : input.rules.runtimes) names.push_back(runtime.id);
  const std::string word = to_lower_ascii(query.substr(0, query.find_first_of(" @:=/0123456789")));
  return nearest(word, names).value_or(std::string());
}

// The newest series of the first languages.
std::vector<std::string> examples_of(const SiteInput& input) {
  std::vector<std::string> examples;
  for (const TrackPolicy& track : input.policy.tracks) {
    if (track.expired) continue;
    for (const RuntimeRules& rules : input.rules.runtimes) {
      const RuntimePolicy* runtime = track.find(rules.id);
      if (rules.build_tool || runtime == nullptr || runtime->series.empty()) continue;
      examples.push_back(rules.id + " " + runtime->series.back().series);
    }
    break;
  }
  return examples;
}

}  // namespace

SearchAnswer search(const SiteInput& input, std::string_view query) {
  query = trim(query);
  SearchAnswer answer;
  answer.examples = examples_of(input);
  if (query.empty()) return answer;
  answer.query = query.substr(0, valid_utf8_prefix(query.substr(0, longest_question)));
  for (const Question& question : questions_of(input, answer.query)) {
    SubjectAnswer subject = answer_of(input, question);
    if (!subject.subject.empty()) answer.subjects.push_back(std::move(subject));
  }
  if (!answer.subjects.empty()) return answer;
  if (answer.query.starts_with('{')) {
    answer.problem = "No version of a runtime is given in it, at a place that a build reads.";
    return answer;
  }
  const std::string near = nearest_runtime(input, answer.query);
  answer.problem =
      "No runtime of that name." + (near.empty() ? std::string() : " Did you mean “" + near + "”?");
  return answer;
}

}  // namespace buildable::emit
