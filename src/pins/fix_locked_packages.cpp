#include "pins/fix_locked_packages.h"

#include "base/document.h"
#include "base/text.h"
#include "version/range.h"

namespace buildable::pins {
namespace {

// The insides of the texts in a line of Ruby.
std::vector<std::string> quoted_texts(std::string_view line) {
  std::vector<std::string> texts;
  std::size_t open = line.find_first_of("\"'");
  while (open < line.size()) {
    const std::size_t close = line.find(line[open], open + 1);
    if (close == std::string_view::npos) break;
    texts.emplace_back(line.substr(open + 1, close - open - 1));
    open = line.find_first_of("\"'", close + 1);
  }
  return texts;
}

void hold_to_all(const std::string& runtime, std::vector<VersionSet> sets, WantedTargets& wanted) {
  for (VersionSet& set : sets) wanted.hold_to(runtime, std::move(set));
}

}  // namespace

std::vector<VersionSet> php_of_locked_packages(std::string_view text, Scheme scheme) {
  std::vector<VersionSet> sets;
  const auto root = parse_json(text, "composer.lock", {.repeated_keys = true});
  const Node* packages = root ? root->find("packages") : nullptr;
  if (!packages || !packages->is(Node::Kind::array)) return sets;
  for (const Node& package : packages->children) {
    const Node* require = package.find("require");
    for (const char* name : {"php", "php-64bit"}) {
      const Node* range = require ? require->find(name) : nullptr;
      if (!range || !range->is(Node::Kind::string)) continue;
      auto set = parse_range(Grammar::composer, scheme, range->text);
      if (set && !set->empty()) sets.push_back(*std::move(set));
    }
  }
  return sets;
}

std::vector<std::string> gemspecs_in_lock(std::string_view text) {
  std::vector<std::string> files;
  bool in_path = false, in_root = false;
  for (const std::string_view line : split(text, '\n')) {
    if (!line.starts_with(' ')) in_path = line == "PATH", in_root = false;
    if (in_path && line.starts_with("  remote:")) in_root = trim(line.substr(9)) == ".";
    if (!in_path || !in_root || !line.starts_with("    ") || line.starts_with("     ")) continue;
    const std::string_view name = line.substr(4, line.find(' ', 4) - 4);
    if (!name.empty()) files.push_back(std::string(name) + ".gemspec");
  }
  return files;
}

std::vector<VersionSet> ruby_of_gemspec(std::string_view text, Scheme scheme) {
  constexpr std::string_view key = ".required_ruby_version";
  std::vector<VersionSet> sets;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t at = line.find(key);
    if (at == std::string_view::npos || line.find('#') < at) continue;
    const std::string_view rest = trim(line.substr(at + key.size()));
    const auto texts = quoted_texts(rest);
    if (!rest.starts_with('=') || texts.empty()) continue;
    auto set = parse_range(Grammar::ruby, scheme, join(texts, ", "));
    if (set && !set->empty()) sets.push_back(*std::move(set));
  }
  return sets;
}

void hold_to_packages(const FixTools& tools, WantedTargets& wanted) {
  const auto text_of = [&tools](const std::string& path) {
    if (!tools.has_file || !tools.has_file(path)) return std::string();
    return tools.read(path).value_or(std::string());
  };
  if (const RuntimePolicy* php = tools.track.find("php"))
    hold_to_all("php", php_of_locked_packages(text_of("composer.lock"), php->scheme), wanted);
  const RuntimePolicy* ruby = tools.track.find("ruby");
  if (!ruby) return;
  for (const char* lock : {"Gemfile.lock", "gems.locked"})
    for (const std::string& gemspec : gemspecs_in_lock(text_of(lock)))
      hold_to_all("ruby", ruby_of_gemspec(text_of(gemspec), ruby->scheme), wanted);
}

}  // namespace buildable::pins
