#include "cli/examples.h"

#include <array>

namespace buildable::cli {
namespace {

struct Example {
  std::string_view command;
  std::string_view words;
  std::string_view meaning;
};

constexpr std::array<Example, 28> examples{{
    {"generate", "generate --out out", "the whole tree of files, for every track"},
    {"generate", "generate --out out --at 2026-03-20", "as it was on that day"},
    {"explain", "explain python 3.14", "exit 0: it can be built on the default track"},
    {"explain", "explain node@26 --track all", "on every track"},
    {"versions", "versions", "newest and default of each runtime"},
    {"versions", "versions python --track latest", "each series of one runtime"},
    {"builder", "builder", "the image and its buildpacks"},
    {"builder", "builder --format shell", "a `pack build` line for your own CI"},
    {"diff", "diff 2025-05-12 2026-03-19", "what became buildable in between"},
    {"diff", "diff 2026-03-19 out", "against a tree that was generated"},
    {"check", "check", "what the deployment of this directory will do"},
    {"check", "check --format github --since origin/main", "what a change brings, as annotations"},
    {"fix", "fix --dry-run", "what would be changed, as a diff"},
    {"fix", "fix --upgrade", "as new as the track allows"},
    {"apply", "apply --preset 'local>group/repo:{track}'", "wires Renovate and Dependabot"},
    {"apply", "apply --check", "exit 1 where something is to be done"},
    {"observe", "observe --state /var/lib/buildable", "keeps what is deployed now"},
    {"observe", "observe --record answers", "keeps every answer too"},
    {"serve", "serve", "http://127.0.0.1:8080/"},
    {"serve", "serve --listen '[::]:8000'", "every address, port 8000"},
    {"publish", "publish --observe --repo git@host:group/presets.git", "a commit if it changed"},
    {"publish", "publish --repo presets.git --dry-run", "what would be committed"},
    {"verify", "verify out --key key.pub", "a directory"},
    {"verify", "verify https://host/presets --key key.pub", "a tree on the web"},
    {"keygen", "keygen --out key", "key and key.pub"},
    {"keygen", "keygen --out ~/.config/buildable.key", "outside of the repository"},
    {"completion", "completion bash > /etc/bash_completion.d/buildable", "for everybody"},
    {"completion", "completion fish | source", "for this shell"},
}};

}  // namespace

std::string examples_of(std::string_view command) {
  constexpr std::size_t column = 50;
  std::string lines;
  for (const Example& each : examples) {
    if (each.command != command) continue;
    std::string line = "  buildable " + std::string(each.words);
    line += std::string(line.size() < column ? column - line.size() : 1, ' ') + " # ";
    lines += line + std::string(each.meaning) + "\n";
  }
  return lines;
}

}  // namespace buildable::cli
