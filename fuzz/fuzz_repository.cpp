// Whatever a repository holds: checking it and fixing it end, a fix changes nothing but what it
// found to be a pin, and what was fixed once stays as it is when it is fixed again.
#include <algorithm>
#include <map>

#include "fuzz.h"
#include "pins/collect.h"
#include "pins/fix_repository.h"
#include "pins/judge_files.h"
#include "policy/compile.h"
#include "rules/embedded.h"

using namespace buildable;

namespace {

using Files = std::map<std::string, std::string>;

// "path\ntext" once or more, with a zero byte between two files.
Files files_of(std::string_view input) {
  Files files;
  while (!input.empty() && files.size() < 100) {
    const std::string_view part = input.substr(0, input.find('\0'));
    input.remove_prefix(std::min(input.size(), part.size() + 1));
    const std::size_t line = std::min(part.find('\n'), part.size());
    if (line > 0)
      files[std::string(part.substr(0, line))] = part.substr(std::min(line + 1, part.size()));
  }
  return files;
}

struct State {
  State()
      : policy(compile(embedded_snapshot(embedded_snapshots().back()), embedded_rules(),
                       embedded_snapshots().back().effective, "")
                   .value()),
        track(*policy.find(embedded_rules().platform.default_track)),
        finder(embedded_rules()),
        judge(embedded_rules(), policy, track.track),
        watch(embedded_rules().platform, {{track.track, track.builder, false}}, track.target) {}

  Policy policy;
  const TrackPolicy& track;
  pins::PinFinder finder;
  pins::PinJudge judge;
  pins::FileWatch watch;
};

const State& state() {
  static const State made;
  return made;
}

pins::JudgeInput found_in(const Files& files) {
  pins::RepositoryCollector collector(state().finder, state().watch);
  for (const auto& [path, text] : files)
    if (!collector.add({path, text})) break;
  return collector.take();
}

void check(const Files& files) {
  for (const pins::PinFinding& finding : state().judge.judge(found_in(files)).findings)
    fuzz::require(files.contains(finding.pin.file) && !finding.rule.empty());
}

// What stands before, between and behind the pins stands there afterwards too, in this order. The
// digest of an image belongs to its pin, and the quotes that a number needs in YAML to the new one.
bool keeps_all_but_pins(const std::string& path, std::string_view before, std::string_view after) {
  std::vector<TextSpan> spans;
  for (const pins::Pin& pin : state().finder.find({path, std::string(before)}).pins)
    spans.push_back(pin.value_span);
  std::sort(spans.begin(), spans.end(), [](TextSpan a, TextSpan b) { return a.begin < b.begin; });
  std::size_t from = 0;
  std::size_t at = 0;
  for (const TextSpan& span : spans) {
    if (span.begin < from) continue;
    const std::string_view kept = before.substr(from, span.begin - from);
    const std::size_t found = after.find(kept, at);
    if (found == after.npos || (from == 0 && found != 0)) return false;
    at = found + kept.size();
    from = span.end;
    if (before.substr(from).starts_with("@sha256:"))
      from = std::min(before.find_first_of(" \t\r\n\"',", from), before.size());
  }
  const std::string_view rest = before.substr(from);
  return after.size() >= at + rest.size() && after.ends_with(rest);
}

Result<std::string> text_of(const Files& files, const std::string& path) {
  const auto at = files.find(path);
  if (at == files.end()) return fail(path + " is not there");
  return at->second;
}

pins::RepositoryEdits fixed(const Files& files, pins::FixAim aim) {
  const pins::FixTools tools{
      .rules = embedded_rules(),
      .track = state().track,
      .finder = state().finder,
      .judge = state().judge,
      .read = [&files](const std::string& path) { return text_of(files, path); },
      .adjust = {}};
  return pins::fix_pins(tools, found_in(files), aim);
}

void fix(Files files, pins::FixAim aim) {
  const auto made = fixed(files, aim);
  for (const pins::FileChange& change : made.changes) {
    const auto at = files.find(change.path);
    fuzz::require(change.before ? at != files.end() && at->second == *change.before
                                : at == files.end());
    if (change.before && change.after)
      fuzz::require(keeps_all_but_pins(change.path, *change.before, *change.after));
    if (change.after) files[change.path] = *change.after;
    if (!change.after) files.erase(change.path);
  }
  fuzz::require(fixed(files, aim).changes.empty());
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  const auto [which, text] = fuzz::choice_and_text(data, size, 2);
  const Files files = files_of(text);
  check(files);
  fix(files, which == 0 ? pins::FixAim::nearest : pins::FixAim::newest);
  return 0;
}

static const fuzz::Registered registered{"repository", "pins toml json yaml xml version", run};
