// buildable.toml: the settings of one place of use (schemas/config.schema.json).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "report/settings.h"

namespace buildable {

struct SourceConfig {
  std::string url;  // instead of the one in the platform's rules
};

struct PublishConfig {
  std::string author;       // of the commits: "Name <mail>"
  std::string signing_key;  // file that `keygen` made
};

// The HTTP service.
struct ServeConfig {
  std::string listen = "127.0.0.1:8080";
  int refresh_seconds = 900;  // from one observation to the next, give or take a tenth; 0: never
  int threads = 2;
  int connections = 1024;             // at once
  int connections_per_address = 256;  // behind a proxy all have its address
  int deadline_seconds = 30;          // in which a connection must bring a request to its end
  int drain_seconds = 10;             // for what is under way when the service ends
  friend bool operator==(const ServeConfig&, const ServeConfig&) = default;
};

// A published, signed tree that is served instead of an observation of our own.
struct FollowConfig {
  std::string url;  // of its manifest.json without that name, or a directory; empty: observe
  std::string key;  // the file with the public key or keys
  friend bool operator==(const FollowConfig&, const FollowConfig&) = default;
};

struct Config {
  std::string track;     // instead of the platform's default track
  std::string base_url;  // where the generated tree will be reachable
  // How repositories name the published preset, "local>group/repo:{track}"; for `apply`.
  std::string preset;
  std::string state_directory;                  // where observed states are kept
  std::string cache_directory;                  // answers of sources, for asking conditionally
  std::map<std::string, SourceConfig> sources;  // by the names in the platform's rules
  // "127.0.0.1:8080": may be asked although it is no public address, and without TLS.
  std::vector<std::string> allow_local;
  std::string ca_file;  // of certificate authorities, instead of the system's
  std::string proxy;    // of all requests but those to allow_local
  CheckSettings check;
  ServeConfig serve;
  FollowConfig follow;
  PublishConfig publish;
};

template <>
struct Fields<SourceConfig> {
  static constexpr auto list() { return std::tuple{required("url", &SourceConfig::url)}; }
};

template <>
struct Fields<PublishConfig> {
  static constexpr auto list() {
    return std::tuple{optional("author", &PublishConfig::author),
                      optional("signing_key", &PublishConfig::signing_key)};
  }
};

template <>
struct Fields<ServeConfig> {
  static constexpr auto list() {
    return std::tuple{optional("listen", &ServeConfig::listen),
                      optional("refresh_seconds", &ServeConfig::refresh_seconds),
                      optional("threads", &ServeConfig::threads),
                      optional("connections", &ServeConfig::connections),
                      optional("connections_per_address", &ServeConfig::connections_per_address),
                      optional("deadline_seconds", &ServeConfig::deadline_seconds),
                      optional("drain_seconds", &ServeConfig::drain_seconds)};
  }
};

template <>
struct Fields<FollowConfig> {
  static constexpr auto list() {
    return std::tuple{required("url", &FollowConfig::url), required("key", &FollowConfig::key)};
  }
};

template <>
struct Fields<Config> {
  static constexpr auto list() {
    return std::tuple{optional("track", &Config::track),
                      optional("base_url", &Config::base_url),
                      optional("preset", &Config::preset),
                      optional("state_directory", &Config::state_directory),
                      optional("cache_directory", &Config::cache_directory),
                      optional("sources", &Config::sources),
                      optional("allow_local", &Config::allow_local),
                      optional("ca_file", &Config::ca_file),
                      optional("proxy", &Config::proxy),
                      optional("check", &Config::check),
                      optional("serve", &Config::serve),
                      optional("follow", &Config::follow),
                      optional("publish", &Config::publish)};
  }
};

Result<Config> parse_config(std::string_view toml, std::string_view file);

}  // namespace buildable
