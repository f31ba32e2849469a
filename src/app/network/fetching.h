// From the settings to the one that fetches.
#pragma once

#include <memory>

#include "cli/context.h"
#include "model/rules.h"
#include "net/fetcher.h"

namespace buildable {

// Fails on a configured source that the rules do not know (naming the nearest), on a URL with
// credentials and on one without TLS unless allow_local names its address.
Result<std::map<std::string, std::string>> configured_urls(const Context& context,
                                                           const PlatformRules& platform);

// Fails where the configured authorities are no file that can be read: libcurl, which opens it,
// would wait for a named pipe.
Result<void> check_ca_file(const Context& context);

// Replays, or asks the network and keeps the answers where that is wanted.
Result<std::unique_ptr<Fetcher>> make_fetcher(const Context& context,
                                              const ObserveArguments& arguments, const Rules& rules,
                                              const std::map<std::string, std::string>& urls);

}  // namespace buildable
