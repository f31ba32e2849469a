#include "apply/dependabot_document.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"

namespace buildable::apply {
namespace {

using Kind = Node::Kind;

constexpr std::string_view ignore_key = "ignore";

bool is_begin(const MarkedBlock& block) { return block.end_mark.end == 0; }

// The first word after the mark's own.
std::string digest_in(std::string_view mark) {
  mark = trim(mark.substr(std::min(begin_words.size(), mark.size())));
  return std::string(mark.substr(0, mark.find(' ')));
}

// A mark has its line for itself, or follows the key or the bracket of a list; else the words are
// in some other comment.
std::optional<MarkedBlock::Begins> place_of(std::string_view text, std::size_t mark) {
  const std::string_view before = trim(text_at(text, {line_begin(text, mark), mark}));
  if (before.empty()) return MarkedBlock::Begins::on_its_line;
  if (before == "ignore:") return MarkedBlock::Begins::behind_key;
  if (before.ends_with('[')) return MarkedBlock::Begins::behind_bracket;
  return std::nullopt;
}

// The marks in their order: blocks with a begin and an end, and what has only one of the two.
std::vector<MarkedBlock> blocks_of(std::string_view text) {
  std::vector<MarkedBlock> blocks;
  constexpr std::string_view common = "# buildable: ";
  for (std::size_t found = text.find(common); found != text.npos;
       found = text.find(common, found + 1)) {
    const auto place = place_of(text, found);
    if (!place) continue;
    const TextSpan mark{found, line_end(text, found)};
    const std::string_view words = text_at(text, mark);
    if (words.starts_with(begin_words)) {
      blocks.push_back({mark, {}, digest_in(words), *place});
    } else if (words.starts_with(end_words)) {
      if (blocks.empty() || !is_begin(blocks.back())) blocks.push_back({});
      blocks.back().end_mark = mark;
    }
  }
  return blocks;
}

// Nothing where it is not what we write.
std::optional<IgnoreEntry> entry_of(const Node& node) {
  const Node* name = node.find("dependency-name");
  const Node* versions = node.find("versions");
  if (node.children.size() != 2 || name == nullptr || versions == nullptr) return std::nullopt;
  if (!name->is(Kind::string) || !versions->is(Kind::array) || versions->children.empty())
    return std::nullopt;
  IgnoreEntry entry{name->text, {}};
  for (const Node& range : versions->children) {
    if (!range.is(Kind::string)) return std::nullopt;
    entry.versions.push_back(range.text);
  }
  return entry;
}

bool is_in(const Node& node, const MarkedBlock& block) {
  return node.span.begin > block.begin_mark.begin && node.span.begin < block.end_mark.begin;
}

Edit cut_between(std::size_t begin, std::size_t end) { return {{begin, end}, {}}; }

// The begin of the newline before the offset, where the offset begins a line.
std::size_t before_newline(std::string_view text, std::size_t offset) {
  if (offset == 0 || text[offset - 1] != '\n') return offset;
  return offset >= 2 && text[offset - 2] == '\r' ? offset - 2 : offset - 1;
}

}  // namespace

std::string digest_of(const std::vector<IgnoreEntry>& entries) {
  std::string all;
  for (const IgnoreEntry& entry : entries)
    for (const std::string& range : entry.versions) all += entry.dependency + "\n" + range + "\n";
  return sha256_hex(all).substr(0, 8);
}

bool is_in_block(const Node& node, const UpdateEntry& entry) {
  return entry.block && is_in(node, *entry.block);
}

Result<DependabotDocument> DependabotDocument::read(std::string text, std::string_view file) {
  DependabotDocument document;
  document.text_ = std::move(text);
  document.file_ = file;
  auto root = parse_yaml(document.text_, file);
  if (!root) return fail(std::move(root.error()));
  document.root_ = std::move(*root);
  if (auto found = document.find_entries(); !found) return fail(std::move(found.error()));
  if (auto assigned = document.assign_blocks(); !assigned) return fail(std::move(assigned.error()));
  for (UpdateEntry& entry : document.entries_)
    if (auto good = document.read_ours(entry); !good) return fail(std::move(good.error()));
  return Result<DependabotDocument>(std::move(document));
}

Error DependabotDocument::error(std::size_t offset, std::string message, std::string hint) const {
  return error_at(text_, file_, offset, std::move(message), std::move(hint));
}

Result<void> DependabotDocument::find_entries() {
  if (!root_.is(Kind::object) && !root_.is(Kind::null))
    return fail(error(root_.span.begin, "no configuration of Dependabot: no mapping", {}));
  if (updates() == nullptr || updates()->is(Kind::null)) return {};
  if (!updates()->is(Kind::array))
    return fail(error(updates()->span.begin, "`updates` is not a list", {}));
  for (const Node& node : updates()->children) {
    UpdateEntry entry;
    entry.node = &node;
    const Node* ecosystem = node.find("package-ecosystem");
    if (ecosystem != nullptr) entry.ecosystem = ecosystem->text;
    entry.ignore = node.find(ignore_key);
    entries_.push_back(std::move(entry));
  }
  return {};
}

Result<void> DependabotDocument::assign_blocks() {
  constexpr const char* hint =
      "put each pair into one entry, or delete the marked lines and run `buildable apply` again";
  for (MarkedBlock& block : blocks_of(text_)) {
    const std::size_t begin = block.begin_mark.begin;
    const std::size_t place = block.begin_mark.end > 0 ? begin : block.end_mark.begin;
    const auto after = std::find_if(
        entries_.begin(), entries_.end(),
        [&](const UpdateEntry& entry) { return entry.node->span.begin > block.end_mark.begin; });
    if (block.begin_mark.end == 0 || is_begin(block) || after == entries_.begin() ||
        (after - 1)->node->span.begin > begin || (after - 1)->block)
      return fail(error(
          place, "the comments \"# buildable: begin\" and \"# buildable: end\" do not pair", hint));
    (after - 1)->block = std::move(block);
  }
  return {};
}

Result<void> DependabotDocument::read_ours(UpdateEntry& entry) const {
  entry.others = entry.ignore == nullptr ? 0 : entry.ignore->children.size();
  if (!entry.block) return {};
  bool known = entry.ignore != nullptr && entry.ignore->is(Kind::array);
  if (known) {
    for (const Node& node : entry.ignore->children) {
      if (!is_in(node, *entry.block)) continue;
      auto ours = entry_of(node);
      known = known && ours.has_value();
      if (ours) entry.ours.push_back(std::move(*ours));
      --entry.others;
    }
  }
  if (known && digest_of(entry.ours) == entry.block->digest) return {};
  return fail(error(entry.block->begin_mark.begin,
                    "someone else has edited the entries between the marks of buildable",
                    "move your own entries out of the marks, remove the marks with the rest "
                    "between them, and run it again"));
}

Node DependabotDocument::rest() const {
  Node rest = root_;
  for (Node& member : rest.children) {
    if (member.key != "updates") continue;
    for (std::size_t i = 0; i < member.children.size(); ++i) {
      std::erase_if(member.children[i].children, [&](Node& key) {
        if (key.key != ignore_key) return false;
        const auto& block = entries_[i].block;
        std::erase_if(key.children, [&](const Node& node) { return block && is_in(node, *block); });
        return key.children.empty() && (key.is(Kind::array) || key.is(Kind::null));
      });
    }
  }
  return rest;
}

std::vector<Edit> DependabotDocument::cut(const UpdateEntry& entry) const {
  const MarkedBlock& block = *entry.block;
  const std::size_t begin = line_begin(text_, block.begin_mark.begin);
  const std::size_t end = next_line(text_, block.end_mark.end);
  // The newline before goes where the last one is missing: it was put in.
  const bool at_end = !text_.ends_with('\n') && end == text_.size();
  const bool key_stays = block.begins == MarkedBlock::Begins::behind_key && entry.others > 0;
  if (key_stays) {
    const std::size_t inside = next_line(text_, block.begin_mark.end);
    const std::string_view key = trim(text_at(text_, {begin, block.begin_mark.begin}));
    const std::size_t key_end = text_.find(key, begin) + key.size();
    return {cut_between(key_end, block.begin_mark.end),
            cut_between(at_end ? before_newline(text_, inside) : inside, end)};
  }
  if (block.begins != MarkedBlock::Begins::behind_bracket)
    return {cut_between(at_end ? before_newline(text_, begin) : begin, end)};
  // What follows was on the line of the bracket.
  const std::size_t key = entry.ignore->key_span.begin;
  const std::size_t deeper = breaks_yaml(entry) ? 0 : 2;
  const std::size_t put_in =
      std::min(key - line_begin(text_, key) + deeper, indentation_at(text_, end).size());
  return {cut_between(entry.ignore->span.begin + 1, end + put_in)};
}

bool DependabotDocument::breaks_yaml(const UpdateEntry& entry) const {
  const MarkedBlock& block = *entry.block;
  if (block.begins != MarkedBlock::Begins::behind_bracket) return false;
  const TextSpan gap{entry.ignore->span.begin + 1, block.begin_mark.begin};
  return text_at(text_, gap) != before_mark_in_brackets;
}

std::string DependabotDocument::text_without_blocks() const {
  std::vector<Edit> edits;
  for (const UpdateEntry& entry : entries_) {
    if (!entry.block) continue;
    for (Edit& edit : cut(entry)) edits.push_back(std::move(edit));
  }
  return apply_edits(text_, std::move(edits));
}

}  // namespace buildable::apply
