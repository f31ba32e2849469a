// Run by the build: reads rules/ and writes the bytes that are compiled into the program. A mistake
// in rules/ so fails the build, with the message that a person would get.
//
//   buildable_embed OUT FILE...
//
// FILEs are rules/platforms/*.toml (one), rules/runtimes/*.toml and rules/snapshots/*/*.json.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "base/binary_codec.h"
#include "base/digest.h"
#include "base/text.h"
#include "base/time.h"
#include "rules/embedded_bundle.h"
#include "rules/load.h"

namespace buildable {
namespace {

struct LoadedSnapshot {
  std::string name;
  Instant effective;
  std::string effective_text;
  std::string digest;
  std::string bytes;
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
    std::optional<std::string> rules = encode_rules();
    sort_snapshots();
    if (failed_) return std::nullopt;
    EmbeddedBundle bundle{*rules, {}};
    for (const LoadedSnapshot& s : snapshots_) {
      bundle.snapshots.push_back({s.name, s.effective_text, s.digest, s.bytes});
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
      snapshots_.push_back({name, *parse_instant(snapshot.effective), snapshot.effective,
                            sha256_digest(write_snapshot(snapshot)), encode(snapshot)});
    });
  }

  std::optional<std::string> encode_rules() {
    if (!platform_) {
      // Its own problem may have been reported already.
      if (!failed_) report(Error(Diagnostic{.message = "no rules/platforms/*.toml was given"}));
      return std::nullopt;
    }
    std::optional<std::string> bytes;
    take(assemble(*platform_, runtimes_), [&](const Rules& rules) { bytes = encode(rules); });
    return bytes;
  }

  void sort_snapshots() {
    std::sort(snapshots_.begin(), snapshots_.end(),
              [](const auto& a, const auto& b) { return a.effective < b.effective; });
    auto same =
        std::adjacent_find(snapshots_.begin(), snapshots_.end(),
                           [](const auto& a, const auto& b) { return a.effective == b.effective; });
    if (same == snapshots_.end()) return;
    report(Error(Diagnostic{.message = "two snapshots begin at " + same->effective_text}));
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
  if (!bytes) return EXIT_FAILURE;
  std::ofstream stream(out, std::ios::binary);
  stream << *bytes << std::flush;
  if (stream) return EXIT_SUCCESS;
  std::cerr << out << ": cannot be written\n";
  return EXIT_FAILURE;
}

}  // namespace
}  // namespace buildable

int main(int count, char** arguments) {
  if (count < 2) {
    std::cerr << "usage: buildable_embed OUT FILE...\n";
    return EXIT_FAILURE;
  }
  return buildable::run(arguments[1], {arguments + 2, arguments + count});
}
