// Wiring a repository to the policy: our preset into Renovate's configuration, what Dependabot is
// to ignore into Dependabot's.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/repository_check.h"
#include "pins/fix_repository.h"

namespace buildable::app {

// Which bots are to follow the policy.
struct BotChoice {
  bool renovate = true;
  bool dependabot = true;
  bool creates_renovate = false;  // its configuration, even where Dependabot's alone is there
};

struct BotConfigurationRequest {
  std::string root;
  std::string preset;  // how Renovate names ours, "{track}" for the track; empty: not known
  BotChoice bots;
  bool remove = false;   // takes out what was put in
  bool dry_run = false;  // nothing is written
};

struct BotConfiguration {
  // That were made, or would be; as seen from the working directory. None where anything failed,
  // but for one that could not be taken back.
  std::vector<pins::FileChange> changes;
  // What there is to say, in the order in which it came up: why something was left alone, and
  // errors.
  std::vector<std::variant<std::string, Error>> messages;
  bool failed = false;  // there are errors among them: then nothing is written
};

// Fails where the repository cannot be read.
Result<BotConfiguration> configure_bots(const RepositoryChecker& checker,
                                        const BotConfigurationRequest& request);

}  // namespace buildable::app
