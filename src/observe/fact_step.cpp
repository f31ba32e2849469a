#include "observe/fact_step.h"

#include "ingest/capability_facts.h"
#include "ingest/limits.h"
#include "rules/selection.h"

namespace buildable::observe {
namespace {

std::string identity(const RuntimeRules& runtime, const BuildpackReference& buildpack,
                     const Target& target) {
  return runtime.id + " " + buildpack.id + "@" + buildpack.version + " " + target.stack + " " +
         target.distro_version + " " + target.arch;
}

Placeholders placeholders_of(const FactReading& fact, const Source& source) {
  Placeholders values = observe::placeholders_of(fact.target);
  values["version"] = fact.buildpack.version;
  values["repository"] = fact.capability.repository;
  if (const auto stack = source.stacks.find(fact.target.stack); stack != source.stacks.end()) {
    const auto written = fill_text(stack->second, values);
    values["stack"] = written ? *written : std::string{};
  }
  return values;
}

}  // namespace

void FactStep::start(const BuilderReading& builder) {
  for (const BuildpackReference& buildpack : builder.inside->candidate.buildpacks)
    for (const RuntimeRules& runtime : session_.rules.runtimes)
      start(runtime, buildpack, builder.inside->target);
}

void FactStep::start(const RuntimeRules& runtime, const BuildpackReference& buildpack,
                     const Target& target) {
  const auto rule = rule_for(runtime, buildpack);
  if (rule && (*rule == nullptr || !needs_facts((*rule)->mechanism))) return;
  auto [at, added] = facts_.try_emplace(identity(runtime, buildpack, target));
  if (!added) return;
  at->second = std::make_unique<FactReading>(FactReading{.runtime = &runtime,
                                                         .rule = rule ? *rule : nullptr,
                                                         .buildpack = buildpack,
                                                         .target = target});
  FactReading& fact = *at->second;
  fact.capability = {
      .runtime = runtime.id, .buildpack = buildpack.id, .version = buildpack.version};
  if (rule) {
    start(fact);
  } else {
    fact.problems.push_back(rule.error());
  }
}

void FactStep::start(FactReading& fact) {
  const Scheme scheme = fact.runtime->scheme;
  switch (fact.rule->mechanism) {
    case Mechanism::inventory:
      read(fact, SourceKind::inventory, ingest::limits::inventory,
           [scheme, &fact](const std::string& text, Capability& capability) {
             return ingest::take_inventory(text, scheme, fact.target, capability);
           });
      break;
    case Mechanism::series:
      read(fact, SourceKind::series_constants, ingest::limits::source, {});
      list_archives(fact);
      break;
    case Mechanism::aliases:
      read(fact, SourceKind::alias_table, ingest::limits::source,
           [](const std::string& text, Capability& capability) {
             return ingest::take_alias_table(text, capability);
           });
      break;
    case Mechanism::fixed:
      read(fact, SourceKind::buildpack_descriptor, ingest::limits::descriptor,
           [scheme](const std::string& text, Capability& capability) {
             return ingest::take_descriptor(text, scheme, capability);
           });
      break;
    case Mechanism::archives:
      list_archives(fact);
      if (wanted(fact, SourceKind::series_constants, false) != nullptr)
        read(fact, SourceKind::series_constants, ingest::limits::source, {});
      break;
    case Mechanism::repository:
      read_repository(fact);
      break;
    default:
      break;
  }
  read_default(fact);
}

// The source of that kind for this buildpack version; a needed one that is missing is a problem.
const Source* FactStep::wanted(FactReading& fact, SourceKind kind, bool needed) {
  const auto source = session_.source(kind, fact.buildpack);
  if (source && (*source != nullptr || !needed)) return *source;
  fact.problems.push_back(
      source ? Error(Diagnostic{.message = "no source says what " + fact.buildpack.id + " " +
                                           fact.buildpack.version + " can build",
                                .path = std::string(name_of(kind)),
                                .hint = "add a source of this kind to the platform's rules"})
             : source.error());
  return nullptr;
}

// Without `take`: the constants of a span of series.
void FactStep::read(FactReading& fact, SourceKind kind, std::size_t limit, Take take) {
  const Source* source = wanted(fact, kind, true);
  if (source == nullptr) return;
  if (!take)
    take = [source](const std::string& text, Capability& capability) {
      return ingest::take_series_constants(text, source->constants, capability);
    };
  session_.read(*source, placeholders_of(fact, *source), limit,
                [this, source, &fact, take = std::move(take)](Result<Answer> answer) {
                  const auto taken = answer.and_then(
                      [&](const Answer& found) { return take(found.text, fact.capability); });
                  if (!taken) {
                    fact.problems.push_back(session_.failed(*source, taken.error()));
                  } else {
                    fact.capability.evidence = answer->evidence;
                  }
                });
}

// A frozen repository is known by its hash in the buildpack's source; a live one has none.
void FactStep::read_repository(FactReading& fact) {
  const Source* source = wanted(fact, SourceKind::repository_constant, false);
  if (source == nullptr) {
    if (fact.problems.empty()) read_packages(fact);
    return;
  }
  const Source* packages = wanted(fact, SourceKind::package_repository, true);
  if (packages == nullptr) return;
  session_.fetcher.hold(packages->name);
  session_.read(*source, placeholders_of(fact, *source), ingest::limits::source,
                [this, source, packages, &fact](Result<Answer> answer) {
                  const auto taken = answer.and_then([&](const Answer& found) {
                    return ingest::take_repository_constant(found.text, source->constants,
                                                            fact.capability);
                  });
                  if (taken) {
                    read_packages(fact);
                  } else {
                    fact.problems.push_back(session_.failed(*source, taken.error()));
                  }
                  session_.fetcher.let_go(packages->name);
                });
}

void FactStep::read_packages(FactReading& fact) {
  const Source* source = wanted(fact, SourceKind::package_repository, true);
  if (source == nullptr) return;
  read(fact, SourceKind::package_repository, ingest::limits::repository,
       [source, &fact](const std::string& text, Capability& capability) {
         return ingest::take_packages(text, source->constants, *fact.runtime, capability);
       });
}

// Where the rules leave the default to the release. Its source may be optional: what a project
// without a pin gets is then not known.
void FactStep::read_default(FactReading& fact) {
  if (!fact.rule->default_version.empty()) return;
  const Source* source = wanted(fact, SourceKind::default_constant, false);
  if (source == nullptr) return;
  session_.read(*source, placeholders_of(fact, *source), ingest::limits::source,
                [this, source, &fact](Result<Answer> answer) {
                  const auto taken = answer.and_then([&](const Answer& found) {
                    return ingest::take_default(found.text, source->constants, fact.capability);
                  });
                  if (!taken) {
                    Error error = session_.failed(*source, taken.error());
                    if (!source->optional) fact.problems.push_back(std::move(error));
                  } else if (fact.rule->mechanism == Mechanism::archives) {
                    fact.capability.evidence = answer->evidence;  // the store has its own
                  }
                });
}

void FactStep::list_archives(FactReading& fact) {
  const Source* source =
      wanted(fact, SourceKind::archive_listing, fact.rule->mechanism == Mechanism::archives);
  if (source == nullptr || fact.rule->archive_urls.empty()) return;
  fact.store = &archives_.list(*fact.runtime, *fact.rule, *source, fact.target);
}

void FactStep::name_archives() {
  for (auto& [id, fact] : facts_) {
    if (fact->store == nullptr) continue;
    const Capability& capability = fact->capability;
    for (const auto& [series, version] : capability.aliases) fact->store->wanted.insert(version);
    const std::string& by_default = capability.default_version.empty() ? fact->rule->default_version
                                                                       : capability.default_version;
    const auto named = parse_named(fact->runtime->scheme, by_default);
    if (named && named->exact) fact->store->wanted.insert(named->exact->text());
  }
}

std::vector<FactReading*> FactStep::facts_of(const BuilderReading& builder) {
  std::vector<FactReading*> facts;
  if (!builder.inside) return facts;
  for (const BuildpackReference& buildpack : builder.inside->candidate.buildpacks)
    for (const RuntimeRules& runtime : session_.rules.runtimes) {
      const auto at = facts_.find(identity(runtime, buildpack, builder.inside->target));
      if (at != facts_.end()) facts.push_back(at->second.get());
    }
  return facts;
}

}  // namespace buildable::observe
