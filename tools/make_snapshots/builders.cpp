#include "builders.h"

#include <algorithm>

#include "base/digest.h"
#include "ingest/builder_file.h"
#include "ingest/builder_image.h"
#include "version/range.h"

namespace buildable {
namespace {

bool is_in(const std::string& version, const std::string& range) {
  auto set = parse_range(Grammar::npm, Scheme::semver, range);
  auto parsed = Version::parse(Scheme::semver, version);
  return set && parsed && set->contains(*parsed);
}

void add_parts(const SnapshotPlan& plan, Candidate& candidate) {
  std::vector<BuildpackReference> found = candidate.buildpacks;
  for (const BuildpackReference& buildpack : candidate.buildpacks) {
    for (const CompositePlan& composite : plan.composites) {
      if (composite.id != buildpack.id || !is_in(buildpack.version, composite.versions)) continue;
      for (const std::string& part : composite.parts) {
        found.push_back({part, buildpack.version, false});
      }
    }
  }
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return std::pair(a.id, a.version) < std::pair(b.id, b.version);
  });
  found.erase(std::unique(found.begin(), found.end()), found.end());
  candidate.buildpacks = std::move(found);
}

Result<ReleaseRow> state_of(const Node& history, const std::string& commit) {
  auto rows = rows_of(history);
  if (!rows) return fail(std::move(rows.error()));
  for (ReleaseRow& row : *rows) {
    if (row.commit.rfind(commit, 0) == 0) return std::move(row);
  }
  return fail("the history has no state " + commit);
}

Result<Candidate> candidate_in_history(const ReleaseRow& row) {
  Candidate candidate;
  Result<std::string> lifecycle = row.view.text("lifecycle");
  if (!lifecycle) return fail(std::move(lifecycle.error()));
  candidate.lifecycle = std::move(*lifecycle);
  auto buildpacks = row.view.member("buildpacks").and_then(text_map_of);
  if (!buildpacks) return fail(std::move(buildpacks.error()));
  for (const auto& [id, version] : *buildpacks)
    candidate.buildpacks.push_back({id, version, false});
  return candidate;
}

// The same with the order that the file of that state has.
Result<Candidate> candidate_in_file(const Facts& facts, const BuilderPlan& builder,
                                    const std::string& file, const Candidate& expected) {
  Result<std::string> text = facts.text(file);
  if (!text) return fail(std::move(text.error()));
  Result<BuilderFile> read = parse_builder_file(*text);
  if (!read) return fail(std::move(read.error()).in_file(file));
  Candidate candidate = std::move(read->candidate);
  std::sort(candidate.buildpacks.begin(), candidate.buildpacks.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  if (read->stack != builder.stack || candidate.lifecycle != expected.lifecycle ||
      candidate.buildpacks != expected.buildpacks) {
    return fail(
        Diagnostic{.message = "it is not the state that the history tells of", .file = file});
  }
  candidate.evidence.digest = sha256_digest(*text);
  return candidate;
}

Result<Candidate> read_candidate(const Facts& facts, const BuilderPlan& builder,
                                 const Node& history, const CandidatePlan& plan) {
  auto row = state_of(history, plan.commit);
  if (!row) return fail(std::move(row.error()).in_file(builder.history));
  Result<Candidate> candidate = candidate_in_history(*row);
  if (candidate && !plan.file.empty()) {
    candidate = candidate_in_file(facts, builder, plan.file, *candidate);
  }
  if (!candidate) return candidate;
  Result<std::string> path = DocumentView(history).text("path");
  if (!path) return fail(std::move(path.error()));
  candidate->evidence.source = row->repository + "@" + row->commit + ":" + *path;
  candidate->evidence.seen = row->date.substr(0, 10);
  return candidate;
}

}  // namespace

Result<Builder> read_builder(const Facts& facts, const SnapshotPlan& plan,
                             const BuilderPlan& builder) {
  Result<Target> target = target_of_stack(builder.stack, "amd64");
  if (!target) return fail(std::move(target.error()));
  Builder read{.reference = builder.reference, .target = *target, .reasoning = builder.reasoning};
  if (builder.history.empty()) return read;
  Result<Node> history = facts.json(builder.history);
  if (!history) return fail(std::move(history.error()));
  for (const CandidatePlan& candidate_plan : builder.candidates) {
    Result<Candidate> candidate = read_candidate(facts, builder, *history, candidate_plan);
    if (!candidate) return fail(std::move(candidate.error()));
    add_parts(plan, *candidate);
    read.candidates.push_back(std::move(*candidate));
  }
  return read;
}

}  // namespace buildable
