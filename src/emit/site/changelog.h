// What changed, as Markdown: CHANGELOG.md and the message of the commit that publishes a tree.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "model/history.h"
#include "model/rules.h"
#include "model/snapshot.h"

namespace buildable::emit {

// Newest first, in the words of the feed. No time but those of the states.
std::string emit_changelog(const std::vector<HistoryState>& states, const Rules& rules);

// What a publication changes of what was published before.
struct PublicationNews {
  HistoryState
      state;  // its changes are against what was published; none: the versions are the same
  bool is_first = false;
  bool is_renewal = false;  // the files stay, the manifest is good for longer
  std::string revision;
  std::string expires;
  std::size_t added = 0;
  std::size_t modified = 0;
  std::size_t removed = 0;
};

// "default: Python 3.14 now buildable (builder 24_0.21.5 → 24_0.21.8)": one line.
std::string publication_title(const PublicationNews& news);
// That line, a table of what changed, the sources with their digests, and trailers.
std::string emit_commit_message(const PublicationNews& news, const Snapshot& snapshot);

}  // namespace buildable::emit
