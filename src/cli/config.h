// buildable.toml: the settings of one place of use (schemas/config.schema.json).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"

namespace buildable {

struct SourceConfig {
  std::string url;  // instead of the one in the platform's rules
};

struct Config {
  std::string track;                            // instead of the platform's default track
  std::string base_url;                         // where the generated tree will be reachable
  std::string state_directory;                  // where observed states are kept
  std::string cache_directory;                  // answers of sources, for asking conditionally
  std::map<std::string, SourceConfig> sources;  // by the names in the platform's rules
  // "127.0.0.1:8080": may be asked although it is no public address, and without TLS.
  std::vector<std::string> allow_local;
  std::string ca_file;  // of certificate authorities, instead of the system's
  std::string proxy;    // of all requests but those to allow_local
};

template <>
struct Fields<SourceConfig> {
  static constexpr auto list() { return std::tuple{required("url", &SourceConfig::url)}; }
};

template <>
struct Fields<Config> {
  static constexpr auto list() {
    return std::tuple{optional("track", &Config::track),
                      optional("base_url", &Config::base_url),
                      optional("state_directory", &Config::state_directory),
                      optional("cache_directory", &Config::cache_directory),
                      optional("sources", &Config::sources),
                      optional("allow_local", &Config::allow_local),
                      optional("ca_file", &Config::ca_file),
                      optional("proxy", &Config::proxy)};
  }
};

Result<Config> parse_config(std::string_view toml, std::string_view file);

}  // namespace buildable
