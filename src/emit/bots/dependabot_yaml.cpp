#include "base/text.h"
#include "emit/bots/dependabot.h"

namespace buildable::emit {

namespace {

constexpr std::size_t line_length = 100;

// A double-quoted YAML scalar. What cannot be printed YAML has no other form for than the \xNN that
// `printable` writes.
void append_quoted(std::string& out, std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  out.append("\"").append(printable(escaped)).append("\"");
}

// Comment lines of words, broken before `line_length`.
void append_comment(std::string& out, std::string_view indent, std::string_view text) {
  std::string line;
  for (const std::string_view word : split(text, ' ')) {
    if (!line.empty() && indent.size() + 2 + line.size() + 1 + word.size() > line_length) {
      out.append(indent).append("# ").append(line).append("\n");
      line.clear();
    }
    if (!line.empty()) line += ' ';
    line += printable(replace_all(replace_all(word, "\n", " "), "\r", " "));
  }
  if (!line.empty()) out.append(indent).append("# ").append(line).append("\n");
}

void append_header(std::string& out, const TrackContext& context) {
  for (const std::string& sentence :
       track_description(context, "Dependabot: ignore what cannot be built,"))
    append_comment(out, "", sentence);
  out += "#\n";
  append_comment(out, "",
                 "Merge only the entries under `ignore:` into the `updates` entries that your "
                 ".github/dependabot.yml already has: an `updates` entry of its own switches the "
                 "updates of that ecosystem on.");
  append_comment(
      out, "",
      "Keep each range in an entry of its own and in quotes: several strings in one list "
      "are read as \"or\" here and as \"and\" there.");
}

void append_block(std::string& out, const IgnoreBlock& block) {
  append_comment(out, "      ", block.description);
  if (!block.ignored.remark.empty()) append_comment(out, "      ", "Note: " + block.ignored.remark);
  for (const std::string& dependency : block.dependencies)
    for (const std::string& versions : block.ignored.versions) {
      out += "      - dependency-name: ";
      append_quoted(out, dependency);
      out += "\n        versions: [";
      append_quoted(out, versions);
      out += "]\n";
    }
}

void append_ecosystem(std::string& out, const EcosystemBlocks& ecosystem) {
  out += "\n  # --- " + ecosystem.ecosystem + " ---\n";
  out += "  - package-ecosystem: ";
  append_quoted(out, ecosystem.ecosystem);
  out +=
      "\n    directory: \"/\"\n"
      "    schedule:\n"
      "      interval: \"weekly\"\n"
      "    ignore:\n";
  for (const IgnoreBlock& block : ecosystem.blocks) append_block(out, block);
}

}  // namespace

std::string emit_dependabot_yaml(const TrackContext& context,
                                 const std::vector<EcosystemBlocks>& ecosystems) {
  std::string out;
  append_header(out, context);
  out += ecosystems.empty() ? "version: 2\nupdates: []\n" : "version: 2\nupdates:\n";
  for (const EcosystemBlocks& ecosystem : ecosystems) append_ecosystem(out, ecosystem);
  return out;
}

}  // namespace buildable::emit
