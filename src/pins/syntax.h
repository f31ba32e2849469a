// Private to src/pins: how a syntax finds the values that the places of the rules name. Each
// syntax_<name>.cpp holds one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/document.h"
#include "model/rules.h"

namespace buildable::pins {

// A place of the rules, and whose it is.
struct Place {
  const RuntimeRules* runtime = nullptr;
  const PinPlace* rules = nullptr;
  const std::vector<std::string>* distributions = nullptr;  // PlatformRules::distributions
};

// A value where a syntax found it; what it says of versions is read by find_value.h.
struct FoundValue {
  const Place* place = nullptr;
  std::string key;    // Pin::key
  std::string where;  // what stands before "of <file>" in Pin::place; empty: the key
  TextSpan value;     // of the file's text
  // The part of it that names a version, a range or a word; empty and at its end where none does.
  TextSpan version;
  // What the value says where that is not what is written (escapes, continued lines).
  std::optional<std::string> said;
  std::string moves;          // set: it means no fixed version, and why
  std::string problem;        // set: it cannot be read, and why
  std::string roll_forward;   // the policy beside it
  bool names_only = false;    // no range, whatever grammar the place has
  bool is_image_tag = false;  // words without a number are tags that move
  std::string image;          // Pin::image
  std::string distribution;   // Pin::distribution
  bool has_digest = false;    // Pin::has_digest
  int list = 0;               // Pin::list
};

// Whether the name of a file tells what is in it. What is only a guess is read in silence: that it
// cannot be is not a problem.
enum class NameTells : std::uint8_t { all, little };

// The values of one file, and what they are found with.
class FileReading {
 public:
  FileReading(std::string_view path, std::string_view text, NameTells name_tells)
      : path_(path), text_(text), name_tells_(name_tells) {}

  std::string_view path() const { return path_; }
  std::string_view name() const { return path_.substr(path_.find_last_of('/') + 1); }
  std::string_view text() const { return text_; }
  std::string_view slice(TextSpan span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }

  bool is_guess() const { return name_tells_ == NameTells::little; }
  bool holds(std::string_view words) const { return text_.find(words) < text_.size(); }
  bool is_yaml() const { return path_.ends_with(".yml") || path_.ends_with(".yaml"); }

  // The documents in the text, read once; none and a problem where it is none. The syntax is json,
  // yaml, toml or xml.
  const std::vector<Node>& documents(PinSyntax syntax);

  void add(FoundValue value);
  // More is found than is kept; a problem tells of it.
  bool is_full() const { return full_; }
  // For FoundValue::list: another for each list.
  int new_list() { return ++lists_; }
  // The same with the version's span set to the whole value.
  void add_whole(const Place& place, std::string_view key, TextSpan value);

  std::vector<FoundValue>& found() { return found_; }
  std::vector<Diagnostic>& problems() { return problems_; }

 private:
  std::string_view path_;
  std::string_view text_;
  NameTells name_tells_;
  int lists_ = 0;
  std::optional<std::vector<Node>> documents_;
  std::vector<FoundValue> found_;
  bool full_ = false;
  std::vector<Diagnostic> problems_;
};

using Places = std::vector<const Place*>;

void find_in_lines(FileReading& file, const Places& places);
void find_in_documents(FileReading& file, const Places& places);  // json, toml, yaml
void find_in_properties(FileReading& file, const Places& places);
void find_in_xml(FileReading& file, const Places& places);
void find_directives(FileReading& file, const Places& places);
void find_calls(FileReading& file, const Places& places);
void find_lock_sections(FileReading& file, const Places& places);
void find_images(FileReading& file, const Places& places);
void find_actions(FileReading& file, const Places& places);
void find_tools(FileReading& file, const Places& places);
void find_packages(FileReading& file, const Places& places);  // conda
void find_arguments(FileReading& file, const Places& places);
void find_variables(FileReading& file, const Places& places);

// What there is to know of a syntax.
struct SyntaxEntry {
  PinSyntax syntax;
  // The files of places that name none, as PinPlace::files has them.
  std::vector<std::string_view> files;
  // More of them, whose names tell little: patterns, and words that stand in the name in any case.
  std::vector<std::string_view> guesses;
  std::vector<std::string_view> words;
  void (*find)(FileReading& file, const Places& places);
  Result<Node> (*parse)(std::string_view text, std::string_view path);  // null: no documents
};
const SyntaxEntry& entry_of(PinSyntax syntax);

// --- text ---------------------------------------------------------------------------------------

// Lines without their ends, as spans; a byte order mark is not part of the first.
std::vector<TextSpan> line_spans(std::string_view text);
// Without spaces and tabs at both ends.
TextSpan trimmed(std::string_view text, TextSpan span);

// --- documents ----------------------------------------------------------------------------------

// A scalar's value in a text: without quotes, with `said` where it is written in another way. Of a
// block scalar, each line that is not blank. Nothing of what is not a scalar.
std::vector<FoundValue> values_of(std::string_view text, const Node& scalar);
// As above, of a scalar of YAML. A bare 3.10 is the number 3.1 there, which is a problem.
std::vector<FoundValue> yaml_values_of(std::string_view text, const Node& scalar);
// The values of a node: of a scalar, of each in a list, of a table's `version`. `like` has what
// they share.
void add_values(FileReading& file, const Node& node, const FoundValue& like);

}  // namespace buildable::pins
