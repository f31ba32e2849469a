#include "apply/dependabot.h"

#include <algorithm>
#include <set>
#include <utility>

#include "apply/dependabot_document.h"
#include "apply/splice.h"
#include "base/text.h"

namespace buildable::apply {
namespace {

using Kind = Node::Kind;

std::string spaces(std::size_t count) { return std::string(count, ' '); }

// The texts are printable, so only these two need an escape.
std::string double_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out += '"';
}

std::string begin_mark(const std::vector<IgnoreEntry>& entries) {
  std::string mark(begin_words);
  mark.append(" ").append(digest_of(entries));
  return mark.append(" (\"buildable apply\" keeps these; own entries go outside)");
}

// How the lines of a list are written.
struct ListStyle {
  std::size_t column = 0;  // of the dashes
  bool block = true;       // else entries in braces, between brackets
  std::string_view newline;
  std::string_view source = {};
};

constexpr std::size_t line_length = 100;

// "[...]", from `column` on, broken where lines get long.
std::string list_of(const std::vector<std::string>& ranges, std::size_t column,
                    std::string_view newline) {
  std::string list = "[";
  std::size_t at = column + 1;
  for (const std::string& range : ranges) {
    const std::string quoted = double_quoted(range);
    const bool is_first = &range == ranges.data();
    if (!is_first) list += ',';
    if (!is_first && at + 2 + quoted.size() + 2 > line_length) {
      list.append(newline).append(spaces(column + 1));
      at = column + 1;
    } else if (!is_first) {
      list += ' ';
      at += 2;
    }
    list += quoted;
    at += quoted.size();
  }
  return list + "]";
}

std::string lines_of(const std::vector<IgnoreEntry>& entries, const ListStyle& style) {
  constexpr std::string_view versions_key = "versions: ";
  const std::string indentation = spaces(style.column);
  const std::string newline(style.newline);
  std::string lines;
  for (const std::string_view sentence :
       {style.source, std::string_view("They age: run \"buildable apply\" again to renew them.")})
    if (!style.source.empty())
      lines.append(indentation).append("# ").append(sentence).append(newline);
  for (const IgnoreEntry& entry : entries) {
    const std::string name = "dependency-name: " + double_quoted(entry.dependency);
    const std::string between = style.block ? newline + indentation + "  " : ", ";
    const std::size_t column =
        style.column + versions_key.size() + (style.block ? 2 : 3 + name.size());
    lines.append(indentation).append(style.block ? "- " : "{");
    lines.append(name).append(between).append(versions_key);
    lines.append(list_of(entry.versions, column, newline));
    lines.append(style.block ? "" : "},").append(newline);
  }
  return lines;
}

// From the line of the begin mark to that of the end mark; the latter without its newline.
std::string block_of(const std::vector<IgnoreEntry>& entries, const ListStyle& style) {
  const std::string indentation = spaces(style.column);
  return indentation + begin_mark(entries) + std::string(style.newline) + lines_of(entries, style) +
         indentation + std::string(end_words);
}

class IgnoreEditor {
 public:
  IgnoreEditor(const DependabotDocument& document, std::string_view source)
      : document_(document), text_(document.text()), source_(source) {}

  // The edits after which the marked entries are these; an error where there are none.
  Result<std::vector<Edit>> edit(const UpdateEntry& entry,
                                 const std::vector<IgnoreEntry>& wanted) const {
    const bool is_outdated = entry.block && document_.breaks_yaml(entry);
    if (entry.ours == wanted && !is_outdated) return std::vector<Edit>{};
    if (wanted.empty()) return document_.cut(entry);
    if (is_outdated) return brought_deeper(entry, wanted);
    if (entry.block) return replaced(entry, wanted);
    if (!entry.node->block)
      return refusal(*entry.node, "an entry in braces cannot be extended", wanted);
    if (entry.ignore == nullptr) return with_key(entry, wanted);
    if (entry.ignore->is(Kind::null) && entry.ignore->span.begin == entry.ignore->span.end)
      return under_key(entry, wanted);
    if (!entry.ignore->is(Kind::array))
      return refusal(*entry.ignore, "`ignore` is not a list", wanted);
    return entry.ignore->block ? after_others(entry, wanted) : in_brackets(entry, wanted);
  }

