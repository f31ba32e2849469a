#include "policy/consistency.h"

#include <algorithm>

#include "base/text.h"
#include "policy/bounds.h"
#include "rules/selection.h"

namespace buildable {
namespace {

const ArchiveStore* store_of(const Snapshot& snapshot, const Capability& facts) {
  for (const ArchiveStore& store : snapshot.stores)
    if (!facts.store.empty() && store.id == facts.store) return &store;
  return nullptr;
}

class FactCheck {
 public:
  FactCheck(const Snapshot& snapshot, const RuntimeRules& runtime, const BuildpackRule& rule,
            const Capability& facts, std::vector<std::string>& found)
      : snapshot_(snapshot), runtime_(runtime), rule_(rule), facts_(facts), found_(found) {}

  void run();

 private:
  void find(const std::string& what) {
    found_.push_back(facts_.buildpack + " " + facts_.version + ", " + runtime_.name + ": " + what);
  }
  // Every version that the text names; nothing where it names none.
  std::optional<VersionSet> named(const std::string& text) const;
  void by_default(const Bounds& bounds);
  void aliases(const Bounds& bounds);
  void bound(const std::string& series);
  void versions_in_series();
  void store();

  const Snapshot& snapshot_;
  const RuntimeRules& runtime_;
  const BuildpackRule& rule_;
  const Capability& facts_;
  std::vector<std::string>& found_;
};

std::optional<VersionSet> FactCheck::named(const std::string& text) const {
  const auto parsed = parse_named(runtime_.scheme, text);
  if (!parsed) return std::nullopt;
  return parsed->exact ? VersionSet::of(*parsed->exact)
                       : VersionSet::series(runtime_.scheme, parsed->series);
}

// What is merely not known may be right.
void FactCheck::by_default(const Bounds& bounds) {
  const std::string& text = bounds.default_version;
  if (text.empty() || text == "*" || facts_.aliases.contains(text)) return;
  const auto versions = named(text);
  if (!versions) return find("its default " + in_quotes(text) + " is not a version");
  if (bounds.alternative->unbuildable().includes(*versions))
    find("its default " + text + " is not among what it can build");
}

void FactCheck::aliases(const Bounds& bounds) {
  const auto& span = bounds.alternative->span;
  for (const auto& [series, text] : facts_.aliases) {
    const auto members = named(series);
    const auto version = Version::parse(runtime_.scheme, text);
    if (!members || !version || !members->contains(*version))
      find(in_quotes(text) + ", which it installs for " + in_quotes(series) +
           ", is not of that series");
    else if (rule_.mechanism == Mechanism::series && span && !span->contains(*version))
      find("the alias " + series + " lies outside of its series " + facts_.oldest_series + " to " +
           facts_.newest_series);
  }
}

void FactCheck::bound(const std::string& series) {
  const auto parsed = parse_named(runtime_.scheme, series);
  const auto wanted = static_cast<std::size_t>(runtime_.series_components);
  if (parsed && !parsed->exact && parsed->series.size() == wanted) return;
  find(in_quotes(series) + " is not a series: those of this runtime have " +
       std::to_string(wanted) + (wanted == 1 ? " number" : " numbers"));
}

void FactCheck::versions_in_series() {
  VersionSet served = VersionSet::none(runtime_.scheme);
  for (const std::string& series : facts_.series) {
    bound(series);
    if (const auto members = named(series)) served = served.unite(*members);
  }
  for (const std::string& text : facts_.versions) {
    const auto version = Version::parse(runtime_.scheme, text);
    if (version && !version->is_prerelease() && !served.contains(*version))
      find(text + " belongs to none of its series " + join(facts_.series, ", "));
  }
}

void FactCheck::store() {
  const ArchiveStore* store = store_of(snapshot_, facts_);
  if (store == nullptr) return;
  if (store->runtime != runtime_.id)
    find("its archive store " + store->id + " holds " + store->runtime);
  for (const Archive& archive : store->archives) {
    const auto since =
        archive.since.empty() ? Result<Instant>(Instant::min()) : parse_day(archive.since);
    if (since && *since > snapshot_.observed)
      find("the archive of " + archive.version + " is there since " + archive.since +
           ", after the observation of " + format_instant(snapshot_.observed));
  }
}

void FactCheck::run() {
  VersionPool pool(runtime_.scheme);
  const auto bounds = bounds_of({.runtime = runtime_,
                                 .rule = rule_,
                                 .buildpack = {.id = facts_.buildpack, .version = facts_.version},
                                 .capability = &facts_,
                                 .pool = pool,
                                 .stores = snapshot_.stores,
                                 .at = snapshot_.observed});
  store();
  if (!bounds) return;
  by_default(*bounds);
  aliases(*bounds);
  if (rule_.mechanism == Mechanism::series)
    for (const std::string* series : {&facts_.oldest_series, &facts_.newest_series}) bound(*series);
  if (rule_.mechanism == Mechanism::repository) versions_in_series();
}

}  // namespace

std::vector<std::string> contradictions(const Snapshot& snapshot, const Rules& rules) {
  std::vector<std::string> found;
  for (const Capability& facts : snapshot.capabilities) {
    const auto runtime =
        std::find_if(rules.runtimes.begin(), rules.runtimes.end(),
                     [&](const RuntimeRules& each) { return each.id == facts.runtime; });
    if (runtime == rules.runtimes.end()) continue;
    const auto rule = rule_for(*runtime, {.id = facts.buildpack, .version = facts.version});
    if (rule && *rule != nullptr) FactCheck(snapshot, *runtime, **rule, facts, found).run();
  }
  return found;
}

}  // namespace buildable
