// Composer's plugins: since 2.2 one that config.allow-plugins does not name stops an installation
// that cannot ask. Source: https://github.com/composer/composer, src/Composer/Plugin/
// PluginManager.php, isPluginAllowed.
#pragma once

#include "build/composer_files.h"

namespace buildable::build {

// The first locked plugin, not of packages for development, at which Composer stops; null: none, or
// that cannot be told.
const ComposerPackage* blocked_plugin(const ComposerJson& json, const ComposerLock& lock);

}  // namespace buildable::build
