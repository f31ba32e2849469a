#include <algorithm>
#include <type_traits>

#include "base/digest.h"
#include "base/path_name.h"
#include "base/text.h"
#include "base/time.h"
#include "model/snapshot_fields.h"
#include "model/track_end.h"
#include "rules/checks.h"

namespace buildable {
namespace {

void check_times(const Snapshot& snapshot, Findings& findings) {
  if (snapshot.observed < snapshot.effective) findings.add("observed", "is before `effective`");
}

// A fact that does not say where and when it was read is nobody's.
void check_evidence(const Evidence& evidence, const std::string& path, Findings& findings) {
  findings.require_text(evidence.source, path + ".source");
  if (evidence.seen.empty()) {
    findings.add(path + ".seen", "is missing", "say when it was read, for example 2026-05-14");
  } else {
    findings.require(parse_instant_or_day(evidence.seen), path + ".seen");
  }
  if (evidence.digest.empty() || is_sha256_digest(evidence.digest)) return;
  findings.add(path + ".digest", in_quotes(evidence.digest) + " is not a sha256 digest");
}

// `name` must be one of `known`, or is the nearest of them meant?
void require_reference(const std::string& name, const std::vector<std::string>& known,
                       const std::string& what, const std::string& path, Findings& findings) {
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  std::vector<std::string_view> candidates(known.begin(), known.end());
  std::optional<std::string> meant = nearest(name, candidates);
  findings.add(path, "no " + what + " is called " + in_quotes(name),
               meant ? "did you mean " + in_quotes(*meant) + "?" : "");
}

void check_tracks(const Snapshot& snapshot, Findings& findings) {
  std::vector<std::string> builders = names_of(snapshot.builders, &Builder::reference);
  findings.require_unique(builders, "builders", "reference");
  findings.require_unique(names_of(snapshot.tracks, &Track::name), "tracks", "name");
  if (snapshot.tracks.empty()) findings.add("tracks", "is empty");
  for (std::size_t i = 0; i < snapshot.tracks.size(); ++i) {
    const Track& track = snapshot.tracks[i];
    findings.require_name(track.name, item_path("tracks", i, "name"));
    check_evidence(track.evidence, item_path("tracks", i, "evidence"), findings);
    require_reference(track.builder, builders, "builder", item_path("tracks", i, "builder"),
                      findings);
    findings.require(track_end(track.valid_until), item_path("tracks", i, "valid_until"));
  }
}

void check_candidate(const Candidate& candidate, const std::string& path, Findings& findings) {
  if (candidate.buildpacks.empty()) findings.add(path + ".buildpacks", "is empty");
  for (std::size_t i = 0; i < candidate.buildpacks.size(); ++i) {
    findings.require_text(candidate.buildpacks[i].id, item_path(path + ".buildpacks", i, "id"));
    findings.require_text(candidate.buildpacks[i].version,
                          item_path(path + ".buildpacks", i, "version"));
  }
  check_evidence(candidate.evidence, path + ".evidence", findings);
}

void check_witnesses(const Builder& builder, const std::string& path, Findings& findings) {
  for (std::size_t i = 0; i < builder.witnesses.size(); ++i) {
    const std::string item = item_path(path, i);
    findings.require_name(builder.witnesses[i].runtime, item + ".runtime");
    findings.require_text(builder.witnesses[i].version, item + ".version");
    check_evidence(builder.witnesses[i].evidence, item + ".evidence", findings);
  }
  if (!builder.witnesses.empty() && builder.candidates.empty())
    findings.add(path, "stands beside no candidate",
                 "a witness says which of the builder's candidates are possible; give those");
}

void check_builders(const Snapshot& snapshot, Findings& findings) {
  for (std::size_t i = 0; i < snapshot.builders.size(); ++i) {
    const Builder& builder = snapshot.builders[i];
    findings.require_text(builder.reference, item_path("builders", i, "reference"));
    for (std::size_t k = 0; k < builder.candidates.size(); ++k) {
      check_candidate(builder.candidates[k], item_path(item_path("builders", i, "candidates"), k),
                      findings);
    }
    check_witnesses(builder, item_path("builders", i, "witnesses"), findings);
  }
}

void check_versions(const std::vector<std::string>& versions, const std::string& path,
                    Findings& findings) {
  for (std::size_t i = 0; i < versions.size(); ++i) {
    findings.require_text(versions[i], item_path(path, i));
  }
}

void check_capabilities(const Snapshot& snapshot, Findings& findings) {
  std::vector<std::string> stores = names_of(snapshot.stores, &ArchiveStore::id);
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < snapshot.capabilities.size(); ++i) {
    const Capability& capability = snapshot.capabilities[i];
    std::string path = item_path("capabilities", i);
    keys.push_back(capability.runtime + " by " + capability.buildpack + "@" + capability.version);
    findings.require_name(capability.runtime, path + ".runtime");
    findings.require_text(capability.buildpack, path + ".buildpack");
    findings.require_text(capability.version, path + ".version");
    check_versions(capability.versions, path + ".versions", findings);
    check_versions(capability.series, path + ".series", findings);
    const std::string aliases = path + ".aliases.";
    for (const auto& [series, version] : capability.aliases) {
      findings.require_text(version, aliases + series);
    }
    check_evidence(capability.evidence, path + ".evidence", findings);
    if (capability.store.empty()) continue;
    require_reference(capability.store, stores, "store", path + ".store", findings);
  }
  findings.require_unique(keys, "capabilities", "");
}

void check_stores(const Snapshot& snapshot, Findings& findings) {
  findings.require_unique(names_of(snapshot.stores, &ArchiveStore::id), "stores", "id");
  for (std::size_t i = 0; i < snapshot.stores.size(); ++i) {
    const ArchiveStore& store = snapshot.stores[i];
    findings.require(InnerPath::parse(store.id), item_path("stores", i, "id"));
    findings.require_name(store.runtime, item_path("stores", i, "runtime"));
    check_evidence(store.evidence, item_path("stores", i, "evidence"), findings);
    for (std::size_t k = 0; k < store.archives.size(); ++k) {
      std::string path = item_path(item_path("stores", i, "archives"), k);
      findings.require_text(store.archives[k].version, path + ".version");
      if (store.archives[k].since.empty()) continue;
      findings.require(parse_day(store.archives[k].since), path + ".since");
    }
  }
}

void check_releases(const Snapshot& snapshot, Findings& findings) {
  for (std::size_t i = 0; i < snapshot.releases.size(); ++i) {
    findings.require_name(snapshot.releases[i].runtime, item_path("releases", i, "runtime"));
    check_evidence(snapshot.releases[i].evidence, item_path("releases", i, "evidence"), findings);
  }
}

// What a terminal, a bot's YAML or a page would take for an order to itself.
void check_text(const std::string& text, const std::string& path, Findings& findings) {
  if (printable(text) == text) return;
  findings.add(path, "holds a control character: " + in_quotes(text));
}

// Every text of a value, wherever it lies; `path` is the value's own.
class TextCheck {
 public:
  explicit TextCheck(Findings& findings) : findings_(findings) {}

