// `apply` in a repository of its own.
#pragma once

#include <doctest/doctest.h>

#include "cli/support.h"

namespace buildable::test {

inline const std::string words = "apply --at 2026-08-20 ";
inline const std::string preset = "--preset 'local>tools/presets:{track}#2026.05.14' ";

inline const std::string renovate =
    "{\n  \"extends\": [\n    \"config:recommended\" // ours\n  ]\n}\n";
inline const std::string dependabot =
    "version: 2\n"
    "updates:\n"
    "  - package-ecosystem: docker # images\n"
    "    directory: /\n"
    "    schedule:\n"
    "      interval: weekly\n"
    "  - package-ecosystem: github-actions\n"
    "    directory: /\n";

struct Repository : Scratch {
  Repository() { put("Dockerfile", "FROM python:3.12\n"); }
  void put(const std::string& name, const std::string& text) {
    buildable::test::put(path / name, text);
  }
  std::string text(const std::string& name) const { return content(path / name); }
  Ran apply(const std::string& more = preset) const { return run_in(path, words + more); }
  void put_both() {
    put("renovate.json", renovate);
    put(".github/dependabot.yml", dependabot);
  }
};

}  // namespace buildable::test
