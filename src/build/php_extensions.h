// Which extensions of PHP heroku/php can install, and which it loads though nobody asks for them.
// What its repository of packages holds is made by the recipes of heroku/heroku-buildpack-php,
// support/build: rules/runtimes/php.toml has the lists.
#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "build/model.h"
#include "build/php_platform.h"

namespace buildable::build {

enum class Presence : std::uint8_t { yes, no, maybe };

// Whether an extension can be installed beside this PHP.
Presence installable_extension(const Context& context, const PlatformDemand& demand,
                               const Version& php);

// Whether an extension ("redis") is there that none of the demands names ("ext-pq").
using ExtensionNames = std::set<std::string, std::less<>>;
Presence unasked_extension(const Context& context, std::string_view name,
                           const ExtensionNames& asked);

}  // namespace buildable::build
