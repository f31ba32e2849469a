// Last known good and history, on disk: content-addressed, written by rename after fsync. A damaged
// file is recognised by its digest and passed over.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace buildable::store {

struct StoredSnapshot {
  std::string digest;  // "sha256:…" of the text
  Instant stored;      // when it was found to be the state
  Instant seen;        // last time that an observation gave the same
  std::string text;
};

// Directory layout: snapshots/<sha256>.json, and index.json naming them with their times, oldest
// first; the last two generations of index.json are kept (index.json.1). Where both are damaged the
// snapshots themselves are the index, by the times of their files.
//
// Reading needs no lock and no right to write. A process that is killed at any moment leaves the
// state from before or the one from after.
class SnapshotStore {
 public:
  explicit SnapshotStore(std::filesystem::path directory);
  // Adds the text as the newest state, or notes that the newest was seen again. Of several
  // processes one waits for the other. On failure everything is as it was.
  Result<void> put(const std::string& text, Instant now);
  // The newest whose bytes match its digest; fails when there is none, naming what was damaged.
  Result<StoredSnapshot> newest() const;
  // All good ones, oldest first.
  std::vector<StoredSnapshot> history() const;

 private:
  std::filesystem::path directory_;
};

}  // namespace buildable::store
