#include "apply/renovate_config.h"

#include <cstdint>

namespace buildable::apply {
namespace {

using Kind = Node::Kind;

constexpr std::string_view schema_key = "$schema";

// How "extends" is written where it was not there. Each tells without_renovate_preset that it is to
// go as a whole, and what is left of the braces around it.
enum class Layout : std::uint8_t {
  lines,   // the preset has a line for itself
  close,   // ["x"], beside others on one line
  spaced,  // [ "x" ], in braces that had white space or comments in them
};

// "extends" with one preset. `indentation`: of the member.
std::string extends_member(const RenovateConfig& config, const std::string& preset, Layout layout,
                           const std::string& indentation) {
  const Node& settings = *config.settings();
  const auto* first = settings.children.empty() ? nullptr : settings.children.data();
  const bool bare = first != nullptr && first->key_span.end > 0 &&
                    first->key == text_at(config.text, first->key_span);
  const bool close = first != nullptr && first->span.begin == first->key_span.end + 1;
  const std::string key =
      bare ? std::string(extends_key) : quoted_for_json(extends_key, config.quote());
  const std::string value = quoted_for_json(preset, config.quote());
  const std::string newline(newline_of(config.text));
  const std::string inside = newline + indentation + config.indentation();
  const std::string list = layout == Layout::lines    ? inside + value + newline + indentation
                           : layout == Layout::spaced ? " " + value + " "
                                                      : value;
  return key + (close ? ":" : ": ") + "[" + list + "]";
}

std::vector<Edit> extends_put_in_empty(const RenovateConfig& config, const std::string& preset) {
  const Node& settings = *config.settings();
  const TextSpan inside{settings.span.begin + 1, settings.span.end - 1};
  const auto here = [&](std::string text) {
    return std::vector<Edit>{{{inside.begin, inside.begin}, std::move(text)}};
  };
  if (config.is_in_one_line()) return here(extends_member(config, preset, Layout::close, {}));
  const std::string outer(indentation_at(config.text, settings.span.begin));
  const std::string newline(newline_of(config.text));
  const std::string indentation = outer + config.indentation();
  const auto member = [&](Layout layout) {
    return extends_member(config, preset, layout, indentation);
  };
  if (inside.begin == inside.end)
    return here(newline + indentation + member(Layout::lines) + newline + outer);
  const std::size_t line = after_first_newline(config.text, inside.begin, settings.span.end);
  if (line == std::string::npos) return here(member(Layout::spaced));
  const bool blank = is_blank(text_at(config.text, inside));
  return {{{line, line}, indentation + member(blank ? Layout::spaced : Layout::lines) + newline}};
}

std::vector<Edit> extends_put_in(const RenovateConfig& config, const std::string& preset) {
  const Node& settings = *config.settings();
  if (settings.children.empty()) return extends_put_in_empty(config, preset);
  const std::size_t first = item_span(settings.children[0]).begin;
  const std::string indentation(indentation_at(config.text, first));
  const auto put_in = [&](Layout layout) {
    const std::string member = extends_member(config, preset, layout, indentation);
    return settings.children[0].key == schema_key ? put_in_after(config.text, settings, 0, member)
                                                  : put_in_first(config.text, settings, member);
  };
  std::vector<Edit> edits = put_in(Layout::close);
  const bool has_line = edits.back().text.ends_with('\n');
  return has_line ? put_in(Layout::lines) : edits;
}

// A string becomes a list of two. The space before its comma, which nothing else here writes, tells
// without_renovate_preset to make it a string again.
constexpr std::string_view comma_of_string = " , ";
// The same where the settings as a whole were that string.
constexpr std::string_view comma_of_settings = " ,";

std::string list_of_string(const RenovateConfig& config, const Node& node,
                           const std::string& preset, std::string_view comma) {
  return "[" + std::string(text_at(config.text, node.span)) + std::string(comma) + preset + "]";
}

// The string that was there, where `extends` is written as list_of_string writes it.
const Node* string_before(const RenovateConfig& config, std::size_t index, std::string_view comma) {
  const Node& extends = *config.extends();
  if (extends.children.size() != 2 || index != 1) return nullptr;
  const Node& first = extends.children[0];
  const Node& ours = extends.children[1];
  const bool close =
      first.span.begin == extends.span.begin + 1 && ours.span.end == extends.span.end - 1;
  return close && between(config, first.span.end, ours.span.begin) == comma ? &first : nullptr;
}

// Whether `extends` with its one entry is written as extends_put_in writes it: then it goes whole.
// Else it was an empty list before.
bool is_as_put_in(const RenovateConfig& config) {
  const Node& extends = *config.extends();
  const Node& entry = extends.children[0];
  const std::string_view before = between(config, extends.span.begin + 1, entry.span.begin);
  const std::string_view after = between(config, entry.span.end, extends.span.end - 1);
  if (!is_blank(before) || !is_blank(after)) return false;
  const bool has_line = begins_its_line(config.text, item_span(extends).begin);
  return !before.empty() || (!has_line && after.empty());
}

// The list stays, empty as it was. Where others are on its line a space was put in too.
std::vector<Edit> only_entry_out(const RenovateConfig& config) {
  const Node& extends = *config.extends();
  const TextSpan entry = extends.children[0].span;
  const bool has_line = begins_its_line(config.text, item_span(extends).begin);
  if (has_line || entry.begin != extends.span.begin + 1 || config.text[entry.end] != ' ')
    return take_out(config.text, extends, 0);
  return {{{entry.begin, entry.end + 1}, {}}};
}

// The edits where `extends` is all that the settings hold: "{}" is what it was, rather than braces
// on two lines, where those were put in.
std::vector<Edit> last_member_out(const RenovateConfig& config) {
  const Node& settings = *config.settings();
  const Node& extends = *config.extends();
  const TextSpan inside{settings.span.begin + 1, settings.span.end - 1};
  const TextSpan item = item_span(extends);
  const std::string_view before = between(config, inside.begin, item.begin);
  const std::string_view after = between(config, item.end, inside.end);
  const bool blank =
      is_blank(before) && after.find_first_not_of(", \t\r\n") == std::string_view::npos;
  const bool in_lines =
      extends.is(Kind::array) &&
      between(config, extends.span.begin + 1, extends.children[0].span.begin).find('\n') !=
          std::string_view::npos;
  if (blank && in_lines) return {{inside, {}}};
  return take_out(config.text, settings, 0);
}

}  // namespace

std::string quoted_for_json(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out += quote;
}

std::string in_quotes_of(const RenovateConfig& config, const Node& node, std::string_view text) {
  return quoted_for_json(text, config.text[node.span.begin]);
}

std::vector<std::string> presets_of(const RenovateConfig& config) {
  const Node* settings = config.settings();
  if (settings != nullptr && settings->is(Kind::string)) return {settings->text};
  const Node* extends = config.extends();
  if (extends == nullptr) return {};
  if (extends->is(Kind::string)) return {extends->text};
  std::vector<std::string> presets;
  for (const Node& entry : extends->children) presets.push_back(entry.text);
  return presets;
}

std::string_view between(const RenovateConfig& config, std::size_t begin, std::size_t end) {
  return text_at(config.text, {begin, end});
}

bool is_as_created(const RenovateConfig& config) {
  const Node* extends = config.extends();
  if (extends == nullptr || !extends->is(Kind::array) || extends->children.size() != 1)
    return false;
  // In braces with nothing else in them it is never written without spaces.
  const bool alone = config.settings()->children.size() == 1;
  const bool close = extends->children[0].span.begin == extends->span.begin + 1;
  return is_as_put_in(config) && !(alone && close);
}

std::vector<Edit> edits_to_add(const RenovateConfig& config, const std::string& preset) {
  const Node& settings = *config.settings();
  const std::string value = quoted_for_json(preset, config.quote());
  if (settings.is(Kind::string))
    return {{settings.span, "{ " + quoted_for_json(extends_key, '"') + ": " +
                                list_of_string(config, settings, value, comma_of_settings) + " }"}};
  const Node* extends = config.extends();
  if (extends == nullptr) return extends_put_in(config, preset);
  if (extends->is(Kind::string))
    return {{extends->span, list_of_string(config, *extends, value, comma_of_string)}};
  const std::size_t inside = extends->span.begin + 1;
  if (extends->children.empty()) {
    const bool has_line = begins_its_line(config.text, item_span(*extends).begin);
    return {{{inside, inside}, has_line ? value : value + " "}};
  }
  const std::size_t last = extends->children.size() - 1;
  return put_in_after(config.text, *extends, last,
                      in_quotes_of(config, extends->children[last], preset));
}

std::vector<Edit> edits_to_remove(const RenovateConfig& config, std::size_t index) {
  const Node& settings = *config.settings();
  const Node& extends = *config.extends();
  if (extends.is(Kind::array)) {
    if (const Node* string = string_before(config, index, comma_of_string))
      return {{extends.span, std::string(text_at(config.text, string->span))}};
    const bool alone = config.is_package() && settings.children.size() == 1;
    const Node* string = alone ? string_before(config, index, comma_of_settings) : nullptr;
    if (string != nullptr)
      return {{settings.span, std::string(text_at(config.text, string->span))}};
    if (extends.children.size() > 1) return take_out(config.text, extends, index);
    if (!is_as_put_in(config)) return only_entry_out(config);
  }
  const auto member = static_cast<std::size_t>(&extends - settings.children.data());
  return settings.children.size() == 1 ? last_member_out(config)
                                       : take_out(config.text, settings, member);
}

}  // namespace buildable::apply
