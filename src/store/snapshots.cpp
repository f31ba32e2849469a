#include "store/snapshots.h"

#include <algorithm>
#include <tuple>

#include "base/digest.h"
#include "base/json_codec.h"
#include "store/durable_directory.h"
#include "store/file_reader.h"
#include "store/file_writer.h"

namespace buildable::store {

// A line of the index. In its namespace for the sake of Fields.
struct IndexEntry {
  std::string digest;
  std::string stored;
  std::string seen;
  friend bool operator==(const IndexEntry&, const IndexEntry&) = default;
};

struct SnapshotIndex {
  int schema_version = 1;
  std::string digest;  // of this document with this field empty: a flipped byte shows
  std::vector<IndexEntry> snapshots;
};

}  // namespace buildable::store

namespace buildable {

template <>
struct Fields<store::IndexEntry> {
  static constexpr auto list() {
    return std::tuple{required("digest", &store::IndexEntry::digest),
                      required("stored", &store::IndexEntry::stored),
                      required("seen", &store::IndexEntry::seen)};
  }
};
template <>
struct Fields<store::SnapshotIndex> {
  static constexpr auto list() {
    return std::tuple{required("schema_version", &store::SnapshotIndex::schema_version),
                      required("digest", &store::SnapshotIndex::digest),
                      required("snapshots", &store::SnapshotIndex::snapshots)};
  }
};

}  // namespace buildable

namespace buildable::store {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view digest_prefix = "sha256:";
constexpr WriteOptions durable{.synced = true};

fs::path index_file(const fs::path& directory) { return directory / "index.json"; }
fs::path older_index_file(const fs::path& directory) { return directory / "index.json.1"; }
fs::path snapshots_of(const fs::path& directory) { return directory / "snapshots"; }

// Precondition: a well-formed digest.
fs::path snapshot_file(const fs::path& directory, std::string_view digest) {
  return snapshots_of(directory) / (std::string(digest.substr(digest_prefix.size())) + ".json");
}

tl::unexpected<Error> damaged(const fs::path& file, const std::string& what) {
  return fail(Diagnostic{.message = "damaged: " + what, .file = file.string()});
}

std::string sealed(SnapshotIndex index) {
  index.digest.clear();
  index.digest = sha256_digest(to_json(index));
  return to_json(index);
}

Result<SnapshotIndex> read_index(const fs::path& file) {
  auto text = read_file(file);
  if (!text) return fail(std::move(text.error()));
  auto index = from_json<SnapshotIndex>(*text, file.string());
  if (!index) return damaged(file, index.error().message());
  if (sealed(*index) != *text) return damaged(file, "the bytes do not match their digest");
  for (const IndexEntry& entry : index->snapshots)
    if (!is_sha256_digest(entry.digest) || !parse_instant(entry.stored) ||
        !parse_instant(entry.seen))
      return damaged(file, "an entry makes no sense");
  return index;
}

Result<std::string> read_snapshot(const fs::path& directory, const std::string& digest) {
  const fs::path file = snapshot_file(directory, digest);
  auto text = read_file(file);
  if (text && sha256_digest(*text) != digest)
    return damaged(file, "the bytes do not match their digest");
  return text;
}

// The index that the files themselves are. Times are those of the files.
SnapshotIndex index_of_files(const fs::path& directory) {
  SnapshotIndex index;
  std::error_code error;
  for (fs::directory_iterator it(snapshots_of(directory), error), end; !error && it != end;
       it.increment(error)) {
    const std::string digest = std::string(digest_prefix) + it->path().stem().string();
    const auto written = fs::last_write_time(it->path(), error);
    if (error || !is_sha256_digest(digest)) continue;
    const std::string time = format_instant(std::chrono::time_point_cast<std::chrono::seconds>(
        fs::file_time_type::clock::to_sys(written)));
    index.snapshots.push_back({digest, time, time});
  }
  std::sort(index.snapshots.begin(), index.snapshots.end(),
            [](const IndexEntry& a, const IndexEntry& b) {
              return std::tie(a.stored, a.digest) < std::tie(b.stored, b.digest);
            });
  return index;
}

struct LoadedIndex {
  SnapshotIndex index;
  bool current = false;              // it is index.json
  std::vector<Diagnostic> problems;  // of what was passed over
};

LoadedIndex load_index(const fs::path& directory) {
  LoadedIndex loaded;
  for (const fs::path& file : {index_file(directory), older_index_file(directory)}) {
    auto index = read_index(file);
    if (index) {
      loaded.index = std::move(*index);
      loaded.current = loaded.problems.empty();
      return loaded;
    }
    const auto& found = index.error().diagnostics();
    loaded.problems.insert(loaded.problems.end(), found.begin(), found.end());
  }
  loaded.index = index_of_files(directory);
  return loaded;
}

StoredSnapshot stored(const IndexEntry& entry, std::string text) {
  return {entry.digest, *parse_instant(entry.stored), *parse_instant(entry.seen), std::move(text)};
}

Result<void> write_index(const fs::path& directory, const LoadedIndex& before,
                         const SnapshotIndex& after) {
  // A damaged index must not take the place of the older, good one.
  if (before.current) {
    auto kept = write_file(older_index_file(directory), sealed(before.index), durable);
    if (!kept) return kept;
  }
  return write_file(index_file(directory), sealed(after), durable);
}

}  // namespace

SnapshotStore::SnapshotStore(fs::path directory) : directory_(std::move(directory)) {}

Result<void> SnapshotStore::put(const std::string& text, Instant now) {
  if (auto created = create_durably(snapshots_of(directory_)); !created) return created;
  const auto lock = FileLock::take(directory_ / "lock");
  if (!lock) return fail(lock.error());
  remove_leftovers(directory_);
  remove_leftovers(snapshots_of(directory_));
  const LoadedIndex before = load_index(directory_);
  const std::string digest = sha256_digest(text);
  if (!read_snapshot(directory_, digest)) {
    auto written = write_file(snapshot_file(directory_, digest), text, durable);
    if (!written) return written;
  }
  SnapshotIndex after = before.index;
  const std::string time = format_instant(now);
  if (after.snapshots.empty() || after.snapshots.back().digest != digest)
    after.snapshots.push_back({digest, time, time});
  after.snapshots.back().seen = std::max(after.snapshots.back().seen, time);
  return write_index(directory_, before, after);
}

Result<StoredSnapshot> SnapshotStore::newest() const {
  LoadedIndex loaded = load_index(directory_);
  const auto& entries = loaded.index.snapshots;
  for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
    auto text = read_snapshot(directory_, entry->digest);
    if (text) return stored(*entry, std::move(*text));
    const auto& found = text.error().diagnostics();
    loaded.problems.insert(loaded.problems.end(), found.begin(), found.end());
  }
  loaded.problems.insert(loaded.problems.begin(), Diagnostic{.message = "there is no good snapshot",
                                                             .file = directory_.string()});
  return fail(Error(std::move(loaded.problems)));
}

std::vector<StoredSnapshot> SnapshotStore::history() const {
  std::vector<StoredSnapshot> good;
  for (const IndexEntry& entry : load_index(directory_).index.snapshots)
    if (auto text = read_snapshot(directory_, entry.digest))
      good.push_back(stored(entry, std::move(*text)));
  return good;
}

}  // namespace buildable::store
