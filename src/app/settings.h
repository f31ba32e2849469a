// What the use cases go by: the settings of one place of use, as buildable.toml holds them
// (schemas/config.schema.json).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "report/settings.h"

namespace buildable::app {

struct SourceSettings {
  std::string url;  // instead of the one in the platform's rules
};

struct PublishSettings {
  std::string author;       // of the commits: "Name <mail>"
  std::string signing_key;  // file that `keygen` made
};

// The HTTP service.
struct ServeSettings {
  std::string listen = "127.0.0.1:8080";
  int refresh_seconds = 900;  // from one observation to the next, give or take a tenth; 0: never
  int threads = 2;
  int connections = 1024;             // at once
  int connections_per_address = 256;  // behind a proxy all have its address
  int deadline_seconds = 30;          // in which a connection must bring a request to its end
  int drain_seconds = 10;             // for what is under way when the service ends
  friend bool operator==(const ServeSettings&, const ServeSettings&) = default;
};

// A published, signed tree that is served instead of an observation of our own.
struct FollowSettings {
  std::string url;  // of its manifest.json without that name, or a directory; empty: observe
  std::string key;  // the file with the public key or keys
  friend bool operator==(const FollowSettings&, const FollowSettings&) = default;
};

struct Settings {
  std::string file = "buildable.toml";  // what they were read from, or would be
  bool was_read = false;                // from it: where there is none, all is as usual
  std::string track;                    // instead of the platform's default track
  std::string base_url;                 // where the generated tree will be reachable
  // How repositories name the published preset, "local>group/repo:{track}"; for `apply`.
  std::string preset;
  std::string state_directory;                    // where observed states are kept
  std::string cache_directory;                    // answers of sources, for asking conditionally
  std::map<std::string, SourceSettings> sources;  // by the names in the platform's rules
  // "127.0.0.1:8080": may be asked although it is not a public address, and without TLS.
  std::vector<std::string> allow_local;
  std::string ca_file;  // of certificate authorities, instead of the system's
  std::string proxy;    // of all requests but those to allow_local
  int max_age = 7;      // days after which answers say how old the knowledge is
  report::CheckSettings check;
  ServeSettings serve;
  FollowSettings follow;
  PublishSettings publish;
};

}  // namespace buildable::app

namespace buildable {

template <>
struct Fields<app::SourceSettings> {
  static constexpr auto list() { return std::tuple{required("url", &app::SourceSettings::url)}; }
};

template <>
struct Fields<app::PublishSettings> {
  static constexpr auto list() {
    return std::tuple{optional("author", &app::PublishSettings::author),
                      optional("signing_key", &app::PublishSettings::signing_key)};
  }
};

template <>
struct Fields<app::ServeSettings> {
  static constexpr auto list() {
    return std::tuple{
        optional("listen", &app::ServeSettings::listen),
        optional("refresh_seconds", &app::ServeSettings::refresh_seconds),
        optional("threads", &app::ServeSettings::threads),
        optional("connections", &app::ServeSettings::connections),
        optional("connections_per_address", &app::ServeSettings::connections_per_address),
        optional("deadline_seconds", &app::ServeSettings::deadline_seconds),
        optional("drain_seconds", &app::ServeSettings::drain_seconds)};
  }
};

template <>
struct Fields<app::FollowSettings> {
  static constexpr auto list() {
    return std::tuple{required("url", &app::FollowSettings::url),
                      required("key", &app::FollowSettings::key)};
  }
};

template <>
struct Fields<app::Settings> {
  static constexpr auto list() {
    return std::tuple{optional("track", &app::Settings::track),
                      optional("base_url", &app::Settings::base_url),
                      optional("preset", &app::Settings::preset),
                      optional("state_directory", &app::Settings::state_directory),
                      optional("cache_directory", &app::Settings::cache_directory),
                      optional("sources", &app::Settings::sources),
                      optional("allow_local", &app::Settings::allow_local),
                      optional("ca_file", &app::Settings::ca_file),
                      optional("proxy", &app::Settings::proxy),
                      optional("max_age", &app::Settings::max_age),
                      optional("check", &app::Settings::check),
                      optional("serve", &app::Settings::serve),
                      optional("follow", &app::Settings::follow),
                      optional("publish", &app::Settings::publish)};
  }
};

}  // namespace buildable

namespace buildable::app {

Result<Settings> parse_settings(std::string_view toml, std::string_view file);

}  // namespace buildable::app
