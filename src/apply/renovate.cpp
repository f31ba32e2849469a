#include "apply/renovate.h"

#include <algorithm>
#include <array>
#include <vector>

#include "apply/renovate_config.h"

namespace buildable::apply {
namespace {

using Kind = Node::Kind;

using Config = RenovateConfig;

// lib/config/app-strings.ts of renovatebot/renovate, 44.
constexpr std::array<std::string_view, 14> config_names = {
    "renovate.json",          "renovate.jsonc",
    "renovate.json5",         ".github/renovate.json",
    ".github/renovate.jsonc", ".github/renovate.json5",
    ".gitlab/renovate.json",  ".gitlab/renovate.jsonc",
    ".gitlab/renovate.json5", ".renovaterc",
    ".renovaterc.json",       ".renovaterc.jsonc",
    ".renovaterc.json5",      package_json};

// Node.js and npm take a package.json with repeated keys, and so does Renovate: the last counts.
Result<Node> read_root(std::string_view text, std::string_view file) {
  JsonStrictness strictness = json5;
  strictness.repeated_keys = file == package_json;
  return parse_json(text, file, strictness);
}

Result<Config> read(std::string text, std::string_view file) {
  auto root = read_root(text, file);
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

Result<void> require_settings(const Config& config, const WantedPreset& wanted) {
  const Node* settings = config.settings();
  if (settings == nullptr)
    return refusal(config, config.root, "has no settings of Renovate", wanted);
  if (config.is_package() && settings->is(Kind::string)) return {};
  if (!settings->is(Kind::object))
    return refusal(config, *settings, "Renovate's settings are not an object", wanted);
  // Of package.json, which may repeat keys elsewhere: what is edited has each key once.
  if (config.is_package() && !parse_json(text_at(config.text, settings->span), config.file, json5))
    return refusal(config, *settings, "a key is there twice in Renovate's settings", wanted);
  const Node* extends = config.extends();
  if (extends == nullptr || extends->is(Kind::string)) return {};
  const bool strings = extends->is(Kind::array) &&
                       std::all_of(extends->children.begin(), extends->children.end(),
                                   [](const Node& entry) { return entry.is(Kind::string); });
  if (strings) return {};
  return refusal(config, *extends, "\"extends\" is neither a list of strings nor a string", wanted);
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
  return proven(config, edits_to_remove(config, index), presets, wanted);
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
  return proven(config, edits_to_add(config, wanted.preset), presets, wanted);
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

// Whether the one entry that names a track is put in by us. Every other one that has an address may
// be ours as well, and ours is put in last. A list of it alone tells nothing but by its layout.
bool is_surely_ours(const Config& config, const std::vector<std::string>& presets,
                    const std::string& candidate, const std::vector<std::string>& tracks) {
  const WantedPreset as_wanted{candidate, tracks};
  const auto at = std::find(presets.begin(), presets.end(), candidate);
  const auto index = static_cast<std::size_t>(at - presets.begin());
  const bool alone = std::none_of(presets.begin(), presets.end(), [&](const std::string& entry) {
    return &entry != &*at && has_address(entry) && !is_beside_ours(entry, as_wanted);
  });
  if (!alone || !outranking(presets, index, as_wanted).empty()) return false;
  return presets.size() > 1 || !is_renovates_default_name(candidate) || is_as_created(config);
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
  if (name != package_json) return true;
  const auto root = read_root(text, name);
  if (!root) return text.find("renovate") != text.npos || text.find("\\u") != text.npos;
  const Node* settings = root->find("renovate");
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
  if (text.empty() && file != package_json) return without_final_newline(wanted.preset);
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

Result<PresetFound> preset_to_remove(std::string_view text, std::string_view file,
                                     const std::vector<std::string>& tracks) {
  if (text.empty()) return PresetFound{};
  const auto config = read_settings(text, file, {});
  if (!config) return fail(config.error());
  const auto presets = presets_of(*config);
  PresetFound found;
  for (const std::string& preset : presets)
    if (names_a_track(preset, tracks)) found.candidates.push_back(preset);
  if (found.candidates.size() == 1)
    found.is_certain = is_surely_ours(*config, presets, found.candidates.front(), tracks);
  return found;
}

Result<std::optional<std::string>> without_renovate_preset(std::string_view text,
                                                           std::string_view file,
                                                           const WantedPreset& wanted) {
  if (text.empty()) return std::string();
  auto config = read_settings(text, file, {});
  if (config) config = with_at_most_one_of_ours(std::move(*config), wanted);
  if (!config) return fail(std::move(config.error()));
  const auto presets = presets_of(*config);
  const auto ours = ours_in(presets, wanted);
  if (ours.empty()) return std::move(config->text);
  if (config->text == new_renovate_config(presets[ours.front()])) return std::nullopt;
  if (config->text == without_final_newline(presets[ours.front()])) return std::string();
  if (config->settings()->is(Kind::string))
    return refusal(*config, *config->settings(), "is nothing but our preset: remove the key", {});
  auto without = with_one_removed(*config, ours.front(), {});
  if (!without) return fail(std::move(without.error()));
  return std::move(without->text);
}

}  // namespace buildable::apply
