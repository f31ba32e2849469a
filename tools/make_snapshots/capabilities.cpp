#include "capabilities.h"

#include <algorithm>
#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "ingest/capability_facts.h"
#include "ingest/inventory.h"
#include "rules/selection.h"

namespace buildable {
namespace {

// Where facts.json of a buildpack version says that it was read: the first of its paths, unless
// another one is given.
Result<Evidence> evidence_in(const Node& facts, std::string path = {}) {
  auto source = DocumentView(facts).member("source");
  if (!source) return fail(std::move(source.error()));
  std::map<std::string, std::string> texts;
  for (const char* key : {"repo", "commit", "date"}) {
    Result<std::string> text = source->text(key);
    if (!text) return fail(std::move(text.error()));
    texts[key] = std::move(*text);
  }
  auto paths = texts_of(*source, "paths");
  if (!paths) return fail(std::move(paths.error()));
  if (paths->empty()) return source->problem("no paths");
  if (path.empty()) path = paths->front();
  return Evidence{.source = texts["repo"] + "@" + texts["commit"] + ":" + path,
                  .seen = texts["date"].substr(0, 10)};
}

Evidence evidence_of(const ReleaseRow& row, const std::string& path) {
  return Evidence{.source = row.repository + "@" + row.commit + ":" + path,
                  .seen = row.date.substr(0, 10)};
}

Result<std::vector<std::string>> series_in(const DocumentView& object, const std::string& key) {
  auto series = texts_of(object, key);
  if (series && series->empty()) return object.problem("no series under the key " + key);
  return series;
}

Result<void> apply_changes(const ReleaseRow& row, std::vector<std::string>& versions) {
  auto added = texts_of(row.view, "added");
  if (!added) return fail(std::move(added.error()));
  auto removed = texts_of(row.view, "removed");
  if (!removed) return fail(std::move(removed.error()));
  versions.insert(versions.end(), added->begin(), added->end());
  for (const std::string& gone : *removed) {
    versions.erase(std::remove(versions.begin(), versions.end(), gone), versions.end());
  }
  return {};
}

// The repository that a release installs from, whichever of its names it uses.
Result<std::string> repository_of(const ReleaseRow& row) {
  return row.view.text("repository_url").map([](const std::string& url) {
    return replace_all(url, ".dualstack", "");
  });
}

// What a release is known to have brought: the recipes of its frozen state and its announcements.
Result<std::vector<std::string>> packages_of(const ReleaseRow& row, const std::string& package) {
  auto packages = texts_of(row.view, "added_in_changelog");
  if (!packages) return packages;
  auto recipes = row.view.optional_member("formulae");
  if (!recipes) return fail(std::move(recipes.error()));
  if (!*recipes) return packages;
  auto listed = texts_of(**recipes, package);
  if (!listed) return listed;
  packages->insert(packages->end(), listed->begin(), listed->end());
  return packages;
}

// The bucket that a release's repository lies in: the first label of its host.
Result<std::string> bucket_of(const ReleaseRow& row) {
  Result<std::string> url = row.view.text("repository_url");
  if (!url) return url;
  const std::size_t host = url->find("://");
  if (host == std::string::npos) return fail("\"" + *url + "\" is no address of a repository");
  return url->substr(host + 3, url->find('.', host) - host - 3);
}

bool is_in_series(const std::string& version, const std::vector<std::string>& series) {
  return std::any_of(series.begin(), series.end(), [&](const std::string& prefix) {
    return version.rfind(prefix + ".", 0) == 0;
  });
}

// Repositories are made per stack, and not every series for each.
Result<void> keep_served(const Node& index, const std::string& stack,
                         std::vector<std::string>& series) {
  auto served =
      DocumentView(index).member("stack_series").and_then([&](const DocumentView& by_stack) {
        return series_in(by_stack, stack);
      });
  if (!served) return fail(std::move(served.error()));
  auto is_foreign = [&](const std::string& each) {
    return std::find(served->begin(), served->end(), each) == served->end();
  };
  series.erase(std::remove_if(series.begin(), series.end(), is_foreign), series.end());
  return {};
}

}  // namespace

Result<std::optional<Capability>> CapabilityReader::read(const RuntimeRules& runtime,
                                                         const BuildpackRule& rule,
                                                         const BuildpackReference& buildpack,
                                                         const Target& target) const {
  if (!needs_facts(rule.mechanism)) return std::optional<Capability>{};
  Capability capability{
      .runtime = runtime.id, .buildpack = buildpack.id, .version = buildpack.version};
  Question question{runtime, rule, buildpack, target};
  Result<void> filled = fill(question, capability);
  if (filled && rule.default_version.empty() && capability.default_version.empty()) {
    filled = fill_default(question, capability);
  }
  if (filled) return std::optional<Capability>(std::move(capability));
  return fail(std::move(filled.error()).in_file(buildpack.id + " " + buildpack.version));
}

Result<void> CapabilityReader::fill(const Question& question, Capability& capability) const {
  switch (question.rule.mechanism) {
    case Mechanism::inventory:
      return fill_inventory(question, capability);
    case Mechanism::series:
      return fill_series(question, capability);
    case Mechanism::archives:
      return fill_archives(question, capability);
    case Mechanism::repository:
      return fill_repository(question, capability);
    case Mechanism::aliases:
      return fill_aliases(question, capability);
    case Mechanism::fixed:
      return fill_fixed(question, capability);
    default:
      return {};
  }
}

Result<void> CapabilityReader::fill_inventory(const Question& question,
                                              Capability& capability) const {
  std::string file =
      Facts::folder_of(question.buildpack.id, question.buildpack.version) + "inventory.toml";
  if (!facts_.has(file)) return replay_inventory(question, capability);
  Result<std::string> text = facts_.text(file);
  if (!text) return fail(std::move(text.error()));
  Result<void> taken = take_inventory(*text, question.runtime.scheme, question.target, capability);
  if (!taken) return taken;
  Result<Node> facts = facts_of(question, capability);
  if (!facts) return fail(std::move(facts.error()));
  capability.evidence.digest = sha256_digest(*text);
  return {};
}

// Where the inventory itself is not among the facts: from the first release on, what each added and
// removed (of Linux on amd64).
Result<void> CapabilityReader::replay_inventory(const Question& question,
                                                Capability& capability) const {
  if (question.target.os != "linux" || question.target.arch != "amd64") {
    return fail("the changes between releases are recorded for Linux on amd64 only");
  }
  Result<Node> index = index_of(question.buildpack.id);
  if (!index) return fail(std::move(index.error()));
  auto rows = rows_until(*index, question.buildpack.version);
  if (!rows) return fail(std::move(rows.error()));
  std::vector<std::string> texts;
  for (const ReleaseRow& row : *rows) {
    Result<void> applied = apply_changes(row, texts);
    if (!applied) return applied;
  }
  auto versions = sorted_versions(question.runtime.scheme, texts);
  if (!versions) return fail(std::move(versions.error()));
  capability.versions = std::move(*versions);
  Result<std::string> path = rows->back().view.text("path");
  if (!path) return fail(std::move(path.error()));
  capability.evidence = evidence_of(rows->back(), *path);
  capability.evidence.note = "put together from what each release added and removed";
  return {};
}

Result<void> CapabilityReader::fill_series(const Question& question, Capability& capability) const {
  Result<Node> facts = facts_of(question, capability);
  if (!facts) return fail(std::move(facts.error()));
  DocumentView view(*facts);
  for (auto [key, text] : {std::pair{"oldest_minor", &capability.oldest_series},
                           std::pair{"newest_minor", &capability.newest_series}}) {
    Result<std::string> found = view.text(key);
    if (!found) return fail(std::move(found.error()));
    *text = std::move(*found);
  }
  return fill_aliases(question, capability);
}

Result<void> CapabilityReader::fill_aliases(const Question& question,
                                            Capability& capability) const {
  Result<Node> facts = facts_of(question, capability);
  if (!facts) return fail(std::move(facts.error()));
  auto aliases = DocumentView(*facts).member("alias").and_then(text_map_of);
  if (!aliases) return fail(std::move(aliases.error()));
  capability.aliases = std::move(*aliases);
  return {};
}

Result<void> CapabilityReader::fill_archives(const Question& question,
                                             Capability& capability) const {
  auto store = std::find_if(plan_.stores.begin(), plan_.stores.end(), [&](const StorePlan& plan) {
    return plan.runtime == question.runtime.id && plan.stack == question.target.stack;
  });
  if (store == plan_.stores.end()) {
    return fail("the plan has no archive store for the stack " + question.target.stack);
  }
  capability.store = store->id;
  Result<Node> facts = facts_of(question, capability);
  return facts ? Result<void>{} : fail(std::move(facts.error()));
}

// The one supported version or versions in the buildpack's own descriptor, with its default.
Result<void> CapabilityReader::fill_fixed(const Question& question, Capability& capability) const {
  std::string folder = Facts::folder_of(question.buildpack.id, question.buildpack.version);
  Result<std::string> text = facts_.text(folder + "buildpack.toml");
  if (!text) return fail(std::move(text.error()));
  Result<void> taken = take_descriptor(*text, question.runtime.scheme, capability);
  if (!taken) return taken;
  return fill_fixed_evidence(question, *text, capability);
}

// The descriptors of parts lie in their composite's repository, which another part's facts name.
Result<void> CapabilityReader::fill_fixed_evidence(const Question& question,
                                                   const std::string& descriptor,
                                                   Capability& capability) const {
  auto plan =
      std::find_if(plan_.descriptors.begin(), plan_.descriptors.end(),
                   [&](const auto& each) { return each.buildpack == question.buildpack.id; });
  if (plan == plan_.descriptors.end()) {
    return fail("the plan does not say where its buildpack.toml comes from");
  }
  Result<Node> facts =
      facts_.json(Facts::folder_of(plan->facts_of, question.buildpack.version) + "facts.json");
  if (!facts) return fail(std::move(facts.error()));
  Result<Evidence> evidence = evidence_in(*facts, plan->path);
  if (!evidence) return fail(std::move(evidence.error()));
  capability.evidence = std::move(*evidence);
  capability.evidence.digest = sha256_digest(descriptor);
  return {};
}

// A frozen repository holds what the releases up to this one brought to its bucket: builds stay in
// it, but nothing says that they were carried over to another one. What a live repository holds is
// recorded as series only.
Result<void> CapabilityReader::fill_repository(const Question& question,
                                               Capability& capability) const {
  auto plan = std::find_if(plan_.repositories.begin(), plan_.repositories.end(),
                           [&](const auto& p) { return p.buildpack == question.buildpack.id; });
  if (plan == plan_.repositories.end()) return fail("the plan does not know its repository");
  Result<Node> facts = facts_of(question, capability);
  if (!facts) return fail(std::move(facts.error()));
  DocumentView view(*facts);
  Result<std::string> snapshot = view.optional_text("snapshot");
  if (!snapshot) return fail(std::move(snapshot.error()));
  capability.repository = std::move(*snapshot);
  bool frozen = !capability.repository.empty();
  auto series = frozen ? view.member(plan->frozen_series).and_then([&](const auto& by_stack) {
    return series_in(by_stack, question.target.stack);
  })
                       : series_in(view, plan->live_series);
  if (!series) return fail(std::move(series.error()));
  Result<Node> index = index_of(question.buildpack.id);
  if (!index) return fail(std::move(index.error()));
  Result<void> filtered = keep_served(*index, question.target.stack, *series);
  if (!filtered) return filtered;
  capability.series = std::move(*series);
  if (frozen) return fill_repository_versions(question, *index, plan->package, capability);
  capability.evidence.note = "a live repository: the series that the sources name";
  return {};
}

Result<void> CapabilityReader::fill_repository_versions(const Question& question, const Node& index,
                                                        const std::string& package,
                                                        Capability& capability) const {
  auto rows = rows_until(index, question.buildpack.version);
  if (!rows) return fail(std::move(rows.error()));
  auto bucket = bucket_of(rows->back());
  if (!bucket) return fail(std::move(bucket.error()));
  Result<std::string> repository = repository_of(rows->back());
  if (!repository) return fail(std::move(repository.error()));
  std::vector<std::string> texts;
  for (const ReleaseRow& row : *rows) {
    if (repository_of(row).value_or("") != *repository) continue;
    auto lies_in = bucket_of(row);
    if (!lies_in) return fail(std::move(lies_in.error()));
    if (*lies_in != *bucket) continue;
    auto listed = packages_of(row, package);
    if (!listed) return fail(std::move(listed.error()));
    for (std::string& version : *listed) {
      if (is_in_series(version, capability.series)) texts.push_back(std::move(version));
    }
  }
  auto versions = sorted_versions(question.runtime.scheme, texts);
  if (!versions) return fail(std::move(versions.error()));
  capability.versions = std::move(*versions);
  return {};
}

Result<void> CapabilityReader::fill_default(const Question& question,
                                            Capability& capability) const {
  std::string file =
      Facts::folder_of(question.buildpack.id, question.buildpack.version) + "facts.json";
  if (!facts_.has(file)) return {};
  Result<Node> facts = facts_.json(file);
  if (!facts) return fail(std::move(facts.error()));
  Result<std::string> by_default = DocumentView(*facts).optional_text("default");
  if (!by_default) return fail(std::move(by_default.error()));
  capability.default_version = std::move(*by_default);
  return {};
}

Result<Node> CapabilityReader::facts_of(const Question& question, Capability& capability) const {
  Result<Node> facts = facts_.json(
      Facts::folder_of(question.buildpack.id, question.buildpack.version) + "facts.json");
  if (!facts) return facts;
  Result<Evidence> evidence = evidence_in(*facts);
  if (!evidence) return fail(std::move(evidence.error()));
  capability.evidence = std::move(*evidence);
  return facts;
}

Result<Node> CapabilityReader::index_of(const std::string& buildpack) const {
  for (const IndexPlan& plan : plan_.indexes) {
    if (plan.buildpack == buildpack) return facts_.json(plan.file);
  }
  return fail("the plan has no index of the releases of " + buildpack);
}

}  // namespace buildable
