// Ignore entries of ours in .github/dependabot.yml, between two marks in each `ignore` list:
//
//     ignore:
//       - dependency-name: "django"     # the user's own entries stay what and where they are
//       # buildable: begin 5f3a09c1 ("buildable apply" keeps these; own entries go outside)
//       # Where they come from. They age: run "buildable apply" again to renew them.
//       - dependency-name: "python"
//         versions: [">= 3.14.5.a, < 3.15.a", ">= 3.16.a"]
//       # buildable: end
//
// Where the list was not there, the first mark stands behind its key. The number tells whether
// anyone else has edited the entries between the marks. Texts in, texts out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace buildable::apply {

// What lies in any of the ranges is ignored.
struct IgnoreEntry {
  std::string dependency;
  std::vector<std::string> versions;
  friend bool operator==(const IgnoreEntry&, const IgnoreEntry&) = default;
};

struct EcosystemIgnores {
  std::string ecosystem;  // as in `package-ecosystem`
  std::vector<IgnoreEntry> entries;
  // What may stand beside them: marked entries that hold all of `entries` and else only some of
  // these are left as they are. So a list made for older pins stays when the pins move on.
  std::vector<IgnoreEntry> also;
  // Only for the entry of `updates` with that number, from 0 on; nothing: for all of the ecosystem.
  std::optional<std::size_t> update = {};
};

// An entry of `updates`.
struct UpdateScope {
  std::string ecosystem;  // empty: none is named
  // As `directory` and `directories` say; none where that is not a text or a list of texts.
  std::vector<std::string> directories;
};

// The entries of the file, in its order. Fails where with_ignores does for what the file is.
Result<std::vector<UpdateScope>> updates_in(std::string_view text, std::string_view file);

// Makes the marked entries of every `updates` entry be what is wanted for its ecosystem: of one
// that is not listed they go, with all that came with them. What the user's own entries ignore
// already, in the same words or altogether, is left out. The same text where nothing is to do.
//
// Every byte outside the marks stays, and so does what the file says beyond our entries; it is read
// again to prove that. Fails, with the entries to put in by hand in the hint, where that cannot be:
// a text that is not YAML or uses aliases, an `updates` entry in braces, marks that do not pair or
// entries of ours that someone else edited. `source` is a sentence on where the entries come from,
// for a comment; entries that stay keep theirs.
Result<std::string> with_ignores(std::string_view text, std::string_view file,
                                 const std::vector<EcosystemIgnores>& wanted,
                                 std::string_view source = {});

// The entries as they would stand under `ignore:`.
std::string ignore_snippet(const std::vector<IgnoreEntry>& entries);

}  // namespace buildable::apply
