// Private to src/pins/fix*.cpp: what the packages of a repository demand of the runtime, beside its
// pins.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pins/fix_repository.h"
#include "pins/fix_wanted.h"
#include "version/set.h"

namespace buildable::pins {

// Of the text of composer.lock, what its packages require of PHP; those for development do not
// count for the build. Ranges that cannot be read are passed over.
std::vector<VersionSet> php_of_locked_packages(std::string_view text, Scheme scheme);

// The gemspecs in the root whose gems a lock of Bundler names as its own (PATH, "remote: .").
std::vector<std::string> gemspecs_in_lock(std::string_view text);
// Of the text of a gemspec its required_ruby_version, where that is written in texts alone.
std::vector<VersionSet> ruby_of_gemspec(std::string_view text, Scheme scheme);

// Both, of the repository's own files. Composer and Bundler hold the version to it.
void hold_to_packages(const FixTools& tools, WantedTargets& wanted);

}  // namespace buildable::pins
