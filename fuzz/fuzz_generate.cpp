// Whatever a snapshot says: it is refused with a reason, or the tree made of it holds files that
// can be read, under names that stay inside.
#include <map>

#include "base/document.h"
#include "emit/tree.h"
#include "fuzz.h"
#include "policy/compile.h"
#include "rules/embedded.h"
#include "rules/load.h"

using namespace buildable;

namespace {

// The texts of a JSON document, without their quotes.
std::vector<TextSpan> texts_of(std::string_view json) {
  std::vector<TextSpan> spans;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] != '"') continue;
    const std::size_t begin = ++at;
    while (at < json.size() && json[at] != '"') at += json[at] == '\\' ? 2 : 1;
    spans.push_back({begin, at});
  }
  return spans;
}

// Lines of two bytes and a text: the text takes the place of one of the snapshot's own.
std::string edited_snapshot(std::string_view edits) {
  static const std::string original =
      write_snapshot(embedded_snapshot(embedded_snapshots().back()));
  static const std::vector<TextSpan> spans = texts_of(original);
  std::map<std::size_t, std::string_view> wanted;
  while (edits.size() > 2 && wanted.size() < 20) {
    const std::string_view line = edits.substr(0, edits.find('\n', 2));
    edits.remove_prefix(std::min(edits.size(), line.size() + 1));
    const auto number = [&line](int i) { return static_cast<std::uint8_t>(line[i]); };
    wanted[(number(0) * 256U + number(1)) % spans.size()] = line.substr(2);
  }
  std::string text;
  std::size_t from = 0;
  for (const auto& [index, replacement] : wanted) {
    text.append(original, from, spans[index].begin - from).append(replacement);
    from = spans[index].end;
  }
  return text.append(original, from);
}

bool stays_inside(std::string_view path) {
  if (path.empty() || path.starts_with('/')) return false;
  for (const char c : path)
    if (static_cast<unsigned char>(c) < 0x20 || c == '\\') return false;
  const std::string parts = "/" + std::string(path) + "/";
  for (const char* bad : {"//", "/./", "/../", "/.git/"})
    if (parts.find(bad) != parts.npos) return false;
  return true;
}

void check_file(std::string_view path, std::string_view text) {
  fuzz::require(stays_inside(path));
  fuzz::require(require_utf8(text, "file").has_value());
  if (path.ends_with(".json")) fuzz::require(parse_json(text, "file").has_value());
  if (path.ends_with(".yml")) fuzz::require(parse_yaml_documents(text, "file").has_value());
}

}  // namespace

static int run(const std::uint8_t* data, std::size_t size) {
  const auto [which, text] = fuzz::choice_and_text(data, size, 2);
  const std::string json = which == 0 ? edited_snapshot(text) : std::string(text);
  const Result<Snapshot> snapshot = parse_snapshot(json, "fuzz.json");
  if (!fuzz::parsed(snapshot)) return 0;
  const Instant at = embedded_snapshots().back().effective;
  const Result<Policy> policy = compile(*snapshot, embedded_rules(), at, "");
  if (!fuzz::parsed(policy)) return 0;
  const emit::TreeInput input{embedded_rules(), *policy, write_snapshot(*snapshot),
                              embedded_history().states, snapshot->releases};
  const Result<emit::Tree> tree = emit::emit_tree(input, {});
  if (!fuzz::parsed(tree)) return 0;
  for (const auto& [path, content] : *tree) check_file(path, content);
  return 0;
}

static const fuzz::Registered registered{"generate", "json version", run};
