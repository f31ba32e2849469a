#include "rules/embedded.h"

#include <algorithm>
#include <cstdlib>

#include "base/binary_codec.h"
#include "base/embedded_file.h"
#include "base/text.h"
#include "model/rules_fields.h"
#include "model/snapshot_fields.h"
#include "rules/embedded_bundle.h"

namespace buildable {

// The output of tools/embed.cpp.
BUILDABLE_EMBEDDED_FILE(embedded_bundle);

namespace {

// The build made the bytes with this very code. If they do not decode, the program's file is
// damaged, and there is nothing that it could rightly say.
template <class T>
T intact(Result<T> result) {
  if (!result) std::abort();
  return *std::move(result);
}

const EmbeddedBundle& bundle() {
  static const EmbeddedBundle decoded = intact(decode<EmbeddedBundle>(embedded_bundle()));
  return decoded;
}

std::vector<EmbeddedSnapshot> list_snapshots() {
  std::vector<EmbeddedSnapshot> snapshots;
  for (const BundledSnapshot& bundled : bundle().snapshots) {
    snapshots.push_back(
        {std::string(bundled.name), bundled.effective, std::string(bundled.digest)});
  }
  return snapshots;
}

}  // namespace

const Rules& embedded_rules() {
  static const Rules rules = intact(decode<Rules>(bundle().rules));
  return rules;
}

const std::vector<EmbeddedSnapshot>& embedded_snapshots() {
  static const std::vector<EmbeddedSnapshot> snapshots = list_snapshots();
  return snapshots;
}

Result<EmbeddedSnapshot> embedded_snapshot_at(Instant at) {
  const std::vector<EmbeddedSnapshot>& all = embedded_snapshots();
  if (all.empty()) {
    return fail("no observed state is compiled into this program", "name one with --snapshot FILE");
  }
  auto later = std::find_if(all.begin(), all.end(),
                            [at](const EmbeddedSnapshot& s) { return s.effective > at; });
  if (later != all.begin()) return *std::prev(later);
  return fail("nothing is known of " + format_instant(at),
              "the first known state is of " + format_instant(all.front().effective));
}

Snapshot embedded_snapshot(const EmbeddedSnapshot& which) {
  const std::vector<BundledSnapshot>& all = bundle().snapshots;
  auto found = std::find_if(all.begin(), all.end(), [&which](const BundledSnapshot& bundled) {
    return bundled.digest == which.digest;
  });
  return found == all.end() ? Snapshot{} : intact(decode<Snapshot>(found->bytes));
}

History embedded_history() { return intact(decode<History>(bundle().history)); }

}  // namespace buildable
