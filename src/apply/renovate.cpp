#include "apply/renovate.h"

#include <algorithm>
#include <array>
#include <vector>

#include "apply/json_splice.h"
#include "base/document.h"

namespace buildable {
namespace {

using Kind = Node::Kind;

constexpr std::string_view in_package = "package.json";
constexpr std::string_view schema_key = "$schema";
constexpr std::string_view extends_key = "extends";

// lib/config/app-strings.ts of renovatebot/renovate, 44.
constexpr std::array<std::string_view, 14> config_names = {
    "renovate.json",          "renovate.jsonc",
    "renovate.json5",         ".github/renovate.json",
    ".github/renovate.jsonc", ".github/renovate.json5",
    ".gitlab/renovate.json",  ".gitlab/renovate.jsonc",
    ".gitlab/renovate.json5", ".renovaterc",
    ".renovaterc.json",       ".renovaterc.jsonc",
    ".renovaterc.json5",      in_package};

std::string quoted_for_json(std::string_view text, char quote) {
  std::string out(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') out += '\\';
    out += c;
  }
  return out += quote;
}

// A file's text, read, and its layout.
struct Config {
  std::string text;
  std::string file;
  Node root;

  bool is_package() const { return file == in_package; }
  const Node* settings() const { return is_package() ? root.find("renovate") : &root; }
  const Node* extends() const {
    return settings() == nullptr ? nullptr : settings()->find(extends_key);
  }
  // That of the first string or key in quotes.
  char quote() const {
    const bool single = text.find('\'') < text.find('"');
    const bool both = file.ends_with(".json5");
    return single && both ? '\'' : '"';
  }
  // Of one level; of a text whose members have no lines of their own two spaces.
  std::string indentation() const {
    if (root.children.empty() || !begins_its_line(text, item_span(root.children[0]).begin))
      return "  ";
    return std::string(indentation_at(text, item_span(root.children[0]).begin));
  }
  bool is_in_one_line() const {
    return !root.children.empty() && !begins_its_line(text, item_span(root.children[0]).begin);
  }
};

Result<Config> read(std::string text, std::string_view file) {
  auto root = parse_json(text, file, json5);
  if (!root) return fail(std::move(root.error()));
  return Config{std::move(text), std::string(file), std::move(*root)};
}

tl::unexpected<Error> refusal(const Config& config, const Node& node, std::string message,
                              const WantedPreset& wanted) {
  const std::string hint = wanted.preset.empty() ? std::string("left as it is")
                                                 : "left as it is; by hand: add " +
                                                       quoted_for_json(wanted.preset, '"') +
                                                       " as the last of a list \"extends\"";
  return fail(error_at(config.text, config.file, node.span.begin, std::move(message), hint));
}

// What Renovate takes the settings to extend.
std::vector<std::string> presets_of(const Config& config) {
  const Node* settings = config.settings();
  if (settings != nullptr && settings->is(Kind::string)) return {settings->text};
  const Node* extends = config.extends();
  if (extends == nullptr) return {};
  if (extends->is(Kind::string)) return {extends->text};
  std::vector<std::string> presets;
  for (const Node& entry : extends->children) presets.push_back(entry.text);
  return presets;
}

Result<void> require_settings(const Config& config, const WantedPreset& wanted) {
  const Node* settings = config.settings();
  if (settings == nullptr)
    return refusal(config, config.root, "has no settings of Renovate", wanted);
  if (config.is_package() && settings->is(Kind::string)) return {};
  if (!settings->is(Kind::object))
    return refusal(config, *settings, "Renovate's settings are no object", wanted);
  const Node* extends = config.extends();
  if (extends == nullptr || extends->is(Kind::string)) return {};
  const bool strings = extends->is(Kind::array) &&
                       std::all_of(extends->children.begin(), extends->children.end(),
                                   [](const Node& entry) { return entry.is(Kind::string); });
  if (strings) return {};
  return refusal(config, *extends, "\"extends\" is neither a list of strings nor a string", wanted);
}

std::string in_quotes_of(const Config& config, const Node& node, std::string_view text) {
  return quoted_for_json(text, config.text[node.span.begin]);
}

// How "extends" is written where it was not there. Each tells without_renovate_preset that it is to
// go as a whole, and what is left of the braces around it.
enum class Layout : std::uint8_t {
  lines,   // the preset has a line for itself
  close,   // ["x"], beside others on one line
  spaced,  // [ "x" ], in braces that had white space or comments in them
};

// "extends" with one preset. `indentation`: of the member.
std::string extends_member(const Config& config, const std::string& preset, Layout layout,
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

std::vector<Edit> extends_put_in_empty(const Config& config, const std::string& preset) {
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

std::vector<Edit> extends_put_in(const Config& config, const std::string& preset) {
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

std::string list_of_string(const Config& config, const Node& node, const std::string& preset) {
  return "[" + std::string(text_at(config.text, node.span)) + std::string(comma_of_string) +
         preset + "]";
}

std::vector<Edit> splices_to_add(const Config& config, const std::string& preset) {
  const Node& settings = *config.settings();
  const std::string value = quoted_for_json(preset, config.quote());
  if (settings.is(Kind::string))
    return {{settings.span, "{ " + quoted_for_json(extends_key, '"') + ": " +
                                list_of_string(config, settings, value) + " }"}};
  const Node* extends = config.extends();
  if (extends == nullptr) return extends_put_in(config, preset);
  if (extends->is(Kind::string)) return {{extends->span, list_of_string(config, *extends, value)}};
  const std::size_t inside = extends->span.begin + 1;
  if (extends->children.empty()) {
    const bool has_line = begins_its_line(config.text, item_span(*extends).begin);
    return {{{inside, inside}, has_line ? value : value + " "}};
  }
  const std::size_t last = extends->children.size() - 1;
  return put_in_after(config.text, *extends, last,
                      in_quotes_of(config, extends->children[last], preset));
}

std::string_view between(const Config& config, std::size_t begin, std::size_t end) {
  return text_at(config.text, {begin, end});
}

// The string that `extends` was, where it is written as list_of_string writes it.
const Node* string_before(const Config& config, std::size_t index) {
  const Node& extends = *config.extends();
  if (extends.children.size() != 2 || index != 1) return nullptr;
  const Node& first = extends.children[0];
  const Node& ours = extends.children[1];
  const bool close =
      first.span.begin == extends.span.begin + 1 && ours.span.end == extends.span.end - 1;
  return close && between(config, first.span.end, ours.span.begin) == comma_of_string ? &first
                                                                                      : nullptr;
}

// Whether `extends` with its one entry is written as extends_put_in writes it: then it goes whole.
// Else it was an empty list before.
bool is_as_put_in(const Config& config) {
  const Node& extends = *config.extends();
  const Node& entry = extends.children[0];
  const std::string_view before = between(config, extends.span.begin + 1, entry.span.begin);
  const std::string_view after = between(config, entry.span.end, extends.span.end - 1);
  if (!is_blank(before) || !is_blank(after)) return false;
  const bool has_line = begins_its_line(config.text, item_span(extends).begin);
  return !before.empty() || (!has_line && after.empty());
}

// The list stays, empty as it was. Where others are on its line a space was put in too.
std::vector<Edit> only_entry_out(const Config& config) {
  const Node& extends = *config.extends();
  const TextSpan entry = extends.children[0].span;
  const bool has_line = begins_its_line(config.text, item_span(extends).begin);
  if (has_line || entry.begin != extends.span.begin + 1 || config.text[entry.end] != ' ')
    return take_out(config.text, extends, 0);
  return {{{entry.begin, entry.end + 1}, {}}};
}

// The edits where `extends` is all that the settings hold: "{}" is what it was, rather than braces
// on two lines, where those were put in.
std::vector<Edit> last_member_out(const Config& config) {
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

std::vector<Edit> splices_to_remove(const Config& config, std::size_t index) {
  const Node& settings = *config.settings();
  const Node& extends = *config.extends();
  if (extends.is(Kind::array)) {
    if (const Node* string = string_before(config, index)) {
      const std::string was(text_at(config.text, string->span));
      const bool alone = config.is_package() && settings.children.size() == 1 &&
                         between(config, settings.span.begin, item_span(extends).begin) == "{ " &&
                         between(config, extends.span.end, settings.span.end) == " }";
      return {{alone ? settings.span : extends.span, was}};
    }
    if (extends.children.size() > 1) return take_out(config.text, extends, index);
    if (!is_as_put_in(config)) return only_entry_out(config);
  }
  const auto member = static_cast<std::size_t>(&extends - settings.children.data());
  return settings.children.size() == 1 ? last_member_out(config)
                                       : take_out(config.text, settings, member);
}

// Without what may differ.
Node rest_of(const Config& config) {
  Node rest = config.root;
  Node* settings = &rest;
  if (config.is_package())
    for (Node& member : rest.children)
      if (member.key == "renovate") settings = &member;
  if (settings->is(Kind::string)) {
    settings->kind = Kind::object;
    settings->text.clear();
  }
  std::erase_if(settings->children, [](const Node& member) { return member.key == extends_key; });
  return rest;
}

// The edited text, if it says what it said before, and extends these presets.
Result<Config> proven(const Config& before, std::vector<Edit> edits,
                      const std::vector<std::string>& presets, const WantedPreset& wanted) {
  auto after = read(apply_edits(before.text, std::move(edits)), before.file);
  if (after && presets_of(*after) == presets && rest_of(*after).same_content(rest_of(before)))
    return after;
  return refusal(before, before.root, "cannot be edited safely", wanted);
}

std::vector<std::size_t> ours_in(const std::vector<std::string>& presets,
                                 const WantedPreset& wanted) {
  std::vector<std::size_t> ours;
  for (std::size_t i = 0; i < presets.size(); ++i)
    if (wanted.is_ours(presets[i])) ours.push_back(i);
  return ours;
}

Result<Config> with_one_removed(const Config& config, std::size_t index,
                                const WantedPreset& wanted) {
  std::vector<std::string> presets = presets_of(config);
  presets.erase(presets.begin() + static_cast<std::ptrdiff_t>(index));
  return proven(config, splices_to_remove(config, index), presets, wanted);
}

Result<Config> with_one_replaced(const Config& config, std::size_t index,
                                 const WantedPreset& wanted) {
  std::vector<std::string> presets = presets_of(config);
  const std::string preset = wanted.in_place_of(presets[index]);
  if (preset == presets[index]) return config;
  const Node* extends = config.extends();
  const Node& entry = extends == nullptr          ? *config.settings()
                      : extends->is(Kind::string) ? *extends
                                                  : extends->children[index];
  presets[index] = preset;
  return proven(config, {{entry.span, in_quotes_of(config, entry, preset)}}, presets, wanted);
}

bool is_comment_free(std::string_view text) {
  return text.find("//") == text.npos && text.find("/*") == text.npos;
}

// Whether an entry may stand behind ours: it is of the same place, for more than one runtime's
// limits are to be had there.
bool is_beside_ours(std::string_view entry, const WantedPreset& wanted) {
  const std::string place = preset_reference(wanted.preset).place;
  const std::string folder = place.ends_with('/') ? place : place + "/";
  return (preset_reference(entry).place + "/").starts_with(folder);
}

// The entries that go before ours, since they stand behind it.
std::vector<std::string> outranking(const std::vector<std::string>& presets, std::size_t ours,
                                    const WantedPreset& wanted) {
  std::vector<std::string> others;
  for (std::size_t i = ours + 1; i < presets.size(); ++i)
    if (!is_beside_ours(presets[i], wanted)) others.push_back(presets[i]);
  return others;
}

// Ours becomes the last: the texts of the entries move up by one, everything between them stays.
// Where there are comments, which may be about an entry, nothing moves.
Result<Config> with_ours_last(const Config& config, std::size_t index, const WantedPreset& wanted) {
  std::vector<std::string> presets = presets_of(config);
  if (outranking(presets, index, wanted).empty()) return config;
  const Node& extends = *config.extends();
  std::string gaps;
  for (std::size_t i = 0; i + 1 < extends.children.size(); ++i)
    gaps += between(config, extends.children[i].span.end, extends.children[i + 1].span.begin);
  gaps += between(config, extends.span.begin, extends.children.front().span.begin);
  gaps += between(config, extends.children.back().span.end, extends.span.end);
  if (!is_comment_free(gaps)) return config;
  std::vector<Edit> edits;
  const std::size_t last = extends.children.size() - 1;
  for (std::size_t i = index; i <= last; ++i) {
    const Node& from = extends.children[i == last ? index : i + 1];
    edits.push_back({extends.children[i].span, std::string(text_at(config.text, from.span))});
  }
  const auto at = presets.begin() + static_cast<std::ptrdiff_t>(index);
  std::rotate(at, at + 1, presets.end());
  return proven(config, std::move(edits), presets, wanted);
}

Result<Config> with_one_added(const Config& config, const WantedPreset& wanted) {
  std::vector<std::string> presets = presets_of(config);
  presets.push_back(wanted.preset);
  return proven(config, splices_to_add(config, wanted.preset), presets, wanted);
}

Result<Config> read_settings(std::string_view text, std::string_view file,
                             const WantedPreset& wanted) {
  auto config = read(std::string(text), file);
  if (!config) return config;
  if (auto good = require_settings(*config, wanted); !good) return fail(std::move(good.error()));
  return config;
}

// The last of ours decides, since it goes before those ahead of it: it is the one that stays.
Result<Config> with_at_most_one_of_ours(Config config, const WantedPreset& wanted) {
  while (true) {
    const auto ours = ours_in(presets_of(config), wanted);
    if (ours.size() <= 1) return config;
    auto fewer = with_one_removed(config, ours.front(), wanted);
    if (!fewer) return fewer;
    config = std::move(*fewer);
  }
}

// What an empty file becomes.
std::string without_final_newline(std::string_view preset) {
  std::string text = new_renovate_config(preset);
  text.pop_back();
  return text;
}

}  // namespace

std::span<const std::string_view> renovate_config_names() { return config_names; }

bool is_renovate_config(std::string_view name, std::string_view text) {
  if (name != in_package) return true;
  const auto root = parse_json(text, name, json5);
  const Node* settings = root ? root->find("renovate") : nullptr;
  return settings != nullptr &&
         (settings->is(Kind::object) || (settings->is(Kind::string) && !settings->text.empty()));
}

std::string new_renovate_config(std::string_view preset) {
  return "{\n  \"$schema\": \"https://docs.renovatebot.com/renovate-schema.json\",\n"
         "  \"extends\": [\n    " +
         quoted_for_json(preset, '"') + "\n  ]\n}\n";
}

Result<std::string> with_renovate_preset(std::string_view text, std::string_view file,
                                         const WantedPreset& wanted) {
  // Renovate takes an empty file for {}. It has no end of line, and gets none.
  if (text.empty() && file != in_package) return without_final_newline(wanted.preset);
  auto config = read_settings(text, file, wanted);
  if (config) config = with_at_most_one_of_ours(std::move(*config), wanted);
  if (!config) return fail(std::move(config.error()));
  const auto ours = ours_in(presets_of(*config), wanted);
  config = ours.empty() ? with_one_added(*config, wanted)
                        : with_one_replaced(*config, ours.front(), wanted);
  if (config && !ours.empty()) config = with_ours_last(*config, ours.front(), wanted);
  if (!config) return fail(std::move(config.error()));
  return std::move(config->text);
}

std::vector<std::string> presets_behind_ours(std::string_view text, std::string_view file,
                                             const WantedPreset& wanted) {
  const auto config = read_settings(text, file, wanted);
  if (!config) return {};
  const auto presets = presets_of(*config);
  const auto ours = ours_in(presets, wanted);
  return ours.empty() ? std::vector<std::string>{} : outranking(presets, ours.back(), wanted);
}

Result<std::vector<std::string>> presets_in(std::string_view text, std::string_view file) {
  if (text.empty()) return std::vector<std::string>{};
  auto config = read_settings(text, file, {});
  if (!config) return fail(std::move(config.error()));
  return presets_of(*config);
}

Result<std::optional<std::string>> without_renovate_preset(std::string_view text,
                                                           std::string_view file,
                                                           const WantedPreset& wanted) {
  if (text.empty()) return std::string();
  auto config = read_settings(text, file, wanted);
  if (config) config = with_at_most_one_of_ours(std::move(*config), wanted);
  if (!config) return fail(std::move(config.error()));
  const auto presets = presets_of(*config);
  const auto ours = ours_in(presets, wanted);
  if (ours.empty()) return std::move(config->text);
  if (config->text == new_renovate_config(presets[ours.front()])) return std::nullopt;
  if (config->text == without_final_newline(presets[ours.front()])) return std::string();
  if (config->settings()->is(Kind::string))
    return refusal(*config, *config->settings(), "is nothing but our preset: remove the key",
                   wanted);
  auto without = with_one_removed(*config, ours.front(), wanted);
  if (!without) return fail(std::move(without.error()));
  return std::move(without->text);
}

}  // namespace buildable