  void look(const std::string& text, const std::string& path) { check_text(text, path, findings_); }
  void look(Instant, const std::string&) {}
  template <class T>
  void look(const std::vector<T>& items, const std::string& path) {
    for (std::size_t i = 0; i < items.size(); ++i) look(items[i], item_path(path, i));
  }
  void look(const std::map<std::string, std::string>& items, const std::string& path) {
    const std::string prefix = path + ".";
    for (const auto& [key, value] : items) {
      check_text(key, path, findings_);
      std::string inner = prefix;
      look(value, inner.append(key));
    }
  }
  template <class T>
  void look(const T& value, const std::string& path) {
    if constexpr (!std::is_arithmetic_v<T>) {
      const std::string before = path.empty() ? path : path + ".";
      std::apply(
          [&](const auto&... field) {
            (look(value.*(field.member), before + std::string(field.name)), ...);
          },
          Fields<T>::list());
    }
  }

 private:
  Findings& findings_;
};

}  // namespace

void check_snapshot(const Snapshot& snapshot, Findings& findings) {
  findings.require_schema(snapshot.schema_version);
  findings.require_name(snapshot.platform, "platform");
  check_times(snapshot, findings);
  check_tracks(snapshot, findings);
  check_builders(snapshot, findings);
  check_capabilities(snapshot, findings);
  check_stores(snapshot, findings);
  check_releases(snapshot, findings);
  TextCheck(findings).look(snapshot, "");
}

}  // namespace buildable
