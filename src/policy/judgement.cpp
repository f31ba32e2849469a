#include "policy/judgement.h"

#include <algorithm>
#include <type_traits>

#include "model/rules_fields.h"
#include "policy/consistency.h"
#include "policy/describe.h"

namespace buildable {
namespace {

struct Shares {  // percent that may be lost
  int versions;
  int series;
};

class Judging {
 public:
  explicit Judging(const JudgementRules& rules) : rules_(rules) {}

  void alone(const Rules& rules, const Snapshot& fresh, const Policy& policy);
  void builders(const Snapshot& last, const Snapshot& fresh);
  void tracks(const Policy& last, const Policy& fresh);
  Judgement take() { return std::move(judgement_); }

 private:
  void find(std::string_view code, std::string text) {
    judgement_.findings.push_back({std::string(code), outcome_of(rules_, code), std::move(text)});
  }
  void track_alone(const TrackPolicy& track, const Snapshot& fresh);
  void equal_digests(const Snapshot& fresh);
  void runtimes(const TrackPolicy& last, const TrackPolicy& fresh);
  void runtime(const std::string& track, const RuntimePolicy& last, const RuntimePolicy* fresh,
               Shares shares);
  void lost(const std::string& where, std::string_view what, std::size_t lost, std::size_t of,
            int share);

