// What the platform's sources would say, written from the facts: by host and path as in the world.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "support/heroku_facts.h"

namespace buildable::world {

// The deployed state, as the values file names it.
struct Deployed {
  std::string builder = "24_0.21.5";
  std::string latest = "24_0.21.7";
  std::string deprecated = "22_20240105";
  std::string deprecated_until = "2026-04-27";
  std::string commit = "1111111111111111111111111111111111111111";
  std::string committed = "2026-04-02T12:00:00.000+02:00";
};

std::string values_file(const Deployed& deployed);
std::string chart_values();
std::string commits(const Deployed& deployed);
std::string injection_script();

// raw.githubusercontent.com: sources and inventories of buildpacks at their git tags. Nothing where
// there is no such file.
std::optional<std::string> git_file(testing::HerokuFacts& facts, const std::string& path);

// The stores of archives: all keys of a bucket.
std::vector<std::string> python_archives(testing::HerokuFacts& facts);
std::vector<std::string> ruby_archives(testing::HerokuFacts& facts);
// A page of ListObjectsV2: at most `size` of the keys under the prefix, after the one named by the
// continuation.
std::string listing_page(const std::vector<std::string>& keys, const std::string& prefix,
                         const std::string& continuation, std::size_t size);

// Composer repositories of PHP, live ones and frozen ones.
std::optional<std::string> php_repository(testing::HerokuFacts& facts, const std::string& path);

// endoflife.date: the newest series of each product, enough to hold facts against it.
std::string release_cycles(const std::string& path);

}  // namespace buildable::world
