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
  return fail(error_at(config.text, config.file, node.span.begin, std::move(message),
                       "left as it is; by hand: add " + quoted_for_json(wanted.preset, '"') +
                           " as the last of a list \"extends\""));
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

// "extends" with one preset, written on one line or several. `indentation`: of the member.
std::string extends_member(const Config& config, const std::string& preset, bool in_lines,
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
  return key + (close ? ":" : ": ") + "[" +
         (in_lines ? inside + value + newline + indentation : value) + "]";
}

std::vector<Edit> extends_put_in_empty(const Config& config, const std::string& preset) {
  const Node& settings = *config.settings();
  const std::size_t inside = settings.span.begin + 1;
  if (config.is_in_one_line())
    return {{{inside, inside}, extends_member(config, preset, false, {})}};
  const std::string outer(indentation_at(config.text, settings.span.begin));
  const std::string newline(newline_of(config.text));
  const std::string indentation = outer + config.indentation();
  const std::string member = indentation + extends_member(config, preset, true, indentation);
  const std::size_t line = after_first_newline(config.text, inside, settings.span.end);
  if (line != std::string::npos) return {{{line, line}, member + newline}};
  return {{{inside, inside}, newline + member + newline + outer}};
}

std::vector<Edit> extends_put_in(const Config& config, const std::string& preset) {
  const Node& settings = *config.settings();
  if (settings.children.empty()) return extends_put_in_empty(config, preset);
  const std::size_t first = item_span(settings.children[0]).begin;
  const bool in_lines = begins_its_line(config.text, first);
  const std::string indentation(indentation_at(config.text, first));
  const std::string member = extends_member(config, preset, in_lines, indentation);
  return settings.children[0].key == schema_key ? put_in_after(config.text, settings, 0, member)
                                                : put_in_first(config.text, settings, member);
}

std::vector<Edit> splices_to_add(const Config& config, const std::string& preset) {
  const Node& settings = *config.settings();
  const std::string value = quoted_for_json(preset, config.quote());
  if (settings.is(Kind::string))
    return {{settings.span, "{ " + quoted_for_json(extends_key, '"') + ": [" +
                                std::string(text_at(config.text, settings.span)) + ", " + value +
                                "] }"}};
  const Node* extends = config.extends();
  if (extends == nullptr) return extends_put_in(config, preset);
  if (extends->is(Kind::string))
    return {{extends->span,
             "[" + std::string(text_at(config.text, extends->span)) + ", " + value + "]"}};
  const std::size_t inside = extends->span.begin + 1;
  if (extends->children.empty()) return {{{inside, inside}, value}};
  const std::size_t last = extends->children.size() - 1;
  return put_in_after(config.text, *extends, last,
                      in_quotes_of(config, extends->children[last], preset));
}

// Whether `extends` with its one entry is written as extends_put_in writes it: then it goes whole.
// On one line in settings of several lines it was a list before.
bool is_as_put_in(const Config& config) {
  const Node& extends = *config.extends();
  const Node& entry = extends.children[0];
  const std::string_view before = text_at(config.text, {extends.span.begin + 1, entry.span.begin});
  const std::string_view after = text_at(config.text, {entry.span.end, extends.span.end - 1});
  if (!is_blank(before) || !is_blank(after)) return false;
  const bool in_lines = begins_its_line(config.text, item_span(extends).begin);
  return !in_lines || before.find('\n') != before.npos;
}

std::vector<Edit> splices_to_remove(const Config& config, std::size_t index) {
  const Node& settings = *config.settings();
  const Node& extends = *config.extends();
  if (extends.is(Kind::array) && (extends.children.size() > 1 || !is_as_put_in(config)))
    return take_out(config.text, extends, index);
  const auto member = static_cast<std::size_t>(&extends - settings.children.data());
  std::vector<Edit> edits = take_out(config.text, settings, member);
  if (settings.children.size() > 1) return edits;
  // "{}" is what it was, rather than braces on two lines.
  const TextSpan inside{settings.span.begin + 1, settings.span.end - 1};
  const TextSpan item = item_span(extends);
  const bool alone = is_blank(text_at(config.text, {inside.begin, item.begin})) &&
                     text_at(config.text, {item.end, inside.end}).find_first_not_of(", \t\r\n") ==
                         std::string_view::npos;
  if (alone) return {{inside, {}}};
  return edits;
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
  // Renovate takes an empty file for {}.
  if (text.empty() && file != in_package) return new_renovate_config(wanted.preset);
  auto config = read_settings(text, file, wanted);
  if (config) config = with_at_most_one_of_ours(std::move(*config), wanted);
  if (!config) return fail(std::move(config.error()));
  const auto ours = ours_in(presets_of(*config), wanted);
  config = ours.empty() ? with_one_added(*config, wanted)
                        : with_one_replaced(*config, ours.front(), wanted);
  if (!config) return fail(std::move(config.error()));
  return std::move(config->text);
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
  if (config->settings()->is(Kind::string))
    return refusal(*config, *config->settings(), "is nothing but our preset: remove the key",
                   wanted);
  auto without = with_one_removed(*config, ours.front(), wanted);
  if (!without) return fail(std::move(without.error()));
  return std::move(without->text);
}

}  // namespace buildable
