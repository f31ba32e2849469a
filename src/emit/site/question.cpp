#include "emit/site/question.h"

#include <algorithm>

#include "base/characters.h"
#include "base/document.h"
#include "base/text.h"
#include "emit/site/series_days.h"
#include "model/runtime_names.h"

namespace buildable::emit {
namespace {

constexpr std::size_t most_questions = 4;

// The grammar of ranges in the first file that has one.
std::optional<Grammar> grammar_of(const RuntimePolicy& runtime) {
  for (const PinFile& file : runtime.reads) {
    if (file.grammar.empty()) continue;
    const auto grammar = grammar_named(file.grammar);
    if (grammar) return *grammar;
  }
  return std::nullopt;
}

const RuntimePolicy* policy_of(const SiteInput& input, std::string_view runtime) {
  for (const TrackPolicy& track : input.policy.tracks)
    if (const RuntimePolicy* found = track.expired ? nullptr : track.find(runtime)) return found;
  return nullptr;
}

std::optional<Question> named(const SiteInput& input, std::string_view text) {
  for (const TrackPolicy& track : input.policy.tracks) {
    if (track.expired) continue;
    NamedVersion found = named_version(track, text);
    if (found.runtime != nullptr)
      return Question{
          found.runtime->runtime, std::move(found.version), grammar_of(*found.runtime), {}};
  }
  return std::nullopt;
}

// The series of a version that is written out: "3.14" of "3.14.2". Empty: it is not one.
std::string series_in(std::string_view text, int components) {
  const std::vector<std::string_view> parts = split(text, '.');
  if (static_cast<int>(parts.size()) < components) return {};
  std::string series;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!is_digits(parts[i])) return {};
    if (static_cast<int>(i) < components) series += (i == 0 ? "" : ".") + std::string(parts[i]);
  }
  return series;
}

bool has_series(const SiteInput& input, const RuntimeRules& runtime, std::string_view text) {
  const std::string series = series_in(text, runtime.series_components);
  if (series.empty()) return false;
  if (cycle_of(releases_of(input.releases, runtime.id), series) != nullptr) return true;
  for (const TrackPolicy& track : input.policy.tracks)
    if (const RuntimePolicy* policy = track.find(runtime.id))
      for (const SeriesRow& row : policy->series)
        if (row.series == series) return true;
  return false;
}

// Languages before build tools. Where the text names a series of two numbers, those whose series
// have one are not meant: 3.14 is no release of Node.js 3.
std::vector<Question> alone(const SiteInput& input, std::string_view text) {
  if (text.starts_with('v')) text.remove_prefix(1);
  std::vector<const RuntimeRules*> meant;
  int components = 0;
  for (const bool build_tools : {false, true})
    for (const RuntimeRules& runtime : input.rules.runtimes)
      if (runtime.build_tool == build_tools && has_series(input, runtime, text)) {
        meant.push_back(&runtime);
        components = std::max(components, runtime.series_components);
      }
  std::vector<Question> questions;
  for (const RuntimeRules* runtime : meant)
    if (runtime->series_components == components && questions.size() < most_questions)
      questions.push_back({runtime->id, std::string(text), std::nullopt, {}});
  return questions;
}

const Node* at_key(const Node& root, std::string_view key) {
  const Node* node = &root;
  for (const std::string_view step : split(key, '.')) {
    node = node->find(step);
    if (node == nullptr) return nullptr;
  }
  return node->is_scalar() ? node : nullptr;
}

void add_question(const RuntimePolicy& runtime, const PinFile& file, const Node& root,
                  std::vector<Question>& questions) {
  if (!file.file.ends_with(".json") || file.key.empty()) return;
  const Node* value = at_key(root, file.key);
  if (value == nullptr) return;
  const auto grammar = grammar_named(file.grammar);
  questions.push_back({runtime.runtime, std::string(trim(value->text)),
                       grammar ? std::optional(*grammar) : std::nullopt,
                       file.key + " of " + file.file});
}

std::vector<Question> in_json(const SiteInput& input, std::string_view text) {
  std::vector<Question> questions;
  const auto root = parse_json(text, "the question", json5);
  if (!root) return questions;
  for (const RuntimeRules& rules : input.rules.runtimes) {
    const RuntimePolicy* runtime = policy_of(input, rules.id);
    if (runtime == nullptr) continue;
    for (const PinFile& file : runtime->reads) {
      const std::size_t before = questions.size();
      add_question(*runtime, file, *root, questions);
      if (questions.size() > before) break;
    }
    if (questions.size() == most_questions) break;
  }
  return questions;
}

}  // namespace

std::vector<Question> questions_of(const SiteInput& input, std::string_view text) {
  text = trim(text);
  while (text.size() > 1 && (text.front() == '"' || text.front() == '\'') &&
         text.front() == text.back())
    text = trim(text.substr(1, text.size() - 2));
  if (text.empty()) return {};
  if (text.front() == '{') return in_json(input, text);
  if (auto question = named(input, text)) return {std::move(*question)};
  return alone(input, text);
}

}  // namespace buildable::emit
