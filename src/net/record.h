// Every answer kept in a directory, and a Fetcher that answers from it without a network: for bug
// reports, tests and audits. Credentials (Authorization, tokens in bodies of token endpoints) are
// not kept.
#pragma once

#include <filesystem>
#include <memory>

#include "net/fetcher.h"

namespace buildable::net {

std::unique_ptr<Fetcher> recording_fetcher(std::unique_ptr<Fetcher> real,
                                           std::filesystem::path directory);
// A request that was not recorded is an error that names it.
std::unique_ptr<Fetcher> replaying_fetcher(std::filesystem::path directory);

}  // namespace buildable::net
