// devEngines of package.json as npm checks it before it installs (npm-install-checks,
// lib/dev-engines.js): of each kind one entry has to fit, and the last one's onFail says what
// follows where none does. An entry in another form ends npm whatever onFail says.
#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "build/node_install.h"
#include "build/serde_json.h"

namespace buildable::build {
namespace {

// What npm holds an entry against.
struct CurrentEngine {
  std::string_view kind;  // "runtime"
  std::string_view name;  // "node"; empty: not known
  VersionSet versions;    // that it may have; none: not known
};

struct EntryVerdict {
  enum class Kind : std::uint8_t { fits, differs, broken, unclear };
  Kind kind = Kind::fits;
  std::string what;  // of what differs: what is asked for; of what is broken: npm's own words
};
using VerdictKind = EntryVerdict::Kind;

bool is_recognized(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

EntryVerdict broken_entry(std::string words) { return {VerdictKind::broken, std::move(words)}; }
EntryVerdict no_text(std::string_view property, std::string_view kind) {
  return broken_entry("Invalid non-string value for " + in_quotes(property) + " within " +
                      in_quotes(kind));
}

// What is wrong with the form of an entry; that of its version is looked at later.
std::optional<EntryVerdict> malformed(const Node& entry, std::string_view kind) {
  constexpr std::array<std::string_view, 3> known{"name", "version", "onFail"};
  constexpr std::array<std::string_view, 4> reactions{"ignore", "warn", "error", "download"};
  const std::string of_kind = " for " + in_quotes(kind);
  if (!entry.is(Node::Kind::object)) return broken_entry("Invalid non-object value" + of_kind);
  for (const Node& each : entry.children)
    if (!is_recognized(each.key, known))
      return broken_entry("Invalid property " + in_quotes(each.key) + of_kind);
  const Node* name = last_member(entry, "name");
  if (!name) return broken_entry("Missing \"name\" property" + of_kind);
  if (!name->is(Node::Kind::string)) return no_text("name", kind);
  const Node* reaction = last_member(entry, "onFail");
  if (!reaction) return std::nullopt;
  if (!reaction->is(Node::Kind::string)) return no_text("onFail", kind);
  if (is_recognized(reaction->text, reactions)) return std::nullopt;
  return broken_entry("Invalid onFail value " + in_quotes(reaction->text) + of_kind);
}

EntryVerdict judge_version(const Node& wanted, const CurrentEngine& current) {
  if (!wanted.is(Node::Kind::string)) return no_text("version", current.kind);
  if (current.versions.empty()) return {VerdictKind::unclear, {}};
  const auto range = range_of_npm(wanted.text);
  if (range && range->includes(current.versions)) return {};
  if (range && range->intersects(current.versions)) return {VerdictKind::unclear, {}};
  return {VerdictKind::differs,
          std::string(current.name) + " in version " + in_quotes(wanted.text)};
}

EntryVerdict judge_entry(const Node& entry, const CurrentEngine& current) {
  if (auto verdict = malformed(entry, current.kind)) return std::move(*verdict);
  const std::string& name = last_member(entry, "name")->text;
  if (current.name.empty()) return {VerdictKind::unclear, {}};
  if (name != current.name) return {VerdictKind::differs, in_quotes(name)};
  const Node* version = last_member(entry, "version");
  return version ? judge_version(*version, current) : EntryVerdict{};
}

// "error" or "download", which npm takes for the same.
bool ends_npm(const Node& entry) {
  const Node* reaction = last_member(entry, "onFail");
  return !reaction || reaction->text == "error" || reaction->text == "download";
}

// One entry, or several in a list, of which the first are named.
EntryVerdict judge_kind(std::span<const Node> entries, const CurrentEngine& current) {
  constexpr std::size_t most_named = 3;
  EntryVerdict all{VerdictKind::differs, {}};
  std::size_t asked = 0;
  for (const Node& each : entries) {
    EntryVerdict verdict = judge_entry(each, current);
    if (verdict.kind == VerdictKind::broken) return verdict;
    if (verdict.kind != VerdictKind::differs) all.kind = VerdictKind::fits;
    if (verdict.what.empty() || ++asked > most_named) continue;
    all.what += (all.what.empty() ? "" : " or ") + verdict.what;
  }
  if (asked > most_named)
    all.what += " or one of " + std::to_string(asked - most_named) + " others";
  if (entries.empty() || !ends_npm(entries.back())) all.kind = VerdictKind::fits;
  return all;
}

std::array<CurrentEngine, 5> current_engines(const Installation& it) {
  const VersionSet none = VersionSet::none(Scheme::semver);
  return {CurrentEngine{"runtime", "node", it.node.empty() ? none : versions_of_version(it.node)},
          CurrentEngine{"packageManager", "npm", it.manager.versions},
          CurrentEngine{"os", "linux", none}, CurrentEngine{"libc", "glibc", none},
          CurrentEngine{"cpu", {}, none}};
}

std::string what_the_build_has(const Installation& it, const CurrentEngine& current) {
  if (current.kind == "packageManager") return "the build installs with npm";
  if (current.kind != "runtime") return "the build has " + std::string(current.name);
  return "the build installs Node.js" + (it.node.empty() ? "" : " " + std::string(it.node));
}

Answer refused_engine(const Installation& it, const Node& value, const CurrentEngine& current,
                      const EntryVerdict& verdict) {
  const Place place{"package.json", value.line};
  const std::string kind(current.kind);
  if (verdict.kind == VerdictKind::broken)
    return refused_by_manager(it, verdict.what, place,
                              "npm refuses to install: it cannot read devEngines." + kind,
                              "write it as {\"name\": \"node\", \"version\": \"24.x\"}");
  return refused_by_manager(it, "EBADDEVENGINES", place,
                            "npm refuses to install: devEngines." + kind + " asks for " +
                                verdict.what +
                                ", which does not fit: " + what_the_build_has(it, current),
                            "let it fit what the build has, or write \"onFail\": \"warn\" in it");
}

// Of the lists of engines as a whole.
std::optional<Answer> malformed_list(const Installation& it, const Node& wanted) {
  constexpr std::array<std::string_view, 5> known{"packageManager", "runtime", "cpu", "libc", "os"};
  std::string problem;
  int line = wanted.line;
  if (!wanted.is(Node::Kind::object)) problem = "Invalid non-object value for devEngines";
  for (const Node& each : wanted.children) {
    if (!problem.empty() || is_recognized(each.key, known)) continue;
    problem = "Invalid property " + in_quotes(each.key);
    line = each.line;
  }
  if (problem.empty()) return std::nullopt;
  return refused_by_manager(it, problem, {"package.json", line},
                            "npm refuses to install: it cannot read devEngines of package.json",
                            "write devEngines as "
                            "{\"runtime\": {\"name\": \"node\", \"version\": \"24.x\"}}");
}

}  // namespace

std::optional<Answer> refused_dev_engines(const Installation& it) {
  const Node* wanted = last_member(it.package.root, "devEngines");
  const bool checks = releases_from("10.9.0").includes(it.manager.versions);
  if (!wanted || !checks || may_mention(it.files, ".npmrc", "force")) return std::nullopt;
  if (auto malformed = malformed_list(it, *wanted)) return malformed;
  for (const CurrentEngine& current : current_engines(it)) {
    const Node* value = last_member(*wanted, current.kind);
    if (!value) continue;
    const std::span<const Node> entries = value->is(Node::Kind::array)
                                              ? std::span<const Node>(value->children)
                                              : std::span<const Node>(value, 1);
    const EntryVerdict verdict = judge_kind(entries, current);
    if (verdict.kind == VerdictKind::differs || verdict.kind == VerdictKind::broken)
      return refused_engine(it, *value, current, verdict);
  }
  return std::nullopt;
}

}  // namespace buildable::build
