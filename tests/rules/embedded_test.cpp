#include "rules/embedded.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "base/digest.h"
#include "rules/load.h"
#include "support/files.h"
#include "support/paths.h"

using namespace buildable;
using namespace buildable::testing;

namespace {

const std::filesystem::path root = source_dir();

// Sorted; names as the errors have them.
std::vector<std::string> files_in(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
    files.push_back(folder + "/" + entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Rules rules_of_files() {
  std::string platform = "rules/platforms/toolforge.toml";
  std::vector<RuntimeRules> runtimes;
  for (const std::string& file : files_in("rules/runtimes")) {
    Result<RuntimeRules> runtime = parse_runtime(read_file(root / file), file);
    REQUIRE_MESSAGE(runtime.has_value(), runtime.error().to_text());
    runtimes.push_back(*runtime);
  }
  return *assemble(*parse_platform(read_file(root / platform), platform), runtimes);
}

}  // namespace

TEST_CASE("the rules compiled in are those of the files") {
  CHECK(embedded_rules() == rules_of_files());
}

TEST_CASE("the snapshots compiled in are those of the files, and these are canonical") {
  std::vector<std::string> files = files_in("rules/snapshots/toolforge");
  REQUIRE(embedded_snapshots().size() == files.size());
  for (const EmbeddedSnapshot& embedded : embedded_snapshots()) {
    CAPTURE(embedded.name);
    std::string text = read_file(root / "rules/snapshots/toolforge" / (embedded.name + ".json"));
    Result<Snapshot> snapshot = parse_snapshot(text, embedded.name);
    REQUIRE(snapshot.has_value());
    CHECK(embedded_snapshot(embedded) == *snapshot);
    CHECK(write_snapshot(*snapshot) == text);
    CHECK(embedded.digest == sha256_digest(text));
    CHECK(embedded.effective == snapshot->effective);
  }
}

TEST_CASE("a snapshot is in force from its instant to the next one's") {
  const std::vector<EmbeddedSnapshot>& all = embedded_snapshots();
  if (all.empty()) {
    CHECK(embedded_snapshot_at(Instant{}).error().message() ==
          "no observed state is compiled into this program");
    return;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    CAPTURE(all[i].name);
    Snapshot snapshot = embedded_snapshot(all[i]);
    CHECK(embedded_snapshot(*embedded_snapshot_at(all[i].effective)) == snapshot);
    if (i > 0) CHECK(all[i - 1].effective < all[i].effective);
    Result<EmbeddedSnapshot> before =
        embedded_snapshot_at(all[i].effective - std::chrono::seconds(1));
    if (i > 0) CHECK(before->name == all[i - 1].name);
    if (i == 0) {
      CHECK(before.error().message() ==
            "nothing is known of " + format_instant(all[i].effective - std::chrono::seconds(1)));
    }
  }
}

TEST_CASE("the history compiled in has one state a snapshot, in their order, and its witnesses") {
  const History history = embedded_history();
  std::size_t entry = 0;
  for (std::size_t i = 0; i < embedded_snapshots().size(); ++i) {
    REQUIRE(entry < history.states.size());
    CHECK(history.states[entry].snapshot_digest == embedded_snapshots()[i].digest);
    CHECK(history.states[entry].changes.empty() == (i == 0));
    CHECK(history.states[entry].known_by.empty());
    for (++entry; entry < history.states.size() && !history.states[entry].known_by.empty(); ++entry)
      CHECK(history.states[entry].snapshot_digest == embedded_snapshots()[i].digest);
  }
  CHECK(entry == history.states.size());
}

TEST_CASE("each snapshot has upstream's releases as far as they were known while it stood") {
  for (const EmbeddedSnapshot& embedded : embedded_snapshots()) {
    CAPTURE(embedded.name);
    const Snapshot snapshot = embedded_snapshot(embedded);
    const std::string until = format_day(snapshot.observed);
    const bool newest = embedded.name == embedded_snapshots().back().name;
    std::vector<std::string> runtimes;
    for (const RuntimeReleases& releases : snapshot.releases) {
      CAPTURE(releases.runtime);
      runtimes.push_back(releases.runtime);
      CHECK(!releases.cycles.empty());
      for (const ReleaseCycle& cycle : releases.cycles) {
        CAPTURE(cycle.series);
        CHECK(parse_day(cycle.released).has_value());
        CHECK(cycle.released <= until);
        CHECK(cycle.latest.empty() == cycle.latest_released.empty());
        CHECK(cycle.latest_released <= until);
        CHECK((cycle.end_of_life.empty() || parse_day(cycle.end_of_life).has_value()));
        // A day ahead is a plan, and when it was made is not recorded.
        CHECK((newest || cycle.end_of_life <= until));
      }
    }
    std::vector<std::string> dated;
    for (const RuntimeRules& runtime : embedded_rules().runtimes)
      if (!runtime.release_dates.empty()) dated.push_back(runtime.id);
    CHECK(runtimes == dated);
  }
}
