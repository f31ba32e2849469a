// Inside apply: dependabot.yml as it was read, with what in it is ours.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apply/dependabot.h"
#include "apply/splice.h"
#include "base/document.h"

namespace buildable::apply {

// What stands between our marks, offsets in the text.
struct MarkedBlock {
  enum class Begins : std::uint8_t { on_its_line, behind_key, behind_bracket };

  TextSpan begin_mark;  // the comment, from its "#" to the end of the line
  TextSpan end_mark;
  std::string digest;
  Begins begins = Begins::on_its_line;
};

// An entry of `updates`.
struct UpdateEntry {
  const Node* node = nullptr;
  std::string ecosystem;         // empty: none is named
  const Node* ignore = nullptr;  // null: there is none
  std::optional<MarkedBlock> block;
  std::vector<IgnoreEntry> ours;  // between the marks
  std::size_t others = 0;         // entries of `ignore` outside of them
};

// Whether a node of `ignore` stands between the marks.
bool is_in_block(const Node& node, const UpdateEntry& entry);

class DependabotDocument {
 public:
  static Result<DependabotDocument> read(std::string text, std::string_view file);
  DependabotDocument(DependabotDocument&&) = default;
  DependabotDocument& operator=(DependabotDocument&&) = default;

  const std::string& text() const { return text_; }
  const Node& root() const { return root_; }
  const Node* updates() const { return root_.find("updates"); }
  const std::vector<UpdateEntry>& entries() const { return entries_; }

  // What the file says but for our entries; an `ignore` with nothing else in it is none.
  Node rest() const;
  // The edits that take a block out as if it had never been put in.
  std::vector<Edit> cut(const UpdateEntry& entry) const;
  // Whether what follows the block, inside brackets, is no deeper than their key, as an earlier
  // version left it. Precondition: there is a block.
  bool breaks_yaml(const UpdateEntry& entry) const;
  // The text without all blocks.
  std::string text_without_blocks() const;
  Error error(std::size_t offset, std::string message, std::string hint) const;

 private:
  DependabotDocument() = default;
  Result<void> find_entries();
  Result<void> assign_blocks();
  Result<void> read_ours(UpdateEntry& entry) const;

  std::string text_;
  std::string file_;
  Node root_;
  std::vector<UpdateEntry> entries_;  // their nodes are those in `root_`: never copied
};

// Tells whether entries are what they were when they were written. How ranges are put together into
// entries makes no difference.
std::string digest_of(const std::vector<IgnoreEntry>& entries);

inline constexpr std::string_view begin_words = "# buildable: begin";
// Between a bracket and the mark behind it. An earlier version wrote one space, and what follows
// the block at the column of the key.
inline constexpr std::string_view before_mark_in_brackets = "  ";
inline constexpr std::string_view end_words = "# buildable: end";

}  // namespace buildable::apply
