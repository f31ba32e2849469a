// Run by the build: reads rules/ and writes the bytes that are compiled into the program. A mistake
// in rules/ so fails the build, with the message that a person would get.
//
//   buildable_embed OUT FILE...
//
// FILEs are rules/platforms/*.toml (one), rules/runtimes/*.toml and rules/snapshots/*/*.json.
#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "base/binary_codec.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/time.h"
#include "model/rules_fields.h"
#include "model/snapshot_fields.h"
#include "policy/compile.h"
#include "policy/history.h"
#include "rules/embedded_bundle.h"
#include "rules/load.h"

namespace buildable {
namespace {

constexpr int exit_failed = 2;  // as the program's own

struct LoadedSnapshot {
  std::string name;
  Instant effective;
  std::string digest;
  std::string bytes;
  Snapshot snapshot;
};

// Everything is read and every problem collected before anything is written.
class Loader {
 public:
  void load(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in) return report(Error(Diagnostic{.message = "cannot be read", .file = file}));
    if (file.find("/snapshots/") != std::string::npos) return load_snapshot(text, file);
    if (file.find("/platforms/") != std::string::npos) return load_platform(text, file);
    take(parse_runtime(text, file), [this](RuntimeRules& r) { runtimes_.push_back(std::move(r)); });
  }

  // Nothing when there was a problem; it has been told.
  std::optional<std::string> bundle() {
    std::optional<Rules> rules = assembled_rules();
    sort_snapshots();
    if (failed_) return std::nullopt;
    const std::vector<HistoryState> history = history_under(*rules);
    if (failed_) return std::nullopt;
    const std::string rules_bytes = encode(*rules);
    const std::string history_bytes = encode(History{history});
    EmbeddedBundle bundle{rules_bytes, history_bytes, {}};
    for (const LoadedSnapshot& s : snapshots_) {
      bundle.snapshots.push_back({s.name, s.snapshot.effective, s.digest, s.bytes});
    }
    return encode(bundle);
  }

 private:
  template <class T, class Use>
  void take(Result<T> result, Use use) {
    if (result) return use(*result);
    report(result.error());
  }

  void load_platform(const std::string& text, const std::string& file) {
    if (platform_) {
      return report(Error(Diagnostic{.message = "is a second platform", .file = file}));
    }
    take(parse_platform(text, file), [this](PlatformRules& p) { platform_ = std::move(p); });
  }

  void load_snapshot(const std::string& text, const std::string& file) {
    take(parse_snapshot(text, file), [&](const Snapshot& snapshot) {
      std::string name = file.substr(file.find_last_of('/') + 1);
      name.resize(name.find_last_of('.'));
      snapshots_.push_back({name, snapshot.effective, sha256_digest(write_snapshot(snapshot)),
                            encode(snapshot), snapshot});
    });
  }

  std::optional<Rules> assembled_rules() {
    if (!platform_) {
      // Its own problem may have been reported already.
      if (!failed_) report(Error(Diagnostic{.message = "no rules/platforms/*.toml was given"}));
      return std::nullopt;
    }
    std::optional<Rules> assembled;
    take(assemble(*platform_, runtimes_), [&](const Rules& rules) { assembled = rules; });
    return assembled;
  }

  // Also the proof that every snapshot compiles under these rules.
  std::vector<HistoryState> history_under(const Rules& rules) {
    std::vector<HistoryState> states;
    for (std::size_t i = 0; i < snapshots_.size(); ++i) {
      RecordedState state{.snapshot = snapshots_[i].snapshot, .digest = snapshots_[i].digest};
      if (i > 0) state.before = &snapshots_[i - 1].snapshot;
      if (i + 1 < snapshots_.size()) state.until = snapshots_[i + 1].effective;
      // By all that is known today: the history hears no witness of a state that has ended.
      take(compile(state.snapshot, rules, snapshots_[i].effective, state.digest), [](Policy&) {});
      take(history_of(state, rules), [&](std::vector<HistoryState>& entries) {
        std::move(entries.begin(), entries.end(), std::back_inserter(states));
      });
    }
    return states;
  }

  void sort_snapshots() {
    std::sort(snapshots_.begin(), snapshots_.end(),
              [](const auto& a, const auto& b) { return a.effective < b.effective; });
    auto same =
        std::adjacent_find(snapshots_.begin(), snapshots_.end(),
                           [](const auto& a, const auto& b) { return a.effective == b.effective; });
    if (same == snapshots_.end()) return;
    report(Error(Diagnostic{.message = "two snapshots begin at " +
                                       format_instant(same->snapshot.effective)}));
  }

  void report(const Error& error) {
    std::cerr << error.to_text() << '\n';
    failed_ = true;
  }

  std::optional<PlatformRules> platform_;
  std::vector<RuntimeRules> runtimes_;
  std::vector<LoadedSnapshot> snapshots_;
  bool failed_ = false;
};

int run(const std::string& out, const std::vector<std::string>& files) {
  Loader loader;
  for (const std::string& file : files) loader.load(file);
  std::optional<std::string> bytes = loader.bundle();
  if (!bytes) return exit_failed;
  std::ofstream stream(out, std::ios::binary);
  stream << *bytes << std::flush;
  if (stream) return 0;
  std::cerr << out << ": cannot be written\n";
  return exit_failed;
}

}  // namespace
}  // namespace buildable

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: buildable_embed OUT FILE...\n";
    return buildable::exit_failed;
  }
  return buildable::run(arguments[1], {arguments + 2, arguments + count});
}
