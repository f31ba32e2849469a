#include "observe/side_steps.h"

#include "base/text.h"
#include "ingest/deployed_chart.h"
#include "ingest/limits.h"
#include "ingest/release_cycles.h"

namespace buildable::observe {
namespace {

const std::vector<int> not_there{404};

}  // namespace

void InjectionStep::start() {
  const Source* source = session_.source(SourceKind::chart_values);
  if (source == nullptr || session_.source(SourceKind::injection_script) == nullptr) return;
  session_.read(
      *source, {}, ingest::limits::values_file,
      [this, source](Result<Answer> answer) {
        if (answer && answer->status == 404)
          return session_.fetcher.absent(source->name, "not there (404)");
        auto version = answer.and_then(
            [](const Answer& text) { return ingest::parse_chart_version(text.text); });
        if (!version) return session_.give_up(*source, std::move(version.error()));
        session_.fetcher.found(source->name, *version);
        read_script(*version);
      },
      not_there);
}

void InjectionStep::read_script(const std::string& chart_version) {
  const Source* source = session_.source(SourceKind::injection_script);
  const auto commit = ingest::commit_of_chart(chart_version);
  if (!commit) return session_.give_up(*source, commit.error());
  session_.read(
      *source, {{"commit", *commit}}, ingest::limits::source,
      [this, source](Result<Answer> answer) {
        if (!answer) return session_.give_up(*source, std::move(answer.error()));
        if (answer->status == 404) return session_.fetcher.absent(source->name, "not there (404)");
        const auto checked = ingest::check_text(answer->text, ingest::limits::source, "the script");
        if (!checked) return session_.give_up(*source, checked.error());
        take_script(*source, *answer);
      },
      not_there);
}

void InjectionStep::take_script(const Source& source, const Answer& answer) {
  const std::string named = join(ingest::buildpacks_named_in(answer.text), ", ");
  const std::string found = named.empty() ? "names no buildpack that can be recognised" : named;
  session_.fetcher.found(source.name, found);
  notes_.push_back("Buildpacks are injected by " + answer.evidence.source + " (" +
                   answer.evidence.digest + "): " + found + ".");
  if (source.digest == answer.evidence.digest) return;
  session_.remark(source.digest.empty() ? "injection_unreviewed" : "injection_changed",
                  "review needed: the script that injects buildpacks " +
                      std::string(source.digest.empty() ? "was never reviewed"
                                                        : "is not the one that was reviewed") +
                      "; it names: " + found,
                  answer.evidence);
}

void ReleaseStep::start() {
  const Source* source = session_.source(SourceKind::release_cycles);
  if (source == nullptr) return;
  for (const RuntimeRules& runtime : session_.rules.runtimes)
    if (!runtime.release_dates.empty()) read(*source, runtime);
}

void ReleaseStep::read(const Source& source, const RuntimeRules& runtime) {
  session_.read(source, {{"product", runtime.release_dates}}, ingest::limits::json,
                [this, &source, &runtime](Result<Answer> answer) {
                  auto cycles = answer.and_then(
                      [](const Answer& text) { return ingest::parse_release_cycles(text.text); });
                  if (!cycles) return session_.give_up(source, std::move(cycles.error()));
                  by_runtime_[runtime.id] = {runtime.id, std::move(*cycles), answer->evidence};
                });
}

std::vector<RuntimeReleases> ReleaseStep::releases() const {
  std::vector<RuntimeReleases> all;
  for (const auto& [runtime, releases] : by_runtime_) all.push_back(releases);
  return all;
}

const RuntimeReleases* ReleaseStep::find(const std::string& runtime) const {
  const auto at = by_runtime_.find(runtime);
  return at == by_runtime_.end() ? nullptr : &at->second;
}

}  // namespace buildable::observe