 private:
  std::size_t column(std::size_t offset) const { return offset - line_begin(text_, offset); }
  std::string newline() const { return std::string(newline_of(text_)); }

  tl::unexpected<Error> refusal(const Node& node, std::string message,
                                const std::vector<IgnoreEntry>& wanted) const {
    return fail(document_.error(node.span.begin, std::move(message) + ": not edited",
                                "put in by hand, under `ignore:`\n" + ignore_snippet(wanted)));
  }

  // How much deeper than their keys the lists of the file are, those of this entry first.
  std::size_t list_offset(const UpdateEntry& entry) const {
    for (const Node& member : entry.node->children)
      if (member.is(Kind::array) && member.block && !member.children.empty())
        return column(member.span.begin) -
               std::min(column(member.span.begin), column(entry.node->span.begin));
    const Node& updates = *document_.updates();
    const std::size_t dashes = column(updates.span.begin);
    return updates.block ? dashes - std::min(dashes, column(updates.key_span.begin)) : 2;
  }

  // After the line of a node's last byte and the comment lines below it that are indented by more
  // than `indentation`.
  std::size_t after(const Node& node, std::size_t indentation) const {
    const std::size_t end = node.span.end;
    std::size_t place = text_[end - 1] == '\n' ? end : next_line(text_, end);
    while (place < text_.size()) {
      const std::size_t first = text_.find_first_not_of(" \t", place);
      if (first == text_.npos || text_[first] != '#' || column(first) <= indentation) break;
      place = next_line(text_, place);
    }
    return place;
  }

  // Lines at the begin of a line, or at the end of a text whose last line has no newline.
  std::vector<Edit> lines_at(std::size_t place, const std::string& lines) const {
    const bool needs_newline = place > 0 && text_[place - 1] != '\n';
    return {{{place, place}, needs_newline ? newline() + lines : lines + newline()}};
  }

  std::vector<Edit> with_key(const UpdateEntry& entry,
                             const std::vector<IgnoreEntry>& wanted) const {
    const std::size_t key = column(entry.node->span.begin);
    const std::string block = block_of(wanted, style(key + list_offset(entry), true));
    const std::size_t mark = block.find('#');
    // Comments as deep as the keys belong to this entry.
    const std::size_t place = after(*entry.node, key == 0 ? 0 : key - 1);
    return lines_at(place, spaces(key) + "ignore: " + block.substr(mark));
  }

  std::vector<Edit> under_key(const UpdateEntry& entry,
                              const std::vector<IgnoreEntry>& wanted) const {
    const std::size_t dashes = column(entry.ignore->key_span.begin) + list_offset(entry);
    return lines_at(next_line(text_, entry.ignore->span.end),
                    block_of(wanted, style(dashes, true)));
  }

  std::vector<Edit> after_others(const UpdateEntry& entry,
                                 const std::vector<IgnoreEntry>& wanted) const {
    const Node& ignore = *entry.ignore;
    return lines_at(after(ignore, column(ignore.key_span.begin)),
                    block_of(wanted, style(column(ignore.span.begin), true)));
  }

  std::vector<Edit> in_brackets(const UpdateEntry& entry,
                                const std::vector<IgnoreEntry>& wanted) const {
    const std::size_t key = column(entry.ignore->key_span.begin);
    const std::size_t inside = entry.ignore->span.begin + 1;
    const std::string block = block_of(wanted, style(key + 2, false));
    const std::size_t next = next_line(text_, inside);
    if (is_blank(text_at(text_, {inside, next})) && next < entry.ignore->span.end)
      return {{{next, next}, block + newline()}};
    // What follows goes deeper than the key: YAML 1.2 takes nothing else inside brackets.
    return {{{inside, inside},
             std::string(before_mark_in_brackets) + block.substr(key + 2) + newline() +
                 spaces(key + 2)}};
  }

