// The shape that heroku/php wants of a package in composer.json and composer.lock: a field of
// another type fails the whole file, whatever it is for.
#pragma once

#include <optional>

#include "build/serde_fields.h"

namespace buildable::build {

std::optional<SerdeProblem> misshapen_package(const Node& package);
// The fields of a lock beside its packages and platforms.
std::optional<SerdeProblem> misshapen_lock(const Node& lock);
// The fields that only the root has.
std::optional<SerdeProblem> misshapen_root(const Node& root);

}  // namespace buildable::build
