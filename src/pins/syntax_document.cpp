// JSON, TOML and YAML: values at paths. A step "name[word]" asks for the object, or those objects
// of a list, whose `name` is the word.
#include <algorithm>

#include "base/text.h"
#include "pins/syntax.h"

namespace buildable::pins {
namespace {

using Kind = Node::Kind;

std::string_view without_quotes(std::string_view text, TextSpan& span) {
  constexpr std::string_view quotes = "\"'";
  std::string_view written = text.substr(span.begin, span.end - span.begin);
  if (written.empty() || quotes.find(written[0]) == std::string_view::npos) return written;
  const std::string_view fence = written.substr(0, 3);
  const bool fenced = written.size() >= 6 && fence[0] == fence[1] && fence[1] == fence[2];
  const std::size_t count = fenced ? 3 : 1;
  if (written.size() < 2 * count) return written;
  span = {span.begin + count, span.end - count};
  return text.substr(span.begin, span.end - span.begin);
}

std::vector<FoundValue> lines_of_block(std::string_view text, const Node& scalar) {
  std::vector<FoundValue> values;
  const std::string_view block =
      text.substr(scalar.span.begin, scalar.span.end - scalar.span.begin);
  const std::vector<TextSpan> lines = line_spans(block);
  for (std::size_t i = 1; i < lines.size(); ++i) {
    const TextSpan line = trimmed(block, lines[i]);
    if (line.begin == line.end) continue;
    FoundValue value;
    value.value = value.version = {scalar.span.begin + line.begin, scalar.span.begin + line.end};
    values.push_back(std::move(value));
  }
  return values;
}

// "devEngines.runtime[node].version" step by step.
class Path {
 public:
  explicit Path(std::string_view key) : steps_(split(key, '.')) {}

  template <class Use>
  void follow(const Node& root, Use use) const {
    follow(root, 0, use);
  }

 private:
  template <class Use>
  void follow(const Node& node, std::size_t step, Use& use) const {
    if (step == steps_.size()) return use(node);
    const std::string_view name = steps_[step].substr(0, steps_[step].find('['));
    const Node* child = node.find(name);
    if (!child) return;
    if (name.size() == steps_[step].size()) return follow(*child, step + 1, use);
    const std::string_view word = steps_[step].substr(name.size() + 1);
    const auto each = [&](const Node& object) {
      const Node* called = object.find("name");
      if (called && called->text == word.substr(0, word.size() - 1)) follow(object, step + 1, use);
    };
    if (!child->is(Kind::array)) return each(*child);
    for (const Node& object : child->children) each(object);
  }

  std::vector<std::string_view> steps_;
};

// "pnpm@9.15.9+sha512.abc" for the place that is named so; whether it is.
bool take_name(FoundValue& value, std::string_view written, const PinPlace& rules) {
  const std::size_t at = written.find('@', 1);
  const std::string_view name = written.substr(0, at);
  if (std::find(rules.names.begin(), rules.names.end(), name) == rules.names.end()) return false;
  if (at == std::string_view::npos) {
    value.version.begin = value.version.end;
    return true;
  }
  value.version.begin += at + 1;
  const std::size_t hash = written.find('+', at);
  if (hash != std::string_view::npos) value.version.end = value.value.begin + hash;
  return true;
}

void add_scalar(FileReading& file, const Node& scalar, const FoundValue& like) {
  const PinPlace& rules = *like.place->rules;
  const bool is_yaml = file.is_yaml();
  auto values = is_yaml ? yaml_values_of(file.text(), scalar) : values_of(file.text(), scalar);
  for (FoundValue& value : values) {
    value.place = like.place;
    value.key = like.key;
    value.where = like.where;
    value.roll_forward = like.roll_forward;
    value.list = like.list;
    if (!is_yaml && !scalar.is(Kind::string)) value.problem = "it is not a text; put it in quotes";
    const bool named = rules.syntax == PinSyntax::json && !rules.names.empty() && !value.said;
    if (named && !take_name(value, file.slice(value.value), rules)) continue;
    file.add(std::move(value));
  }
}

}  // namespace

std::vector<FoundValue> values_of(std::string_view text, const Node& scalar) {
  if (!scalar.is_scalar()) return {};
  if (scalar.block) return lines_of_block(text, scalar);
  FoundValue value;
  value.value = scalar.span;
  const std::string_view written = without_quotes(text, value.value);
  if (written != scalar.text) value.said = scalar.text;
  value.version = value.value;
  return {std::move(value)};
}

std::vector<FoundValue> yaml_values_of(std::string_view text, const Node& scalar) {
  std::vector<FoundValue> values = values_of(text, scalar);
  const std::string& written = scalar.text;
  const bool loses_zero =
      scalar.is_number() && written.find('.') != std::string::npos && written.back() == '0';
  if (!loses_zero) return values;
  const std::string number = written.substr(0, written.find_last_not_of('0') + 1);
  for (FoundValue& value : values)
    value.problem = "without quotes YAML reads it as the number " +
                    (number.back() == '.' ? number.substr(0, number.size() - 1) : number) +
                    "; put it in quotes";
  return values;
}

void add_values(FileReading& file, const Node& node, const FoundValue& like) {
  const auto add = [&file](const Node& item, const FoundValue& shared) {
    const Node* version = item.find("version");
    add_scalar(file, version ? *version : item, shared);
  };
  if (!node.is(Kind::array)) return add(node, like);
  FoundValue listed = like;
  if (listed.list == 0 && node.children.size() > 1) listed.list = file.new_list();
  for (const Node& item : node.children) add(item, listed);
}

void find_in_documents(FileReading& file, const Places& places) {
  for (const Place* place : places) {
    const PinPlace& rules = *place->rules;
    for (const Node& root : file.documents(rules.syntax)) {
      FoundValue like;
      like.place = place;
      like.key = rules.key;
      Path(rules.roll_forward).follow(root, [&like](const Node& policy) {
        like.roll_forward = policy.text;
      });
      Path(rules.key).follow(root, [&](const Node& node) { add_values(file, node, like); });
    }
  }
}

}  // namespace buildable::pins
