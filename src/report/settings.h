// What a repository's own settings make of findings: [check] of buildable.toml.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/ignore.h"
#include "model/rules_fields.h"
#include "pins/judge.h"

namespace buildable::report {

// Every file of a repository is held against each of them.
inline constexpr std::size_t most_ignored_paths = 1000;

struct IgnoredPaths {
  std::string paths;   // a pattern as in .gitignore
  std::string reason;  // shown with what it silences
};

enum class LevelChoice : std::uint8_t { error, warning, note, off };
Level level_of(LevelChoice choice);  // of what is off: note

struct CheckSettings {
  std::vector<IgnoredPaths> ignore;
  std::map<std::string, LevelChoice> levels;  // by the rule's id
};

}  // namespace buildable::report

namespace buildable {

template <>
struct Fields<report::IgnoredPaths> {
  static constexpr auto list() {
    return std::tuple{required("paths", &report::IgnoredPaths::paths),
                      required("reason", &report::IgnoredPaths::reason)};
  }
};
template <>
struct EnumNames<report::LevelChoice> {
  static constexpr std::array<std::pair<std::string_view, report::LevelChoice>, 4> list{{
      {"error", report::LevelChoice::error},
      {"warning", report::LevelChoice::warning},
      {"note", report::LevelChoice::note},
      {"off", report::LevelChoice::off},
  }};
};
template <>
struct Fields<report::CheckSettings> {
  static constexpr auto list() {
    return std::tuple{optional("ignore", &report::CheckSettings::ignore),
                      optional("levels", &report::CheckSettings::levels)};
  }
};

}  // namespace buildable

namespace buildable::report {

// The files that a repository ignores, by their paths in it. What it is made of must outlive it.
class IgnoredFiles {
 public:
  explicit IgnoredFiles(const CheckSettings& settings);
  // The first entry that ignores the file; null where none does.
  const IgnoredPaths* find(std::string_view file) const;

 private:
  const std::vector<IgnoredPaths>& entries_;
  std::vector<IgnorePatterns> patterns_;
};

// Fails on a level for a rule that there is not, and on more entries than are looked at.
Result<void> check_settings(const CheckSettings& settings, const PlatformRules& platform);
// Drops what could not be read of ignored folders: it is not wanted. `prefix` stands before the
// paths.
void drop_ignored(const CheckSettings& settings, std::string_view prefix,
                  std::vector<Diagnostic>& problems);
// Marks what is ignored, sets levels, drops what is off. What a pin's own comment ignores keeps its
// reason.
void apply_settings(const CheckSettings& settings, pins::RepositoryJudgement& judgement);

}  // namespace buildable::report
