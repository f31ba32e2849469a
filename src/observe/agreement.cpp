// Each new fact held against what independent sources say: a single one that was tampered with, or
// that is simply wrong, is not believed.
#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "observe/fact_step.h"
#include "version/set.h"

namespace buildable::observe {
namespace {

struct Claim {
  std::string what;  // "the default", "the alias of 3.14"
  std::string version;
};

std::vector<Claim> claims_of(const FactReading& fact) {
  const Capability& facts = fact.capability;
  const bool by_rule = facts.default_version.empty();
  std::vector<Claim> claims{
      {"the default", by_rule ? fact.rule->default_version : facts.default_version},
      {"the newest series", facts.newest_series}};
  for (const auto& [series, version] : facts.aliases)
    claims.push_back({"the alias of " + series, version});
  for (const std::string& series : facts.series) claims.push_back({"the series", series});
  for (const std::string& version : facts.versions) claims.push_back({"the inventory's", version});
  if (fact.store != nullptr)
    for (const Archive& archive : fact.store->store.archives)
      claims.push_back({"the archive of", archive.version});
  return claims;
}

// What the text names in finals; nothing where it names none.
std::optional<VersionSet> finals_named(Scheme scheme, const std::string& text) {
  const auto named = parse_named(scheme, text);
  if (!named) return std::nullopt;
  return (named->exact ? VersionSet::of(*named->exact) : VersionSet::series(scheme, named->series))
      .finals_only();
}

VersionSet up_to(const VersionSet& finals) {
  return VersionSet::finals_between(finals.scheme(), std::nullopt, finals.finals().back().high);
}

// Everything up to the newest series that upstream has released; nothing where none can be read.
std::optional<VersionSet> released(Scheme scheme, const RuntimeReleases& releases) {
  VersionSet all = VersionSet::none(scheme);
  for (const ReleaseCycle& cycle : releases.cycles) {
    const auto version = Version::parse(scheme, cycle.series);
    if (!version) continue;
    const VersionSet series = VersionSet::series(scheme, version->release()).finals_only();
    if (!series.empty()) all = all.unite(up_to(series));
  }
  if (all.empty()) return std::nullopt;
  return all;
}

// The cycle that the version belongs to, where its newest release is known.
const ReleaseCycle* cycle_of(const Version& version, const RuntimeReleases& releases) {
  for (const ReleaseCycle& cycle : releases.cycles) {
    const auto series = Version::parse(version.scheme(), cycle.series);
    if (series && VersionSet::series(version.scheme(), series->release()).contains(version))
      return cycle.latest.empty() ? nullptr : &cycle;
  }
  return nullptr;
}

std::string text_of(const std::vector<std::string>& versions) { return join(versions, " "); }

std::string text_of(const std::map<std::string, std::string>& aliases) {
  std::string text;
  for (const auto& [series, version] : aliases)
    text.append(text.empty() ? "" : " ").append(series).append("=").append(version);
  return text;
}

// Short texts as they are, of long ones that they differ.
std::string difference(const std::string& was, const std::string& is) {
  constexpr std::size_t readable = 60;
  if (was.size() > readable || is.size() > readable) return " differ from those known before";
  return " was " + was + " and is " + is;
}

// A store in which something was found has been asked for each version that is installed by name.
void hold_against_store(FactReading& fact, Session& session) {
  const StoreReading* store = fact.store;
  if (store == nullptr || !store->problems.empty() || store->store.archives.empty()) return;
  for (const Claim& claim : claims_of(fact)) {
    if (claim.what != "the default" && !claim.what.starts_with("the alias")) continue;
    const auto named = parse_named(fact.runtime->scheme, claim.version);
    if (!named || !named->exact) continue;
    const auto& archives = store->store.archives;
    const bool is_there =
        std::any_of(archives.begin(), archives.end(), [&](const Archive& archive) {
          const auto version = Version::parse(fact.runtime->scheme, archive.version);
          return version && *version == *named->exact;
        });
    if (is_there) continue;
    session.doubt("sources_disagree",
                  fact.buildpack.id + " " + fact.buildpack.version + ": " + claim.what + " is " +
                      fact.runtime->name + " " + claim.version + ", which is not in the store " +
                      store->store.id,
                  fact.problems);
  }
}

// Upstream's list may lag behind by some days, so a patch that it lacks is told, not refused.
void look_at_patch(const FactReading& fact, const Claim& claim, const RuntimeReleases& releases,
                   Session& session) {
  const Scheme scheme = fact.runtime->scheme;
  const auto named = parse_named(scheme, claim.version);
  if (!named || !named->exact) return;
  const ReleaseCycle* cycle = cycle_of(*named->exact, releases);
  const auto newest =
      cycle == nullptr ? Result<Version>(fail("")) : Version::parse(scheme, cycle->latest);
  if (!newest || order(*named->exact, *newest) <= 0) return;
  session.remark("newer_than_upstream",
                 fact.buildpack.id + " " + fact.buildpack.version + ": " + claim.what + " " +
                     claim.version + " is newer than " + cycle->latest + ", the newest " +
                     fact.runtime->name + " of its series in " + releases.evidence.source,
                 fact.capability.evidence);
}

void hold_against_releases(FactReading& fact, const RuntimeReleases& releases, Session& session) {
  const Scheme scheme = fact.runtime->scheme;
  const auto known = released(scheme, releases);
  if (!known) return;
  for (const Claim& claim : claims_of(fact)) {
    const auto versions = finals_named(scheme, claim.version);
    if (!versions || versions->empty()) continue;
    if (versions->intersects(*known)) {
      look_at_patch(fact, claim, releases, session);
      continue;
    }
    session.doubt("sources_disagree",
                  fact.buildpack.id + " " + fact.buildpack.version + ": " + claim.what + " " +
                      claim.version + " is newer than every series of " + fact.runtime->name +
                      " in " + releases.evidence.source,
                  fact.problems);
    return;  // one is enough: the others tell of the same
  }
}

}  // namespace

// A released buildpack does not change: neither its files at the tag nor its frozen repository.
void FactStep::hold_against_last(const FactReading& fact) {
  const Snapshot* last = session_.options.last_good;
  if (last == nullptr) return;
  const Capability& now = fact.capability;
  for (const Capability& before : last->capabilities) {
    if (before.runtime != now.runtime || before.buildpack != now.buildpack ||
        before.version != now.version)
      continue;
    for (const auto& [what, was, is] :
         {std::tuple{"the default", before.default_version, now.default_version},
          std::tuple{"the oldest series", before.oldest_series, now.oldest_series},
          std::tuple{"the newest series", before.newest_series, now.newest_series},
          std::tuple{"the aliases", text_of(before.aliases), text_of(now.aliases)},
          std::tuple{"the versions", text_of(before.versions), text_of(now.versions)}}) {
      if (was == is || was.empty()) continue;
      session_.remark("fact_changed",
                      now.buildpack + " " + now.version + ", " + now.runtime + ": " + what +
                          difference(was, is) + ", though this version was released before",
                      now.evidence);
    }
  }
}

void FactStep::hold_against_others(const ReleaseStep& releases) {
  const Snapshot* last = session_.options.last_good;
  for (auto& [id, fact] : facts_) {
    if (fact->rule == nullptr || !fact->problems.empty()) continue;
    hold_against_store(*fact, session_);
    const RuntimeReleases* known = releases.find(fact->runtime->id);
    // Where upstream's releases could not be read, those that were known last still count: no
    // source confirms what goes beyond them.
    if (known == nullptr && last != nullptr)
      for (const RuntimeReleases& each : last->releases)
        if (each.runtime == fact->runtime->id) known = &each;
    if (known != nullptr) hold_against_releases(*fact, *known, session_);
    hold_against_last(*fact);
  }
}

}  // namespace buildable::observe