  // A block behind a bracket as an earlier version wrote it.
  std::vector<Edit> brought_deeper(const UpdateEntry& entry,
                                   const std::vector<IgnoreEntry>& wanted) const {
    std::vector<Edit> edits = document_.cut(entry);
    edits.front().text = in_brackets(entry, wanted).front().text;
    return edits;
  }

  std::vector<Edit> replaced(const UpdateEntry& entry,
                             const std::vector<IgnoreEntry>& wanted) const {
    const MarkedBlock& block = *entry.block;
    const bool in_block = entry.ignore->block;
    const std::size_t dashes = in_block ? column(entry.ignore->span.begin)
                                        : indentation_at(text_, block.end_mark.begin).size();
    const TextSpan lines{next_line(text_, block.begin_mark.end),
                         line_begin(text_, block.end_mark.begin)};
    return {{block.begin_mark, begin_mark(wanted)},
            {lines, lines_of(wanted, style(dashes, in_block))}};
  }

  ListStyle style(std::size_t column, bool block) const {
    return {column, block, newline_of(text_), source_};
  }

  const DependabotDocument& document_;
  const std::string& text_;
  std::string_view source_;
};

using Ranges = std::set<std::pair<std::string_view, std::string_view>>;

Ranges ranges_of(const std::vector<IgnoreEntry>& entries) {
  Ranges ranges;
  for (const IgnoreEntry& entry : entries)
    for (const std::string& range : entry.versions) ranges.emplace(entry.dependency, range);
  return ranges;
}

bool holds_all(const Ranges& ranges, const Ranges& all) {
  return std::includes(ranges.begin(), ranges.end(), all.begin(), all.end());
}

// Each dependency has one entry, as it gets from here.
bool is_short(const std::vector<IgnoreEntry>& entries) {
  std::set<std::string_view> names;
  return std::all_of(entries.begin(), entries.end(), [&](const IgnoreEntry& entry) {
    return names.insert(entry.dependency).second;
  });
}

// What the user's own entries ignore of a dependency.
struct OwnIgnores {
  std::set<std::string_view> ranges;
  bool everything = false;
};

OwnIgnores own_ignores_of(const UpdateEntry& entry, std::string_view dependency) {
  OwnIgnores own;
  if (entry.ignore == nullptr) return own;
  const std::string wanted = to_lower_ascii(dependency);
  for (const Node& node : entry.ignore->children) {
    const Node* name = node.find("dependency-name");
    const Node* versions = node.find("versions");
    const bool is_same = name != nullptr && to_lower_ascii(name->text) == wanted;
    if (!is_same || is_in_block(node, entry)) continue;
    if (versions == nullptr) {
      own.everything = own.everything || node.find("update-types") == nullptr;
      continue;
    }
    for (const Node& range : versions->children)
      if (range.is(Kind::string)) own.ranges.insert(range.text);
  }
  return own;
}

bool is_repeated(const IgnoreEntry& wanted, const UpdateEntry& entry) {
  const OwnIgnores own = own_ignores_of(entry, wanted.dependency);
  const auto has = [&own](const std::string& range) { return own.ranges.contains(range); };
  return own.everything || std::all_of(wanted.versions.begin(), wanted.versions.end(), has);
}

// What is wanted for the entry of that number; what stands there already, where that will do.
std::vector<IgnoreEntry> wanted_for(const DependabotDocument& document, std::size_t number,
                                    const std::vector<EcosystemIgnores>& wanted) {
  const UpdateEntry& entry = document.entries()[number];
  std::vector<IgnoreEntry> entries;
  std::vector<IgnoreEntry> allowed;
  for (const EcosystemIgnores& ignores : wanted) {
    if (ignores.ecosystem != entry.ecosystem || ignores.update.value_or(number) != number) continue;
    entries.insert(entries.end(), ignores.entries.begin(), ignores.entries.end());
    allowed.insert(allowed.end(), ignores.also.begin(), ignores.also.end());
  }
  allowed.insert(allowed.end(), entries.begin(), entries.end());
  const auto repeated = [&](const IgnoreEntry& each) { return is_repeated(each, entry); };
  if (entry.others > 0) {
    std::erase_if(entries, repeated);
    std::erase_if(allowed, repeated);
  }
  const Ranges ours = ranges_of(entry.ours);
  const bool will_do = !entries.empty() && is_short(entry.ours) &&
                       holds_all(ours, ranges_of(entries)) && holds_all(ranges_of(allowed), ours);
  return will_do ? entry.ours : entries;
}

bool is_as_wanted(const DependabotDocument& document, const std::vector<EcosystemIgnores>& wanted) {
  for (std::size_t i = 0; i < document.entries().size(); ++i)
    if (document.entries()[i].ours != wanted_for(document, i, wanted)) return false;
  return true;
}

// Whether nothing but our entries differs, in what the file says and in its bytes.
bool proves(const DependabotDocument& before, const Result<DependabotDocument>& after,
            const std::vector<EcosystemIgnores>& wanted) {
  return after && is_as_wanted(*after, wanted) && after->rest().same_content(before.rest()) &&
         after->text_without_blocks() == before.text_without_blocks();
}

std::string snippet_of(const std::vector<EcosystemIgnores>& wanted) {
  std::string snippet;
  for (const EcosystemIgnores& ignores : wanted)
    snippet += "# " + ignores.ecosystem + "\n" + ignore_snippet(ignores.entries);
  return snippet;
}

// None where one of them is no text.
std::vector<std::string> directories_of(const Node& update) {
  std::vector<std::string> directories;
  for (const std::string_view key : {"directory", "directories"}) {
    const Node* named = update.find(key);
    if (named == nullptr) continue;
    if (named->is_scalar()) directories.push_back(named->text);
    for (const Node& each : named->children) {
      if (!each.is_scalar()) return {};
      directories.push_back(each.text);
    }
    if (!named->is_scalar() && !named->is(Kind::array)) return {};
  }
  return directories;
}

}  // namespace