  const JudgementRules& rules_;
  Judgement judgement_;
};

const Builder* builder_named(const Snapshot& snapshot, std::string_view reference) {
  for (const Builder& builder : snapshot.builders)
    if (builder.reference == reference) return &builder;
  return nullptr;
}

const Builder* builder_of_track(const Snapshot& snapshot, std::string_view name) {
  for (const Track& track : snapshot.tracks)
    if (track.name == name) return builder_named(snapshot, track.builder);
  return nullptr;
}

bool labels_were_read(const Builder& builder) {
  return builder.candidates.size() == 1 && !builder.target.distro_version.empty();
}

bool builds_something(const TrackPolicy& track) {
  return std::any_of(track.runtimes.begin(), track.runtimes.end(),
                     [](const RuntimePolicy& runtime) { return !runtime.buildable.empty(); });
}

void Judging::track_alone(const TrackPolicy& track, const Snapshot& fresh) {
  if (track.expired) {
    return find("deprecated_ended", "the " + track.track + " track ended on " +
                                        day_of(track.valid_until) + " and is kept as ended");
  }
  if (!builds_something(track))
    find("empty_policy", "nothing can be built on the " + track.track + " track");
  const Builder* builder = builder_named(fresh, track.builder);
  if (!builder || !labels_were_read(*builder))
    find("label_missing",
         "what is in " + track.builder + " (" + track.track + ") was not read from its labels");
}

void Judging::equal_digests(const Snapshot& fresh) {
  for (auto one = fresh.builders.begin(); one != fresh.builders.end(); ++one) {
    for (auto other = fresh.builders.begin(); other != one; ++other) {
      if (one->digest.empty() || one->digest != other->digest) continue;
      const auto same = [](const Candidate& a, const Candidate& b) {
        return a.lifecycle == b.lifecycle && a.buildpacks == b.buildpacks && a.order == b.order;
      };
      if (one->target == other->target &&
          std::equal(one->candidates.begin(), one->candidates.end(), other->candidates.begin(),
                     other->candidates.end(), same))
        continue;
      find("sources_disagree", other->reference + " and " + one->reference + " are one image (" +
                                   one->digest + "), yet what was read of them differs");
    }
  }
}

void Judging::alone(const Rules& rules, const Snapshot& fresh, const Policy& policy) {
  if (!policy.find(rules.platform.default_track))
    find("default_track_missing", "there is no " + rules.platform.default_track + " track");
  for (const TrackPolicy& track : policy.tracks) track_alone(track, fresh);
  equal_digests(fresh);
  for (std::string& text : contradictions(fresh, rules)) find("facts_contradict", std::move(text));
}

// The newest that the builder may have; nothing where none is known.
std::optional<Version> lifecycle_of(const Builder* builder) {
  if (!builder || builder->candidates.empty()) return std::nullopt;
  const auto version = Version::parse(Scheme::semver, builder->candidates.back().lifecycle);
  return version ? std::optional(*version) : std::nullopt;
}

void Judging::builders(const Snapshot& last, const Snapshot& fresh) {
  if (fresh.effective < last.effective)
    find("snapshot_older", "the state of " + format_instant(fresh.effective) +
                               " is older than the last good one, of " +
                               format_instant(last.effective));
  for (const Builder& before : last.builders) {
    const Builder* now = builder_named(fresh, before.reference);
    if (!now || now->digest.empty() || before.digest.empty() || now->digest == before.digest)
      continue;
    find("digest_changed",
         now->reference + " was " + before.digest + " and is " + now->digest + " now");
  }
  for (const Track& track : fresh.tracks) {
    const auto before = lifecycle_of(builder_of_track(last, track.name));
    const auto now = lifecycle_of(builder_of_track(fresh, track.name));
    if (!before || !now || order(*now, *before) >= 0) continue;
    find("builder_moved_back", "the builder of the " + track.name + " track went from lifecycle " +
                                   before->text() + " back to " + now->text());
  }
}

template <class T, class Predicate>
std::size_t count(const std::vector<T>& items, Predicate counts) {
  return static_cast<std::size_t>(std::count_if(items.begin(), items.end(), counts));
}

void Judging::lost(const std::string& where, std::string_view what, std::size_t lost,
                   std::size_t of, int share) {
  if (lost * 100 <= of * static_cast<std::size_t>(std::max(share, 0))) return;
  find("set_shrank", where + " lost " + std::to_string(lost) + " of " + std::to_string(of) + " " +
                         std::string(what) + ", more than " + std::to_string(share) + " percent");
}

void Judging::runtime(const std::string& track, const RuntimePolicy& last,
                      const RuntimePolicy* fresh, Shares shares) {
  if (last.buildable.empty()) return;
  if (!fresh || fresh->buildable.empty())
    return find("runtime_vanished",
                "nothing of " + last.name + " can be built on the " + track + " track any more");
  const auto lost_version = [&](const Version& version) {
    return !fresh->buildable.contains(version);
  };
  const auto lost_series = [&](const SeriesRow& row) {
    return std::none_of(fresh->series.begin(), fresh->series.end(),
                        [&](const SeriesRow& other) { return other.series == row.series; });
  };
  const std::string where = last.name + " on the " + track + " track";
  lost(where, "known versions", count(last.known, lost_version), last.known.size(),
       shares.versions);
  lost(where, "series", count(last.series, lost_series), last.series.size(), shares.series);
}

void Judging::runtimes(const TrackPolicy& last, const TrackPolicy& fresh) {
  const bool same_builder =
      last.builder == fresh.builder && last.builder_digest == fresh.builder_digest;
  const Shares shares = same_builder ? Shares{rules_.lost_versions_share, rules_.lost_series_share}
                                     : Shares{rules_.lost_versions_share_of_new_builder,
                                              rules_.lost_series_share_of_new_builder};
  for (const RuntimePolicy& each : last.runtimes)
    runtime(last.track, each, fresh.find(each.runtime), shares);
}

// The end of a track is not a loss of versions: a track that has ended is not held against the
// past.
void Judging::tracks(const Policy& last, const Policy& fresh) {
  for (const TrackPolicy& before : last.tracks) {
    const TrackPolicy* now = fresh.find(before.track);
    if (now && !now->expired) runtimes(before, *now);
    if (now) continue;
    if (before.expired)
      find("deprecated_ended", "the " + before.track + " track, which had ended, is gone");
    else
      find("track_vanished", "the " + before.track + " track is gone");
  }
}

}  // namespace

bool Judgement::acceptable() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& finding) { return finding.severity == Severity::refuse; });
}

Severity outcome_of(const JudgementRules& rules, std::string_view code) {
  Severity outcome = Severity::refuse;
  const auto look_at = [&](const auto& field) {
    using Member = std::remove_cvref_t<decltype(rules.*(field.member))>;
    if constexpr (std::is_same_v<Member, Severity>)
      if (field.name == code) outcome = rules.*(field.member);
  };
  std::apply([&](const auto&... field) { (look_at(field), ...); }, Fields<JudgementRules>::list());
  return outcome;
}

Judgement judge_change(const Rules& rules, const Snapshot* last_good, const Policy* last_policy,
                       const Snapshot& fresh, const Policy& fresh_policy) {
  Judging judging(rules.platform.judgement);
  judging.alone(rules, fresh, fresh_policy);
  if (last_good) judging.builders(*last_good, fresh);
  if (last_policy) judging.tracks(*last_policy, fresh_policy);
  return judging.take();
}

}  // namespace buildable
