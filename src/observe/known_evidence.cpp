#include "observe/known_evidence.h"

#include <algorithm>

namespace buildable::observe {
namespace {

// Takes the last one's evidence for `fresh` where they are the same but for when they were read and
// in which bytes.
template <class Fact>
void keep_evidence(const Fact& last, Fact& fresh) {
  Fact as_before = fresh;
  as_before.evidence = last.evidence;
  if (as_before == last && fresh.evidence.source == last.evidence.source) fresh = last;
}

template <class Fact, class Same>
void keep_all(const std::vector<Fact>& last, std::vector<Fact>& fresh, Same same) {
  for (Fact& fact : fresh) {
    const auto known =
        std::find_if(last.begin(), last.end(), [&](const Fact& each) { return same(each, fact); });
    if (known != last.end()) keep_evidence(*known, fact);
  }
}

void keep_builders(const Snapshot& last, Snapshot& fresh) {
  for (Builder& builder : fresh.builders)
    for (const Builder& known : last.builders)
      if (known.reference == builder.reference && known.candidates.size() == 1 &&
          builder.candidates.size() == 1)
        keep_evidence(known.candidates.front(), builder.candidates.front());
}

// Nothing is decided by upstream's days, so a runtime whose source did not answer is no news: what
// was read of it last stays.
void keep_unanswered(const std::vector<RuntimeReleases>& last,
                     std::vector<RuntimeReleases>& fresh) {
  const auto before = [](const RuntimeReleases& a, const RuntimeReleases& b) {
    return a.runtime < b.runtime;
  };
  for (const RuntimeReleases& known : last) {
    const auto place = std::lower_bound(fresh.begin(), fresh.end(), known, before);
    if (place == fresh.end() || place->runtime != known.runtime) fresh.insert(place, known);
  }
}

bool same_deployment(const Snapshot& a, const Snapshot& b) {
  return a.builders == b.builders &&
         std::equal(a.tracks.begin(), a.tracks.end(), b.tracks.begin(), b.tracks.end(),
                    [](const Track& one, const Track& other) {
                      return one.name == other.name && one.builder == other.builder &&
                             one.runner == other.runner && one.valid_until == other.valid_until;
                    });
}

}  // namespace

Snapshot keep_known_evidence(const Snapshot& last, Snapshot fresh) {
  keep_all(last.tracks, fresh.tracks,
           [](const Track& a, const Track& b) { return a.name == b.name; });
  keep_builders(last, fresh);
  keep_all(last.capabilities, fresh.capabilities, [](const Capability& a, const Capability& b) {
    return a.runtime == b.runtime && a.buildpack == b.buildpack && a.version == b.version;
  });
  keep_all(last.stores, fresh.stores,
           [](const ArchiveStore& a, const ArchiveStore& b) { return a.id == b.id; });
  keep_all(last.releases, fresh.releases, [](const RuntimeReleases& a, const RuntimeReleases& b) {
    return a.runtime == b.runtime;
  });
  keep_unanswered(last.releases, fresh.releases);
  if (same_deployment(last, fresh)) fresh.effective = last.effective;
  Snapshot at_last = fresh;
  at_last.observed = last.observed;
  return at_last == last ? last : fresh;
}

}  // namespace buildable::observe
