// make_snapshots FACTS CHECKOUT: writes rules/snapshots/<platform>/*.json of the checkout anew from
// a folder of facts. docs/snapshots.md says what the facts are.
#include <fstream>
#include <iostream>

#include "make.h"
#include "rules/load.h"

namespace {

using namespace buildable;

int report(const Error& error) {
  std::cerr << error.to_text() << "\n";
  return 2;
}

int run(const std::filesystem::path& facts_folder, const std::filesystem::path& checkout) {
  Result<SnapshotPlan> plan = read_plan(checkout / "tools" / "make_snapshots" / "toolforge.toml");
  if (!plan) return report(plan.error());
  auto runtimes = read_runtimes(checkout / "rules" / "runtimes");
  if (!runtimes) return report(runtimes.error());
  Facts facts(facts_folder);
  auto made = make_snapshots(facts, *plan, *runtimes);
  if (!made) return report(made.error());

  std::filesystem::path folder = checkout / "rules" / "snapshots" / plan->platform;
  for (const NamedSnapshot& named : *made) {
    std::filesystem::path file = folder / (named.name + ".json");
    std::ofstream out(file, std::ios::binary);
    out << write_snapshot(named.snapshot);
    if (!out.flush())
      return report(Diagnostic{.message = "cannot be written", .file = file.string()});
    std::cout << file.string() << ": " << named.snapshot.tracks.size() << " tracks, "
              << named.snapshot.capabilities.size() << " capabilities\n";
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 3) return run(arguments[1], arguments[2]);
  std::cerr << "usage: make_snapshots FACTS CHECKOUT\n";
  return 2;
}
