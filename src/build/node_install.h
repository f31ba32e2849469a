// What npm, pnpm and Yarn themselves refuse, when heroku/nodejs lets them install the packages:
// "npm ci", "pnpm install --frozen-lockfile", "yarn install --frozen-lockfile" and, from Yarn 2 on,
// "yarn install --immutable". Tried with npm 8.6 to 12.2, pnpm 8.15 to 11.28, Yarn 1.22.19, 1.22.22
// and 2.4 to 4.18.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "build/answer.h"
#include "build/files.h"
#include "build/node_manager_versions.h"
#include "build/package_json.h"

namespace buildable::build {

struct Installation {
  const Files& files;
  const PackageJson& package;
  const UsedManager& manager;
  std::string_view node;  // the version that is installed; empty: not known
};

// Packages are installed where one of them is there, whoever's it is.
std::vector<std::string> lock_files_of(const Files& files);

// Why the installation fails, where that is certain; nothing where packages are not installed.
std::optional<Answer> refused_install(const Installation& it);

// --- Its parts ---

std::optional<Answer> refused_by_npm(const Installation& it);
std::optional<Answer> refused_by_pnpm(const Installation& it);
std::optional<Answer> refused_by_yarn(const Installation& it);
// npm alone, since 10.9.
std::optional<Answer> refused_dev_engines(const Installation& it);

// Whether a file of settings has a word; it may where it was not read.
bool may_mention(const Files& files, std::string_view file, std::string_view word);
Answer refused_by_manager(const Installation& it, std::string error, Place place,
                          std::string reason, std::string help);

}  // namespace buildable::build