Result<std::vector<UpdateScope>> updates_in(std::string_view text, std::string_view file) {
  const auto document = DependabotDocument::read(std::string(text), file);
  if (!document) return fail(document.error());
  std::vector<UpdateScope> scopes;
  for (const UpdateEntry& entry : document->entries())
    scopes.push_back({entry.ecosystem, directories_of(*entry.node)});
  return scopes;
}

std::string ignore_snippet(const std::vector<IgnoreEntry>& entries) {
  return lines_of(entries, {6, true, "\n"});
}

Result<std::string> with_ignores(std::string_view text, std::string_view file,
                                 const std::vector<EcosystemIgnores>& wanted,
                                 std::string_view source) {
  const auto before = DependabotDocument::read(std::string(text), file);
  if (!before) return fail(before.error());
  const IgnoreEditor editor(*before, source);
  std::vector<Edit> all;
  for (std::size_t i = 0; i < before->entries().size(); ++i) {
    auto edits = editor.edit(before->entries()[i], wanted_for(*before, i, wanted));
    if (!edits) return fail(std::move(edits.error()));
    std::move(edits->begin(), edits->end(), std::back_inserter(all));
  }
  std::string edited = apply_edits(text, std::move(all));
  if (proves(*before, DependabotDocument::read(edited, file), wanted)) return edited;
  return fail(before->error(0, "cannot be edited safely: left as it is",
                            "put in by hand, under `ignore:`\n" + snippet_of(wanted)));
}

}  // namespace buildable::apply
