// package-lock.json, as far as "npm ci" compares it with package.json.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace buildable::build {

struct NpmLock {
  // The packages in node_modules itself by their names, each with its version; that is empty where
  // none is written. Since version 2 of the format those of "packages" count, where there are any.
  std::map<std::string, std::string, std::less<>> packages;
  // What package.json asked for without needing it when the lock file was written. What could not
  // be had then is not among the packages.
  std::set<std::string, std::less<>> optional_requests;
};

struct NpmLockReading {
  std::optional<NpmLock> lock;
  // Why npm cannot read the file either, where that is certain: "it is not valid JSON".
  std::string error;
  int line = 0;
};

// Nothing at all where it is not certain what npm makes of the text.
NpmLockReading read_npm_lock(std::string_view text);

}  // namespace buildable::build
