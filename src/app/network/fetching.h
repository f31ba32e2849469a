// From the settings to what fetches.
#pragma once

#include <memory>

#include "app/settings.h"
#include "model/rules.h"
#include "net/fetcher.h"

namespace buildable::app {

// Fails on a configured source that the rules do not know (naming the nearest), on a URL with
// credentials and on one without TLS unless allow_local names its address.
Result<std::map<std::string, std::string>> configured_urls(const Settings& settings,
                                                           const PlatformRules& platform);

// Fails where the configured authorities are no file that can be read: libcurl, which opens it,
// would wait for a named pipe.
Result<void> check_ca_file(const Settings& settings);

// Directories; empty: none.
struct AnswerRecording {
  std::string record;  // every answer is kept there
  std::string replay;  // answers are taken from there, the network is not used
};

// Replays, or asks the network and keeps the answers where that is wanted.
Result<std::unique_ptr<net::Fetcher>> make_fetcher(const Settings& settings,
                                                   const AnswerRecording& recording,
                                                   const Rules& rules,
                                                   const std::map<std::string, std::string>& urls);

}  // namespace buildable::app
